//! People: the table, one person, and the numbers that are theirs alone.

use std::sync::Arc;

use backend::{
    context::OpContext,
    services::{sms_group, teams_user},
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use domain::{
    access::Resource,
    error::Error,
    ids::{PhoneNumberId, TeamsUserId},
    table::{Page, TableQuery, WholeList},
    teams_user::{GroupPart, LicenseState, MAX_OWN_NUMBERS, TABLE, TeamsUser, TeamsUserRow},
};
use rstest::rstest;
use tokio::sync::Barrier;

use crate::support::{fields, input, nobody, sql, with_numbers};

async fn list(portal: &TestPortal, clinic: &TestEnterprise, ctx: &OpContext, query: &str) -> Page<TeamsUserRow> {
    let query = TableQuery::parse_lenient(query, &TABLE);
    teams_user::list(ctx, portal.backend(), clinic.slug(), &query)
        .await
        .unwrap()
}

fn names(page: &Page<TeamsUserRow>) -> Vec<&str> {
    page.rows.iter().map(|row| row.display_name.as_str()).collect()
}

/// Ada with a number of her own, who owns Front Desk with a number and is in Köln Büro; Bo without a licence, in Front
/// Desk; Cy, blocked, with an unknown licence, in no group.
struct Clinic {
    ada: TeamsUserId,
    bo: TeamsUserId,
    cy: TeamsUserId,
    own: PhoneNumberId,
}

async fn three_people(clinic: &TestEnterprise) -> Clinic {
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").license(LicenseState::Unlicensed).insert().await;
    let cy = clinic.user("Cy Dahl").license(LicenseState::Unknown).disabled();
    let cy = cy.insert().await;
    let own = clinic.number("+12065550100").of_user(ada).insert().await;
    let desk = clinic.number("+12065550142").insert().await;
    clinic
        .group("Front Desk", ada)
        .members([bo])
        .numbers([desk])
        .insert()
        .await;
    clinic.group("Köln Büro", bo).members([ada]).insert().await;
    Clinic { ada, bo, cy, own }
}

#[rstest]
#[case::name("ada br", &["Ada Brandt"])]
#[case::sign_in_name("bo.chen%40test", &["Bo Chen"])]
#[case::own_number("(206)%20555-0100", &["Ada Brandt"])]
#[case::number_of_an_owned_or_joined_group("%2B12065550142", &["Ada Brandt", "Bo Chen"])]
#[case::group_without_marks("koln buro", &["Ada Brandt", "Bo Chen"])]
#[case::pattern_signs_are_text("%25", &[])]
#[case::states_are_not_searched("licensed", &[])]
#[tokio::test]
async fn a_person_is_found_by(
    #[case] search: &str,
    #[case] expected: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_people(&clinic).await;
    let viewer = clinic.viewer().await;

    let page = list(&portal, &clinic, &viewer, &format!("search={search}")).await;
    assert_eq!(names(&page), expected);
    assert_eq!((page.total, page.matching), (3, u64::try_from(expected.len()).unwrap()));
}

#[rstest]
#[case("sort=-name", &["Cy Dahl", "Bo Chen", "Ada Brandt"])]
#[case("sort=license", &["Ada Brandt", "Bo Chen", "Cy Dahl"])]
#[case("sort=numbers", &["Cy Dahl", "Ada Brandt", "Bo Chen"])]
#[case("filter=license:in:unlicensed,unknown", &["Bo Chen", "Cy Dahl"])]
#[case("filter=sign_in:in:blocked", &["Cy Dahl"])]
#[case("filter=service:in:assigned", &["Ada Brandt"])]
#[case("filter=service:in:unlicensed", &["Bo Chen"])]
#[case("filter=service:in:free", &["Cy Dahl"])]
#[case("filter=numbers:empty", &["Cy Dahl"])]
#[case("filter=numbers:contains:0142&filter=license:in:licensed", &["Ada Brandt"])]
#[tokio::test]
async fn the_table_is_sorted_and_filtered(
    #[case] query: &str,
    #[case] expected: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_people(&clinic).await;
    let viewer = clinic.viewer().await;
    assert_eq!(names(&list(&portal, &clinic, &viewer, query).await), expected);
}

#[rstest]
#[tokio::test]
async fn a_row_holds_numbers_and_groups(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_people(&clinic).await;
    let viewer = clinic.viewer().await;

    let page = list(&portal, &clinic, &viewer, "search=ada").await;
    let row = &page.rows[0];
    let own: Vec<String> = row.numbers.iter().map(ToString::to_string).collect();
    assert_eq!(own, ["+12065550100"]);
    let groups: Vec<_> = row
        .groups
        .iter()
        .map(|group| (group.name.as_str(), group.part, group.numbers.len()))
        .collect();
    assert_eq!(
        groups,
        [("Front Desk", GroupPart::Owner, 1), ("Köln Büro", GroupPart::Member, 0)]
    );
}

/// What the browser takes over are the rows of the table, also when it asks for a few of them.
#[rstest]
#[tokio::test]
async fn the_whole_list_is_the_table(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use domain::table::Listed;

    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { bo, .. } = three_people(&clinic).await;
    let viewer = clinic.viewer().await;
    let page = list(&portal, &clinic, &viewer, "").await;

    for (ids, expected) in [(vec![], &page.rows[..]), (vec![bo], &page.rows[1..2])] {
        let whole = teams_user::list_all(&viewer, portal.backend(), clinic.slug(), &ids)
            .await
            .unwrap();
        let WholeList::Rows(groups, mut people) = whole else {
            panic!("three people are not too many");
        };
        people.sort_unstable_by(|one, other| one.display_name.cmp(&other.display_name));
        let rows: Vec<TeamsUserRow> = people.iter().map(|person| person.row(&groups)).collect();
        assert_eq!(rows, expected);
    }
}

#[rstest]
#[tokio::test]
async fn an_export_holds_the_rows_of_the_table(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    three_people(&clinic).await;
    let viewer = clinic.viewer().await;
    let query = TableQuery::parse_lenient("sort=-name&page=7", &TABLE);
    let mut export = teams_user::export(&viewer, portal.backend(), clinic.slug(), &query)
        .await
        .unwrap();
    let rows = export.next_piece().await.unwrap().unwrap();
    assert_eq!(rows, list(&portal, &clinic, &viewer, "sort=-name").await.rows);
    assert!(export.next_piece().await.unwrap().is_none());
}

#[rstest]
#[tokio::test]
async fn one_person_has_everything_that_is_theirs(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { ada, bo, own, .. } = three_people(&clinic).await;
    let viewer = clinic.viewer().await;

    let user = teams_user::get(&viewer, portal.backend(), clinic.slug(), ada)
        .await
        .unwrap();
    assert_eq!(user.person.user_principal_name, "ada.brandt@test.example");
    assert_eq!(user.number_ids(), [own]);
    let groups: Vec<_> = user
        .groups
        .iter()
        .map(|group| {
            (
                group.name.as_str(),
                group.owner_id,
                group.other_members,
                group.is_left_empty(),
                group.needs_decision(),
            )
        })
        .collect();
    assert_eq!(
        groups,
        [("Front Desk", ada, 1, false, true), ("Köln Büro", bo, 0, true, true)]
    );
}

#[rstest]
#[tokio::test]
async fn people_of_another_enterprise_are_not_there(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    let Clinic { ada, own, .. } = three_people(&clinic).await;
    let eve = freight.user("Eve Frost").insert().await;
    let theirs = freight.number("+12065550199").insert().await;
    let (backend, admin) = (portal.backend(), freight.admin().await);
    let not_found = Error::NotFound {
        resource: Resource::TeamsUser,
    };

    assert_eq!(names(&list(&portal, &freight, &admin, "").await), ["Eve Frost"]);
    for id in [ada, nobody()] {
        let got = teams_user::get(&admin, backend, freight.slug(), id).await;
        assert_eq!(got.unwrap_err(), not_found);
        let given = teams_user::set_numbers(&admin, backend, freight.slug(), id, &[], &[theirs]).await;
        assert_eq!(given.unwrap_err(), not_found);
    }
    let stolen = teams_user::set_numbers(&admin, backend, freight.slug(), eve, &[], &[own]).await;
    assert_eq!(fields(stolen), ["number_ids"]);
    let stranger = teams_user::get(&admin, backend, clinic.slug(), ada).await;
    assert!(matches!(
        stranger,
        Err(Error::NotFound {
            resource: Resource::Enterprise
        })
    ));
    let out = teams_user::get(&anonymous(), backend, clinic.slug(), ada).await;
    assert_eq!(out.unwrap_err(), Error::SignedOut);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 0);
}

