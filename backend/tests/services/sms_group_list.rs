//! The Groups table: what finds a group, in which order groups come, and page by page.

use backend::{
    context::OpContext,
    services::{number, sms_group, teams_user},
    testing::{Engine, TestEnterprise, TestPortal},
};
use domain::{
    ids::SmsGroupId,
    sms_group::{SmsGroupRow, TABLE},
    table::{Listed, Page, TableIndexBuilder, TableQuery, WHOLE_LIST_ROWS, WholeList},
    teams_user::{LicenseState, Unreachable},
};
use rstest::rstest;

use crate::support::add_copies;

async fn list(portal: &TestPortal, clinic: &TestEnterprise, ctx: &OpContext, query: &str) -> Page<SmsGroupRow> {
    let query = TableQuery::parse_lenient(query, &TABLE);
    sms_group::list(ctx, portal.backend(), clinic.slug(), &query)
        .await
        .unwrap()
}

fn names(page: &Page<SmsGroupRow>) -> Vec<&str> {
    page.rows.iter().map(|row| row.name.as_str()).collect()
}

/// Front Desk (Ada; Bo and Cy), Köln Büro (Bo), Night Shift (Cy; +1 206 555 0142 and 0143).
async fn three_groups(clinic: &TestEnterprise) {
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").license(LicenseState::Unlicensed).insert().await;
    let cy = clinic.user("Cy Dahl").disabled().insert().await;
    let first = clinic.number("+12065550142").insert().await;
    let second = clinic.number("+12065550143").insert().await;
    clinic.group("Front Desk", ada).members([bo, cy]).insert().await;
    clinic.group("Köln Büro", bo).insert().await;
    clinic.group("Night Shift", cy).numbers([second, first]).insert().await;
}

#[rstest]
#[case::group_name("shift", &["Night Shift"])]
#[case::without_marks("koln buro", &["Köln Büro"])]
#[case::owner_name("ADA", &["Front Desk"])]
#[case::owner_sign_in_name("ada.brandt%40test", &["Front Desk"])]
#[case::member_name("bo chen", &["Front Desk", "Köln Büro"])]
#[case::member_sign_in_name("cy.dahl%40test.example", &["Front Desk", "Night Shift"])]
#[case::international("%2B12065550142", &["Night Shift"])]
#[case::dialled_from_abroad("0012065550142", &["Night Shift"])]
#[case::with_punctuation("(206)%20555-0143", &["Night Shift"])]
#[case::part_of_a_number("0143", &["Night Shift"])]
#[case::pattern_signs_are_text("%25", &[])]
#[case::underscore_is_text("F_ont", &[])]
#[case::nothing("zzz", &[])]
#[tokio::test]
async fn a_group_is_found_by(
    #[case] search: &str,
    #[case] expected: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_groups(&clinic).await;
    let viewer = clinic.viewer().await;

    let page = list(&portal, &clinic, &viewer, &format!("search={search}")).await;
    assert_eq!(names(&page), expected);
    assert_eq!((page.total, page.matching), (3, u64::try_from(expected.len()).unwrap()));
}

