//! People: the table, and one person.

use backend::{
    context::OpContext,
    services::teams_user,
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use domain::{
    access::Resource,
    error::Error,
    number::CoolingOff,
    table::{Page, TableQuery, WHOLE_LIST_ROWS, WholeList},
    teams_user::{GroupPart, TABLE, TeamsUserRow},
};
use rstest::rstest;

use crate::{
    support::{add_copies, fields, nobody},
    teams_user_people::{Clinic, three_people},
};

async fn list(portal: &TestPortal, clinic: &TestEnterprise, ctx: &OpContext, query: &str) -> Page<TeamsUserRow> {
    let query = TableQuery::parse_lenient(query, &TABLE);
    teams_user::list(ctx, portal.backend(), clinic.slug(), &query)
        .await
        .unwrap()
}

fn names(page: &Page<TeamsUserRow>) -> Vec<&str> {
    page.rows.iter().map(|row| row.display_name.as_str()).collect()
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

/// A browser takes over no longer list, but still hears what became of some of its rows.
#[rstest]
#[tokio::test]
async fn a_list_above_the_limit_is_too_long(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let same = "enterprise_id, user_principal_name, user_principal_name_search, display_name, display_name_search, \
                license_state, enabled, version, created_at, updated_at";
    let key = ["user_principal_name_key"];
    add_copies(&portal, engine, "teams_user", WHOLE_LIST_ROWS, same, &key).await;
    let viewer = clinic.viewer().await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let whole = teams_user::list_all(&viewer, backend, slug, &[]).await.unwrap();
    assert!(matches!(whole, WholeList::TooLong));
    let few = teams_user::list_all(&viewer, backend, slug, &[ada]).await.unwrap();
    assert!(matches!(few, WholeList::Rows(_, people) if people.len() == 1));
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
        let given =
            teams_user::set_numbers(&admin, backend, freight.slug(), id, &[], &[theirs], CoolingOff::Heeded).await;
        assert_eq!(given.unwrap_err(), not_found);
    }
    let stolen = teams_user::set_numbers(&admin, backend, freight.slug(), eve, &[], &[own], CoolingOff::Heeded).await;
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