#[rstest]
#[tokio::test]
async fn numbers_are_given_and_taken_away_in_one_step(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { ada, own, .. } = three_people(&clinic).await;
    let first = clinic.number("+12065550101").insert().await;
    let second = clinic.number("+12065550102").insert().await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);

    let after = teams_user::set_numbers(&admin, backend, slug, ada, &[own], &[second, first, first])
        .await
        .unwrap();
    assert_eq!(after.number_ids(), [first, second]);
    assert_eq!(after.version, 2);
    assert_eq!(teams_user::get(&admin, backend, slug, ada).await.unwrap(), after);
    let entries = "SELECT COUNT(*) FROM audit_event WHERE resource = 'number_assignment'";
    assert_eq!(portal.number(entries).await, 3);
    let version = format!("SELECT version FROM phone_number WHERE id = {}", sql(engine, own));
    assert_eq!(portal.number(&version).await, 2);

    let released = format!(
        "SELECT released_by || ' ' || released_from FROM phone_number WHERE id = {}",
        sql(engine, own)
    );
    assert_eq!(portal.text(&released).await.as_deref(), Some("unassigned Ada Brandt"));

    // What was taken away is free at once.
    let taken = with_numbers(input("Lobby", ada), &[own]);
    sms_group::create(&admin, backend, slug, &taken).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn saving_without_a_change_leaves_nothing_behind(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { ada, own, .. } = three_people(&clinic).await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);

    let after = teams_user::set_numbers(&admin, backend, slug, ada, &[own], &[own])
        .await
        .unwrap();
    assert_eq!(after, teams_user::get(&admin, backend, slug, ada).await.unwrap());
    assert_eq!(after.version, 1);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 0);
}

