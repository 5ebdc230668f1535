//! Tables as files: who gets them, what is in them, and that nothing in them is a formula.

use axum::body::Body;
use backend::testing::Engine;
use domain::{access::Role, carrier_profile::CarrierKind, ids::TaskId};
use http::{Method, StatusCode};
use rstest::rstest;
use server::settings::WebSettings;

use crate::support::{Answer, TestServer, encode, request};

const GROUPS: &str = "/e/alder-clinics/services/sms/groups/export.csv";
const PROFILES: &str = "/e/alder-clinics/services/sms/carriers/export.csv";
const DOMAINS: &str = "/e/alder-clinics/services/sms/domains/export.csv";
const CONFIGURATION: &str = "/e/alder-clinics/configuration/export.csv";

/// The records of a file, headings first.
fn records(file: &Answer) -> Vec<Vec<String>> {
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    let text = file.body.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// The first column without its heading.
fn names(file: &Answer) -> Vec<String> {
    records(file)
        .into_iter()
        .skip(1)
        .map(|record| record[0].clone())
        .collect()
}

#[tokio::test]
async fn a_file_says_what_it_is() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let second = clinic.number("+12065550101").insert().await;
    let first = clinic.number("+12065550100").insert().await;
    clinic.group("Front Desk", ada).numbers([second, first]).insert().await;
    clinic.group("Lobby", ada).insert().await;
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;

    let file = viewer.get(GROUPS).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-length"), "", "it is sent in pieces");
    let name = file.header("content-disposition");
    let day = name
        .strip_prefix("attachment; filename=\"groups-")
        .and_then(|rest| rest.strip_suffix(".csv\""))
        .unwrap();
    let digits: String = day.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(digits, "0000-00-00");
    assert_eq!(
        file.body,
        "\u{feff}Group Name,Group Members,Group Phone Numbers,Owner\r\n\
         Front Desk,1,\"+12065550100, +12065550101\",Ada Brandt\r\n\
         Lobby,1,,Ada Brandt\r\n"
    );
    let head = viewer.send(request(Method::HEAD, GROUPS, Body::empty())).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
}

#[tokio::test]
async fn profiles_and_domains_have_their_own_columns() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main line", CarrierKind::NetSapiens).await;
    clinic.domain("voice.example", profile, -1).await;
    let number = clinic.number("+12065550100").profile(profile).domain("voice.example");
    number.insert().await;
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;

    let profiles = records(&viewer.get(PROFILES).await);
    assert_eq!(
        profiles,
        [
            [
                "Carrier Name",
                "Carrier Profile",
                "Numbers",
                "Domain State",
                "Last Check",
                "Last Check Result"
            ],
            ["NetSapiens", "Main line", "1", "Expired", "", "Not checked yet"],
        ]
    );
    let domains = records(&viewer.get(DOMAINS).await);
    assert_eq!(
        domains[0],
        [
            "Domain",
            "Carrier Profile",
            "Subscription ID",
            "Subscription Date",
            "Expiry Date",
            "State",
            "Numbers"
        ]
    );
    let row = &domains[1];
    assert_eq!(
        [&row[0], &row[1], &row[5], &row[6]],
        ["voice.example", "Main line", "Expired", "1"]
    );
    for moment in &row[3..5] {
        let digits: String = moment
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        assert_eq!(digits, "0000-00-00T00:00:00Z");
    }
}

#[tokio::test]
async fn what_is_live_is_a_file_too() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.number("+12065550100").of_user(ada).insert().await;
    let number = clinic.number("+12065550101").insert().await;
    clinic.group("=Front Desk", ada).numbers([number]).insert().await;
    clinic.publish(&server.portal.system()).await.unwrap();
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;
    assert_eq!(
        records(&viewer.get(CONFIGURATION).await),
        [
            ["Phone Number", "Serves", "Kind", "Messages Go To"],
            ["+12065550100", "Ada Brandt", "Teams user", "ada.brandt@test.example"],
            ["+12065550101", "'=Front Desk", "SMS group", "ada.brandt@test.example"],
        ]
    );
}

#[tokio::test]
async fn numbers_say_whom_they_serve_and_who_lost_them() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let profile = clinic.profile("Main line", CarrierKind::NetSapiens).await;
    let number = clinic.number("+12065550100").profile(profile).of_user(ada);
    number.insert().await;
    clinic.number("+12065550101").without_sms().insert().await;
    server
        .portal
        .execute(
            "UPDATE phone_number SET released_at = created_at, released_by = 'group_deleted', released_from = 'Lobby' \
             WHERE e164 = '+12065550100'",
        )
        .await
        .unwrap();
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;

    let numbers = records(&viewer.get("/e/alder-clinics/numbers/export.csv").await);
    assert_eq!(
        numbers[0],
        [
            "Phone Number",
            "Assigned To",
            "Carrier Profile",
            "SMS Carrier",
            "Services",
            "Released",
            "Released By"
        ]
    );
    let row = &numbers[1];
    assert_eq!(
        row[..5],
        ["+12065550100", "Ada Brandt", "Main line", "NetSapiens", "Assigned"]
    );
    assert!(row[5].ends_with('Z') && row[6] == "Group Lobby deleted", "{row:?}");
    assert_eq!(numbers[2], ["+12065550101", "", "", "", "Not SMS-capable", "", ""]);
    let free = viewer
        .get("/e/alder-clinics/numbers/export.csv?filter=assigned_to:empty")
        .await;
    assert_eq!(names(&free), ["+12065550101"]);
}

