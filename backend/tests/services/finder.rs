//! Find anything: what is found by what, in which order, and where the borders are.

use backend::{
    context::OpContext,
    services::finder,
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use domain::{
    access::Resource,
    error::Error,
    finder::{Found, FoundBy, MOST_OF_A_KIND},
};
use rstest::rstest;

async fn find(portal: &TestPortal, clinic: &TestEnterprise, ctx: &OpContext, search: &str) -> Found {
    finder::find(ctx, portal.backend(), clinic.slug(), search)
        .await
        .unwrap()
}

/// Everything that was found by the names it is shown under: groups, people, the last four digits of numbers.
fn names(found: &Found) -> Vec<String> {
    let groups = found.groups.iter().map(|group| group.name.clone());
    let users = found.users.iter().map(|user| user.display_name.clone());
    let numbers = found.numbers.iter().map(|number| {
        let mut digits = number.e164.digits();
        digits.split_off(digits.len() - 4)
    });
    groups.chain(users).chain(numbers).collect()
}

/// Front Desk of Ada with Bo in it and 0142; Köln Büro of Cy; 0100 is Ada's, 0199 is free, and one number is in London.
async fn small_clinic(clinic: &TestEnterprise) {
    let ada = clinic.user("Ada Brändt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    let cy = clinic.user("Cy Dahl 100%").disabled().insert().await;
    clinic.number("+12065550100").of_user(ada).insert().await;
    let desk = clinic.number("+12065550142").insert().await;
    clinic.number("+12065550199").without_sms().insert().await;
    clinic.number("+442079460018").insert().await;
    clinic
        .group("Front Desk", ada)
        .members([ada, bo])
        .numbers([desk])
        .insert()
        .await;
    clinic.group("Köln Büro", cy).insert().await;
}

#[rstest]
#[case::group_by_name("FRONT", &["Front Desk"])]
#[case::group_without_marks("koln buro", &["Köln Büro"])]
#[case::group_by_words_in_any_order("desk  front", &["Front Desk"])]
#[case::group_and_person_by_member("chen", &["Front Desk", "Bo Chen"])]
#[case::group_and_person_by_owner("brandt", &["Front Desk", "Ada Brändt"])]
#[case::person_by_sign_in_name("bo.chen@test", &["Front Desk", "Bo Chen"])]
#[case::person_by_words_in_any_order("dahl cy", &["Köln Büro", "Cy Dahl 100%"])]
#[case::number_by_last_digits("0142", &["0142"])]
#[case::number_as_people_write_it("(206) 555-0100", &["0100"])]
#[case::number_in_international_form("+1 206 555 0199", &["0199"])]
#[case::number_dialled_from_abroad("001 206 555 0199", &["0199"])]
#[case::number_as_dialled_at_home("020 7946 0018", &["0018"])]
#[case::number_by_last_digits_with_zeros("0018", &["0018"])]
#[case::numbers_from_the_front("+1206", &["0100", "0142", "0199"])]
#[case::plus_is_the_front("+0142", &[])]
#[case::percent_is_text("%", &["Köln Büro", "Cy Dahl 100%"])]
#[case::underscore_is_text("_", &[])]
#[case::escape_is_text("!", &[])]
#[case::quotes_are_text("'", &[])]
#[case::one_word_that_is_nowhere("front lift", &[])]
#[case::nothing_typed("", &[])]
#[case::only_spaces(" \t ", &[])]
#[case::only_a_mark("\u{301}", &[])]
#[tokio::test]
async fn what_is_found_by(
    #[case] search: &str,
    #[case] expected: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    small_clinic(&clinic).await;
    let viewer = clinic.viewer().await;
    assert_eq!(names(&find(&portal, &clinic, &viewer, search).await), expected);
}

#[rstest]
#[tokio::test]
async fn the_best_come_first(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Zoe Ames").insert().await;
    for name in ["Backdesk", "Front Desk", "Deskside", "Desk"] {
        clinic.group(name, ada).insert().await;
    }
    for name in ["Alina Small", "Bo Lina", "Lina Young", "Lina"] {
        clinic.user(name).insert().await;
    }
    for e164 in ["+12065550142", "+14255500199", "+15502065501", "+12065555550"] {
        clinic.number(e164).insert().await;
    }
    let viewer = clinic.viewer().await;

    let by_word = find(&portal, &clinic, &viewer, "desk").await;
    assert_eq!(names(&by_word), ["Desk", "Deskside", "Front Desk", "Backdesk"]);
    let by_name = find(&portal, &clinic, &viewer, "lina").await;
    assert_eq!(names(&by_name), ["Lina", "Lina Young", "Bo Lina", "Alina Small"]);
    // It ends with them, it begins with them, it contains them.
    let by_digits = find(&portal, &clinic, &viewer, "1550").await;
    assert_eq!(names(&by_digits), ["5501"]);
    let by_end = find(&portal, &clinic, &viewer, "550").await;
    assert_eq!(names(&by_end), ["5550", "0142", "0199", "5501"]);
    let exactly = find(&portal, &clinic, &viewer, "15502065501").await;
    assert_eq!(names(&exactly), ["5501"]);
}

#[rstest]
#[tokio::test]
async fn a_group_says_whom_it_was_found_by(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    small_clinic(&clinic).await;
    let viewer = clinic.viewer().await;
    for (search, expected) in [
        ("front", FoundBy::Name),
        ("chen", FoundBy::Member("Bo Chen".to_owned())),
        // Who owns it and is in it is its owner.
        ("brandt", FoundBy::Owner("Ada Brändt".to_owned())),
    ] {
        let found = find(&portal, &clinic, &viewer, search).await;
        let by: Vec<_> = found.groups.into_iter().map(|group| group.by).collect();
        assert_eq!(by, [expected], "{search}");
    }
}

#[rstest]
#[tokio::test]
async fn of_each_kind_there_are_a_few(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    // More than the people that groups are found by.
    for n in 10..40 {
        let user = clinic.user(&format!("Room 55{n}")).insert().await;
        clinic.group(&format!("Ward {n}"), user).insert().await;
        clinic.number(&format!("+120655501{n}")).insert().await;
    }
    let viewer = clinic.viewer().await;
    let found = find(&portal, &clinic, &viewer, "55").await;
    assert_eq!(found.users.len(), MOST_OF_A_KIND);
    assert_eq!(found.numbers.len(), MOST_OF_A_KIND);
    let groups: Vec<_> = found.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(groups, ["Ward 10", "Ward 11", "Ward 12", "Ward 13", "Ward 14"]);
}

#[rstest]
#[tokio::test]
async fn a_number_says_whom_it_serves(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    small_clinic(&clinic).await;
    let viewer = clinic.viewer().await;
    let found = find(&portal, &clinic, &viewer, "+1206").await;
    let serves = |at: usize| {
        found.numbers[at]
            .assignee
            .as_ref()
            .map(|assignee| assignee.name().to_owned())
    };
    assert_eq!(serves(0).as_deref(), Some("Ada Brändt"));
    assert_eq!(serves(1).as_deref(), Some("Front Desk"));
    assert_eq!(serves(2), None);
}

#[rstest]
#[tokio::test]
async fn nothing_of_another_enterprise_is_found(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let neighbour = portal.enterprise("borealis-freight").await;
    small_clinic(&clinic).await;
    let viewer = neighbour.viewer().await;
    for search in ["front", "chen", "bo.chen@test", "0142", "+1206", "%"] {
        let found = find(&portal, &neighbour, &viewer, search).await;
        assert_eq!(found, Found::default(), "{search}");
        let refused = finder::find(&viewer, portal.backend(), clinic.slug(), search).await;
        let not_found = Error::NotFound {
            resource: Resource::Enterprise,
        };
        assert_eq!(refused, Err(not_found), "{search}");
    }
    let nobody = finder::find(&anonymous(), portal.backend(), clinic.slug(), "front").await;
    assert_eq!(nobody, Err(Error::SignedOut));
}

/// More than are ranked one by one contain what is typed.
#[rstest]
#[case::at_the_end("55", &["0055", "0155", "0000", "0001", "0002"])]
#[case::at_the_end_and_in_the_middle("550", &["0000", "0001", "0002", "0003", "0004"])]
#[case::at_the_front("1206", &["0000", "0001", "0002", "0003", "0004"])]
#[case::in_two_forms("012", &["0012", "0112", "0000", "0001", "0002"])]
#[tokio::test]
async fn the_best_of_many_numbers_come_first(
    #[case] search: &str,
    #[case] expected: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    for n in 0..=210 {
        clinic.number(&format!("+1206555{n:04}")).insert().await;
    }
    let viewer = clinic.viewer().await;

    assert_eq!(names(&find(&portal, &clinic, &viewer, search).await), expected);
}