#[rstest]
#[tokio::test]
async fn whoever_has_no_licence_is_given_no_number(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { bo, cy, .. } = three_people(&clinic).await;
    let free = clinic.number("+12065550101").insert().await;
    let kept = clinic.number("+12065550102").of_user(bo).insert().await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);

    let refused = teams_user::set_numbers(&admin, backend, slug, bo, &[kept], &[kept, free])
        .await
        .unwrap_err();
    assert_eq!(
        refused.field_errors()[0].message,
        "Bo Chen has no Teams license, so they cannot have a number of their own."
    );
    // What they have can be taken away, and an unknown licence is given the benefit of the doubt.
    teams_user::set_numbers(&admin, backend, slug, bo, &[kept], &[])
        .await
        .unwrap();
    teams_user::set_numbers(&admin, backend, slug, cy, &[], &[free])
        .await
        .unwrap();
}

#[rstest]
#[tokio::test]
async fn only_free_numbers_that_can_do_sms_can_be_had(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { cy, own, .. } = three_people(&clinic).await;
    let voice = clinic.number("+12065550101").without_sms().insert().await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);

    let refused = teams_user::set_numbers(&admin, backend, slug, cy, &[], &[own, voice]).await;
    let mut messages: Vec<String> = refused
        .unwrap_err()
        .field_errors()
        .iter()
        .map(|field| field.message.clone())
        .collect();
    messages.sort();
    assert_eq!(
        messages,
        [
            "+1 206 555 0100 belongs to Ada Brandt now. Remove it or choose another.",
            "+1 206 555 0101 cannot do SMS. Choose another.",
        ]
    );
    let too_many: Vec<PhoneNumberId> = (0..=MAX_OWN_NUMBERS as u128)
        .map(|n| PhoneNumberId(uuid::Uuid::from_u128(n)))
        .collect();
    let refused = teams_user::set_numbers(&admin, backend, slug, cy, &[], &too_many).await;
    assert_eq!(fields(refused), ["number_ids"]);
}