/// The columns of carriers are for those who manage the numbers: in this enterprise its provider alone.
#[rstest]
#[tokio::test]
async fn a_file_of_numbers_holds_carriers_only_for_those_who_manage_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let server = TestServer::start_on(engine, WebSettings::default()).await;
    let freight = server.portal.enterprise_without_numbers("borealis-freight").await;
    let profile = freight.profile("Main line", CarrierKind::NetSapiens).await;
    freight.number("+12065550100").profile(profile).insert().await;
    freight.number("+12065550101").insert().await;
    let path = "/e/borealis-freight/numbers/export.csv";
    let found = |query: &str| format!("{path}?{query}");

    for role in [Role::EnterpriseViewer, Role::EnterpriseAdmin] {
        let mut theirs = server.signed_in(Some((freight.slug(), role))).await;
        let file = theirs.get(path).await;
        assert_eq!(
            records(&file),
            [
                ["Phone Number", "Assigned To", "Services", "Released", "Released By"],
                ["+12065550100", "", "Free", "", ""],
                ["+12065550101", "", "Free", "", ""],
            ]
        );
        for query in ["search=main", "search=netsapiens", "filter=carrier:contains:main"] {
            let file = theirs.get(&found(query)).await;
            assert_eq!(names(&file), [""; 0], "{query} as {role:?}");
        }
    }
    let mut provider = server.signed_in(None).await;
    let numbers = records(&provider.get(path).await);
    assert_eq!(numbers[0][2..4], ["Carrier Profile", "SMS Carrier"]);
    assert_eq!(numbers[1][..4], ["+12065550100", "", "Main line", "NetSapiens"]);
    for query in ["search=main", "search=netsapiens", "filter=carrier:contains:main"] {
        let file = provider.get(&found(query)).await;
        assert_eq!(names(&file), ["+12065550100"], "{query}");
    }
}

#[rstest]
#[case::formula("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
#[case::sum("@SUM(A1)", "'@SUM(A1)")]
#[case::plus("+1 206 555 0100", "'+1 206 555 0100")]
#[case::minus("-2+3", "'-2+3")]
#[case::tab("\t=1", "'\t'=1")]
#[case::another_cell("a;=1", "a;'=1")]
#[case::quotes("say \"hi\"", "say \"hi\"")]
#[case::comma("a, b", "a, b")]
#[case::lines("two\nlines", "two\nlines")]
#[case::unicode("Ärzte · 売上 👩‍⚕️", "Ärzte · 売上 👩‍⚕️")]
#[case::markup("<script>alert(1)</script>", "<script>alert(1)</script>")]
#[tokio::test]
async fn what_people_type_is_text(#[case] typed: &str, #[case] expected: &str) {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let user = clinic.user(typed).insert().await;
    clinic.group("Front Desk", user).insert().await;
    // Past the rules of names: what came in another way is no formula either.
    let rename = format!("UPDATE sms_group SET name = '{}'", typed.replace('\'', "''"));
    server.portal.execute(&rename).await.unwrap();
    let profile = clinic.profile(typed, CarrierKind::NetSapiens).await;
    clinic.domain("voice.example", profile, 30).await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;

    let groups = records(&admin.get(GROUPS).await);
    assert_eq!(groups[1], [expected, "1", "", expected]);
    assert_eq!(records(&admin.get(PROFILES).await)[1][1], expected);
    assert_eq!(records(&admin.get(DOMAINS).await)[1][1], expected);
}

#[tokio::test]
async fn a_file_holds_what_the_table_shows() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    clinic.group("Front Desk", ada).members([ada, bo]).insert().await;
    clinic.group("Help Desk", bo).insert().await;
    clinic.group("Lobby", ada).insert().await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;

    for (query, expected) in [
        ("", vec!["Front Desk", "Help Desk", "Lobby"]),
        ("?search=desk", vec!["Front Desk", "Help Desk"]),
        ("?sort=-name", vec!["Lobby", "Help Desk", "Front Desk"]),
        (
            "?search=desk&filter=members:ge:1&sort=-name",
            vec!["Help Desk", "Front Desk"],
        ),
        ("?filter=members:gt:1", vec!["Front Desk"]),
        ("?page=7&page_size=200", vec!["Front Desk", "Help Desk", "Lobby"]),
        ("?search=no%20such", vec![]),
        (
            "?search=%ff&filter=:::&sort=,,&page=-1&x",
            vec!["Front Desk", "Help Desk", "Lobby"],
        ),
    ] {
        let file = admin.get(&format!("{GROUPS}{query}")).await;
        assert_eq!(names(&file), expected, "{query}");
    }
}