#[rstest]
#[tokio::test]
async fn a_row_says_who_will_not_get_messages(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_groups(&clinic).await;
    let viewer = clinic.viewer().await;

    let page = list(&portal, &clinic, &viewer, "").await;

    let rows: Vec<_> = page
        .rows
        .iter()
        .map(|row| {
            (
                row.owner_name.as_str(),
                row.member_count,
                row.unreachable_count,
                row.owner_unreachable,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("Ada Brandt", 2, 2, None),
            ("Bo Chen", 1, 1, Some(Unreachable::Unlicensed)),
            ("Cy Dahl", 1, 1, Some(Unreachable::Disabled)),
        ]
    );
    let named: Vec<(&str, Unreachable)> = page.rows[0]
        .unreachable
        .iter()
        .map(|member| (member.name.as_str(), member.why))
        .collect();
    assert_eq!(
        named,
        [("Bo Chen", Unreachable::Unlicensed), ("Cy Dahl", Unreachable::Disabled)]
    );
    let whole = sms_group::list_all(&viewer, portal.backend(), clinic.slug(), &[])
        .await
        .unwrap();
    let WholeList::Rows(people, groups) = whole else {
        panic!("a list that is short enough");
    };
    let mut of_browser: Vec<SmsGroupRow> = groups.iter().map(|group| group.row(&people)).collect();
    of_browser.sort_by(|one, other| one.name.cmp(&other.name));
    assert_eq!(of_browser, page.rows);
    let numbers: Vec<String> = page.rows[2].numbers.iter().map(ToString::to_string).collect();
    assert_eq!(numbers, ["+12065550142", "+12065550143"]);
}

#[rstest]
#[case("sort=name", &["Front Desk", "Köln Büro", "Night Shift"])]
#[case("sort=-name", &["Night Shift", "Köln Büro", "Front Desk"])]
#[case("sort=-members,name", &["Front Desk", "Köln Büro", "Night Shift"])]
#[case("sort=-owner", &["Night Shift", "Köln Büro", "Front Desk"])]
#[case("filter=members:gt:1", &["Front Desk"])]
#[case("filter=owner:starts:bo", &["Köln Büro"])]
#[case("filter=nothing:at:all&sort=colour&page=x&size=7", &["Front Desk", "Köln Büro", "Night Shift"])]
#[tokio::test]
async fn the_table_is_sorted_and_filtered(
    #[case] query: &str,
    #[case] expected: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_groups(&clinic).await;
    let viewer = clinic.viewer().await;
    assert_eq!(names(&list(&portal, &clinic, &viewer, query).await), expected);
}

#[rstest]
#[tokio::test]
async fn pages_follow_each_other_without_a_gap(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    for n in 0..60 {
        clinic.group(&format!("Group {n:02}"), ada).insert().await;
    }
    let viewer = clinic.viewer().await;

    let mut seen = Vec::new();
    for page in 1..=3 {
        let page = list(&portal, &clinic, &viewer, &format!("page={page}")).await;
        assert_eq!((page.total, page.matching), (60, 60));
        seen.extend(page.rows.iter().map(|row| row.name.clone()));
    }
    assert_eq!(seen, (0..60).map(|n| format!("Group {n:02}")).collect::<Vec<_>>());
    let past = list(&portal, &clinic, &viewer, "page=99").await;
    assert_eq!((past.page, past.rows.len()), (3, 10));
    let last = list(&portal, &clinic, &viewer, &format!("page={}", u64::MAX)).await;
    assert_eq!(last.page, 3);
}

/// A browser takes over no longer list, but still hears what became of some of its rows.
#[rstest]
#[tokio::test]
async fn a_list_above_the_limit_is_too_long(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let first = clinic.group("Group", ada).insert().await;
    let same = "enterprise_id, owner_id, version, created_at, updated_at";
    let numbered = ["name", "name_key", "name_search"];
    add_copies(&portal, engine, "sms_group", WHOLE_LIST_ROWS - 1, same, &numbered).await;
    let viewer = clinic.viewer().await;
    let length = async |ids: Vec<SmsGroupId>| {
        let list = sms_group::list_all(&viewer, portal.backend(), clinic.slug(), &ids)
            .await
            .unwrap();
        match list {
            WholeList::Rows(_, groups) => Some(groups.len() as u64),
            WholeList::TooLong => None,
        }
    };
    assert_eq!(length(Vec::new()).await, Some(WHOLE_LIST_ROWS));

    clinic.group("One too many", ada).insert().await;
    assert_eq!(length(Vec::new()).await, None);
    assert_eq!(length(vec![first]).await, Some(1));
}

#[rstest]
#[case::nul("\0")]
#[case::nul_inside("5\u{0}5")]
#[case::surrogate_like("\u{FFFD}\u{10FFFF}")]
#[case::pattern("%_\\")]
#[case::quotes("'\";--")]
#[tokio::test]
async fn no_search_text_breaks_a_query(
    #[case] search: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_groups(&clinic).await;
    let viewer = clinic.viewer().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    for search in [search.to_owned(), search.repeat(20_000)] {
        number::options_for_group(&viewer, backend, slug, None, &search, 50)
            .await
            .unwrap();
        teams_user::options(&viewer, backend, slug, &search, 50).await.unwrap();
        let query = TableQuery {
            search,
            ..TableQuery::default()
        };
        sms_group::list(&viewer, backend, slug, &query).await.unwrap();
    }
}

/// What is asked of [`three_groups`], beside the cases of [`a_group_is_found_by`].
const QUESTIONS: &[&str] = &[
    "search=a",
    "search=e&sort=-owner",
    "search=0142&sort=numbers",
    "search=2",
    "search=%2B1206",
    "search=206%20555&sort=-members",
    "search=test.example&filter=owner:contains:b",
    "filter=numbers:contains:0142",
    "filter=numbers:excludes:0142",
    "filter=numbers:empty",
    "filter=numbers:starts:%2B1",
    "filter=numbers:equals:%2B12065550143",
    "search=bo&page=7",
    "search=zzz&page=7",
];

#[rstest]
#[tokio::test]
async fn server_and_browser_find_the_same_groups(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_groups(&clinic).await;
    let viewer = clinic.viewer().await;
    let whole = sms_group::list_all(&viewer, portal.backend(), clinic.slug(), &[]).await;
    let Ok(WholeList::Rows(people, groups)) = whole else {
        panic!("a short list");
    };
    let mut builder = TableIndexBuilder::new(&TABLE);
    groups.iter().for_each(|group| group.index(&people, &mut builder));
    let mut index = builder.finish();

    for question in QUESTIONS {
        let query = TableQuery::parse_lenient(question, &TABLE);
        let in_browser = index.evaluate(&query, viewer.now).page_of(&groups);
        let in_browser = in_browser.map(|group| group.row(&people));
        assert_eq!(
            list(&portal, &clinic, &viewer, question).await,
            in_browser,
            "{question}"
        );
    }
}

/// More rows match than fit on a page, and the page that is asked for lies behind the last one of them.
#[rstest]
#[tokio::test]
async fn a_search_has_pages(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (ada, bo) = (
        clinic.user("Ada Brandt").insert().await,
        clinic.user("Bo Chen").insert().await,
    );
    for n in 0..60 {
        let member = if n % 2 == 0 { ada } else { bo };
        clinic
            .group(&format!("Group {n:02}"), ada)
            .members([member])
            .insert()
            .await;
    }
    let viewer = clinic.viewer().await;

    for (query, page, rows) in [
        ("search=bo%20chen", 1, 25),
        ("search=bo%20chen&page=2", 2, 5),
        ("search=bo%20chen&page=3", 2, 5),
        ("search=bo%20chen&sort=-owner&page=3", 2, 5),
    ] {
        let found = list(&portal, &clinic, &viewer, query).await;
        let counts = (found.total, found.matching, found.page, found.rows.len());
        assert_eq!(counts, (60, 30, page, rows), "{query}");
    }
    let exactly_one_page = list(
        &portal,
        &clinic,
        &viewer,
        "search=group&filter=owner:contains:ada&page_size=200",
    )
    .await;
    assert_eq!((exactly_one_page.matching, exactly_one_page.rows.len()), (60, 60));
}

/// The sets that a search goes by hold nothing of others, though everything there has the same names.
#[rstest]
#[tokio::test]
async fn a_search_ends_at_the_border_of_the_enterprise(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    three_groups(&clinic).await;
    three_groups(&freight).await;
    let (viewer, stranger) = (clinic.viewer().await, freight.viewer().await);

    for search in ["shift", "ADA", "bo chen", "cy.dahl", "0143"] {
        let query = TableQuery::default().with_search(search);
        let ours = sms_group::list(&viewer, portal.backend(), clinic.slug(), &query)
            .await
            .unwrap();
        let theirs = sms_group::list(&stranger, portal.backend(), freight.slug(), &query)
            .await
            .unwrap();
        assert_eq!(names(&ours), names(&theirs), "{search}");
        assert!(ours.matching > 0, "{search}");
        let known: Vec<SmsGroupId> = theirs.rows.iter().map(|row| row.id).collect();
        assert!(ours.rows.iter().all(|row| !known.contains(&row.id)), "{search}");
    }
}

#[rstest]
#[tokio::test]
async fn a_search_knows_of_every_change_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_groups(&clinic).await;
    let (admin, backend, slug) = (clinic.admin().await, portal.backend(), clinic.slug());
    let night = list(&portal, &clinic, &admin, "search=night").await.rows.remove(0);
    let found = async |search: &str| {
        let page = list(&portal, &clinic, &admin, &format!("search={search}")).await;
        page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(found("0142").await, ["Night Shift"]);

    let mut input = sms_group::get(&admin, backend, slug, night.id).await.unwrap().input();
    let dora = clinic.user("Dora Elm").insert().await;
    input.name = "Late Shift".to_owned();
    input.member_ids.push(dora);
    input.number_ids.pop();
    input.number_ids.pop();
    sms_group::update(&admin, backend, slug, night.id, night.version, &input)
        .await
        .unwrap();
    assert_eq!(found("night").await, [""; 0]);
    assert_eq!(found("late").await, ["Late Shift"]);
    assert_eq!(found("dora").await, ["Late Shift"]);
    assert_eq!(found("0142").await, [""; 0]);

    let rename = "UPDATE teams_user SET display_name_search = 'flora elm' WHERE display_name_search = 'dora elm'";
    portal.execute(rename).await.unwrap();
    assert_eq!(found("flora").await, ["Late Shift"]);
    sms_group::delete(&admin, backend, slug, night.id, night.version + 1)
        .await
        .unwrap();
    assert_eq!(found("flora").await, [""; 0]);
}