#[rstest]
#[tokio::test]
async fn a_number_is_not_given_away_while_its_cooling_off_time_runs(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { ada, cy, own, .. } = three_people(&clinic).await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);
    portal
        .execute("UPDATE enterprise SET number_cooling_off_days = 7")
        .await
        .unwrap();
    teams_user::set_numbers(&admin, backend, slug, ada, &[own], &[])
        .await
        .unwrap();

    let refused = teams_user::set_numbers(&admin, backend, slug, cy, &[], &[own]).await;
    let message = refused.unwrap_err().field_errors()[0].message.clone();
    assert!(message.contains("cooling-off time"), "{message}");
}

#[rstest]
#[tokio::test]
async fn a_save_from_older_numbers_is_outdated(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { ada, own, .. } = three_people(&clinic).await;
    let other = clinic.number("+12065550101").insert().await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);
    teams_user::set_numbers(&admin, backend, slug, ada, &[own], &[other])
        .await
        .unwrap();

    let late = teams_user::set_numbers(&admin, backend, slug, ada, &[own], &[]).await;
    let outdated = Error::Outdated {
        resource: Resource::TeamsUser,
        id: ada.0,
        current_version: 2,
    };
    assert_eq!(late.unwrap_err(), outdated);
}

#[rstest]
#[tokio::test]
async fn a_viewer_changes_no_numbers(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { ada, own, .. } = three_people(&clinic).await;
    let viewer = clinic.viewer().await;
    let refused = teams_user::set_numbers(&viewer, portal.backend(), clinic.slug(), ada, &[own], &[]).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
}

/// Gives a number to many at the same moment, each in a task of its own.
async fn give_at_once(
    portal: &TestPortal,
    clinic: &TestEnterprise,
    people: &[TeamsUserId],
    number: PhoneNumberId,
) -> Vec<Result<TeamsUser, Error>> {
    let admin = clinic.admin().await;
    let start = Arc::new(Barrier::new(people.len()));
    let tasks: Vec<_> = people
        .iter()
        .map(|id| {
            let (start, backend, ctx, slug, id) = (
                start.clone(),
                portal.backend().clone(),
                admin.clone(),
                clinic.slug().clone(),
                *id,
            );
            tokio::spawn(async move {
                start.wait().await;
                teams_user::set_numbers(&ctx, &backend, &slug, id, &[], &[number]).await
            })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_number_given_to_many_goes_to_one(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let number = clinic.number("+12065550101").insert().await;
    let mut people = Vec::new();
    for n in 0..8 {
        people.push(clinic.user(&format!("Person {n}")).insert().await);
    }

    let results = give_at_once(&portal, &clinic, &people, number).await;

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    for result in results.into_iter().filter(Result::is_err) {
        assert_eq!(fields(result), ["number_ids"]);
    }
    assert_eq!(portal.number("SELECT COUNT(*) FROM number_assignment").await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_saves_for_one_person_one_is_kept(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let number = clinic.number("+12065550101").insert().await;
    let ada = clinic.user("Ada Brandt").insert().await;

    let results = give_at_once(&portal, &clinic, &[ada; 8], number).await;

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        assert!(matches!(error, Error::Outdated { .. }), "{error:?}");
    }
    let changes = "SELECT COUNT(*) FROM audit_event WHERE resource = 'number_assignment'";
    assert_eq!(portal.number(changes).await, 1);
}