#[tokio::test]
async fn everybody_gets_their_own_enterprise_only() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let neighbour = server.portal.enterprise("borealis-freight").await;
    let elsewhere = server.portal.enterprise_elsewhere("cedar-lines").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.group("Front Desk", ada).insert().await;
    let eve = neighbour.user("Eve Frost").insert().await;
    neighbour.group("Secret Freight", eve).insert().await;

    for (at, expected) in [
        (Some((elsewhere.slug(), Role::EnterpriseAdmin)), 404),
        (Some((neighbour.slug(), Role::EnterpriseAdmin)), 404),
        (Some((clinic.slug(), Role::EnterpriseViewer)), 200),
        (Some((clinic.slug(), Role::EnterpriseAdmin)), 200),
        (None, 200),
    ] {
        let mut browser = server.signed_in(at).await;
        for path in [GROUPS, PROFILES, DOMAINS, CONFIGURATION] {
            let answer = browser.get(path).await;
            assert_eq!(answer.status.as_u16(), expected, "{path} for {at:?}");
            assert_eq!(
                answer.body.contains("Front Desk"),
                expected == 200 && path == GROUPS,
                "{path}"
            );
            assert!(!answer.body.contains("Secret Freight"), "{path}");
            assert_eq!(
                answer.header("content-disposition").is_empty(),
                expected != 200,
                "{path}"
            );
        }
        for name in ["no-such-enterprise", "Not%20A%20Slug", "%ff%fe"] {
            let path = GROUPS.replace("alder-clinics", name);
            assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

/// Whoever is signed out sees the table afterwards: a file that comes instead of a page would look like nothing.
#[tokio::test]
async fn who_is_signed_out_is_led_to_the_page_of_the_table() {
    let server = TestServer::start().await;
    server.portal.enterprise("alder-clinics").await;
    let answer = server.browser().get(&format!("{GROUPS}?search=desk&sort=-name")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = encode("?search=desk&sort=-name").replace("%2D", "-");
    assert_eq!(
        answer.header("location"),
        format!("/sign-in?next=/e/alder-clinics/services/sms/groups{page}")
    );
}

#[tokio::test]
async fn a_file_is_only_ever_read() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let answer = admin.send(request(method.clone(), GROUPS, Body::empty())).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
}

#[tokio::test]
async fn ten_thousand_rows_come_all_of_them_and_in_order() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let insert = format!(
        "INSERT INTO sms_group \
           (id, enterprise_id, name, name_key, name_search, owner_id, version, created_at, updated_at) \
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) \
         SELECT randomblob(16), x'{}', printf('Group %05d', i), printf('group %05d', i), printf('group %05d', i), \
           x'{}', 1, '2026-11-25T00:00:00+00:00', '2026-11-25T00:00:00+00:00' FROM n",
        clinic.id().0.simple(),
        ada.0.simple()
    );
    server.portal.execute(&insert).await.unwrap();
    let mut admin = server.signed_in(Some((clinic.slug(), Role::EnterpriseAdmin))).await;

    let file = admin.get(&format!("{GROUPS}?sort=-name")).await;
    let expected: Vec<String> = (1..=10_000).rev().map(|n| format!("Group {n:05}")).collect();
    assert!(names(&file) == expected, "not all groups, or not in order");
}

#[tokio::test]
async fn tasks_are_exported_with_the_reasons_of_failures() {
    let server = TestServer::start().await;
    let clinic = server.portal.legacy_enterprise("alder-clinics").await;
    clinic.failed_task(TaskId(uuid::Uuid::now_v7())).await;
    clinic.task().await;
    let mut viewer = server.signed_in(Some((clinic.slug(), Role::EnterpriseViewer))).await;

    let file = viewer
        .get("/e/alder-clinics/dashboard/export.csv?filter=state:in:failed")
        .await;

    let records = records(&file);
    assert_eq!(
        records[0],
        [
            "Task",
            "File",
            "Started By",
            "Requested",
            "State",
            "Duration in Seconds",
            "Reason"
        ]
    );
    let row = &records[1];
    assert_eq!(
        [&row[0], &row[1], &row[2], &row[4], &row[5], &row[6]],
        [
            "Sync SMS App",
            "",
            "Test Person",
            "Failed",
            "3",
            "The carrier did not answer."
        ]
    );
    assert_eq!(records.len(), 2);
}
