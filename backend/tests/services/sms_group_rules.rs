//! The rules of groups, each broken once: what is refused, and which field the refusal names.

use backend::{
    services::{number, sms_group},
    testing::{Engine, TestPortal},
};
use domain::{
    error::Error,
    number::{COOLING_OFF, CoolingOff},
    sms_group::SmsGroupInput,
    teams_user::LicenseState,
};
use rstest::rstest;

use crate::support::{fields, input, nobody, with_members, with_numbers};

#[rstest]
#[tokio::test]
async fn every_broken_rule_is_told_at_its_field(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let empty = sms_group::create(&admin, backend, slug, &SmsGroupInput::default()).await;
    assert_eq!(fields(empty), ["name", "owner_id", "member_ids"]);
    let unknown = with_numbers(input("Front Desk", nobody()), &[nobody()]);
    let unknown = sms_group::create(&admin, backend, slug, &unknown).await;
    assert_eq!(fields(unknown), ["owner_id", "member_ids", "number_ids"]);
}

#[rstest]
#[case::empty("")]
#[case::blank(" \t ")]
#[case::too_long("ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé")]
#[case::line_break("Front\nDesk")]
#[case::nul("Front\0Desk")]
#[case::right_to_left_override("Front\u{202E}Desk")]
#[case::isolate("\u{2066}Front Desk")]
#[case::nothing_visible("\u{200B}\u{200B}")]
#[tokio::test]
async fn a_name_is_one_visible_line_of_up_to_64_characters(
    #[case] name: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let id = clinic.group("Reception", ada).insert().await;
    let admin = clinic.admin().await;
    let input = input(name, ada);

    let created = sms_group::create(&admin, portal.backend(), clinic.slug(), &input).await;
    assert_eq!(fields(created), ["name"]);
    let updated = sms_group::update(&admin, portal.backend(), clinic.slug(), id, 1, &input).await;
    assert_eq!(fields(updated), ["name"]);
}

#[rstest]
#[tokio::test]
async fn a_name_may_have_64_characters_of_any_script(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    for name in ["売".repeat(64), "é".repeat(64), format!("{}👩‍⚕️", "a".repeat(60))] {
        let padded = input(&format!("  {name}\t"), ada);
        let group = sms_group::create(&admin, portal.backend(), clinic.slug(), &padded)
            .await
            .unwrap();
        assert_eq!(group.name, name);
    }
}

#[rstest]
#[case::small_letters("front desk")]
#[case::white_space("Front   DESK")]
#[case::umlaut("FRÖNT DÉSK")]
#[case::sharp_s("STRASSE")]
#[case::capital_sharp_s("STRAẞE")]
#[case::final_sigma("ΟΔΟΣ")]
#[tokio::test]
async fn a_name_is_taken_without_regard_to_case(
    #[case] name: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    for taken in ["Front Desk", "Frönt Désk", "Straße", "οδοσ"] {
        clinic.group(taken, ada).insert().await;
    }
    let other = clinic.group("Reception", ada).insert().await;
    let admin = clinic.admin().await;
    let input = input(name, ada);

    let created = sms_group::create(&admin, portal.backend(), clinic.slug(), &input).await;
    assert!(matches!(created, Err(Error::Conflict(_))), "{created:?}");
    assert_eq!(fields(created), ["name"]);
    let updated = sms_group::update(&admin, portal.backend(), clinic.slug(), other, 1, &input).await;
    assert!(matches!(updated, Err(Error::Conflict(_))), "{updated:?}");
}

#[rstest]
#[tokio::test]
async fn a_group_can_change_the_case_of_its_own_name(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let id = clinic.group("front desk", ada).insert().await;
    let admin = clinic.admin().await;

    let group = sms_group::update(
        &admin,
        portal.backend(),
        clinic.slug(),
        id,
        1,
        &input("Front Desk", ada),
    )
    .await;
    assert_eq!(group.unwrap().name, "Front Desk");
}

#[rstest]
#[tokio::test]
async fn two_enterprises_may_use_the_same_name(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    let bo = freight.user("Bo Chen").insert().await;
    freight.group("Front Desk", bo).insert().await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;

    let created = sms_group::create(&admin, portal.backend(), clinic.slug(), &input("Front Desk", ada)).await;
    assert_eq!(created.unwrap().version, 1);
}

#[rstest]
#[tokio::test]
async fn people_without_a_licence_can_be_owners_and_members(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let unlicensed = clinic
        .user("Ada Brandt")
        .license(LicenseState::Unlicensed)
        .insert()
        .await;
    let unknown = clinic.user("Bo Chen").license(LicenseState::Unknown).insert().await;
    let disabled = clinic.user("Cy Dahl").disabled().insert().await;
    let admin = clinic.admin().await;

    let wanted = with_members(input("Front Desk", unlicensed), &[unlicensed, unknown, disabled]);
    let group = sms_group::create(&admin, portal.backend(), clinic.slug(), &wanted)
        .await
        .unwrap();

    let reachable: Vec<bool> = group
        .members
        .iter()
        .map(|member| member.unreachable().is_none())
        .collect();
    assert_eq!(reachable, [false, true, false]);
}

#[rstest]
#[tokio::test]
async fn only_free_numbers_that_can_do_sms_can_be_had(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let free = clinic.number("+12065550100").insert().await;
    let voice = clinic.number("+12065550101").without_sms().insert().await;
    let of_user = clinic.number("+12065550102").of_user(ada).insert().await;
    let of_group = clinic.number("+12065550103").insert().await;
    clinic.group("Reception", ada).numbers([of_group]).insert().await;
    let own = clinic.number("+12065550104").insert().await;
    let id = clinic.group("Front Desk", ada).numbers([own]).insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let refused = with_numbers(input("Front Desk", ada), &[free, voice, of_user, of_group, own]);
    let error = sms_group::update(&admin, backend, slug, id, 1, &refused)
        .await
        .unwrap_err();
    let messages: Vec<&str> = error
        .field_errors()
        .iter()
        .map(|field| field.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "+1 206 555 0101 cannot do SMS. Choose another.",
            "+1 206 555 0102 belongs to Ada Brandt now. Remove it or choose another.",
            "+1 206 555 0103 belongs to Reception now. Remove it or choose another.",
        ]
    );
    assert!(error.field_errors().iter().all(|field| field.field == "number_ids"));
    let wanted = with_numbers(input("Front Desk", ada), &[free, own]);
    let group = sms_group::update(&admin, backend, slug, id, 1, &wanted).await.unwrap();
    assert_eq!(group.numbers.len(), 2);

    let offered = number::options_for_group(&admin, backend, slug, Some(id), "", 50)
        .await
        .unwrap();
    assert_eq!(offered.iter().map(|number| number.id).collect::<Vec<_>>(), [free, own]);
    let offered = number::options_for_group(&admin, backend, slug, None, "", 50)
        .await
        .unwrap();
    assert_eq!(offered, []);
}

#[rstest]
#[tokio::test]
async fn a_number_that_lost_sms_can_stay_in_its_group(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let lost = clinic.number("+12065550100").without_sms().insert().await;
    let id = clinic.group("Front Desk", ada).numbers([lost]).insert().await;
    let admin = clinic.admin().await;

    let wanted = with_numbers(input("Reception", ada), &[lost]);
    let group = sms_group::update(&admin, portal.backend(), clinic.slug(), id, 1, &wanted)
        .await
        .unwrap();
    assert_eq!((group.name.as_str(), group.numbers.len()), ("Reception", 1));
}

#[rstest]
#[tokio::test]
async fn a_group_takes_a_number_while_its_cooling_off_time_runs_only_after_asking(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let released = clinic.number("+12065550100").insert().await;
    let fresh = clinic.number("+12065550101").insert().await;
    let old = clinic.group("Reception", ada).numbers([released]).insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    portal
        .execute("UPDATE enterprise SET number_cooling_off_days = 7")
        .await
        .unwrap();
    sms_group::delete(&admin, backend, slug, old, 1).await.unwrap();

    let wanted = with_numbers(input("Front Desk", ada), &[released, fresh]);
    let refused = sms_group::create(&admin, backend, slug, &wanted).await.unwrap_err();
    assert_eq!(refused.field_errors().len(), 1, "{refused:?}");
    assert_eq!(refused.field_errors()[0].field, COOLING_OFF);
    assert!(refused.to_string().contains("+1 206 555 0100 until"), "{refused}");
    assert!(!refused.to_string().contains("+1 206 555 0101"), "{refused}");

    let group = sms_group::create(&admin, backend, slug, &input("Front Desk", ada))
        .await
        .unwrap();
    let refused = sms_group::update(&admin, backend, slug, group.id, 1, &wanted).await;
    assert_eq!(fields(refused), [COOLING_OFF]);
    let confirmed = SmsGroupInput {
        cooling_off: CoolingOff::Confirmed,
        ..wanted
    };
    let group = sms_group::update(&admin, backend, slug, group.id, 1, &confirmed)
        .await
        .unwrap();
    assert_eq!(group.numbers.len(), 2);
    // What the group has already is not asked about.
    let renamed = with_numbers(input("Lobby", ada), &[released, fresh]);
    let group = sms_group::update(&admin, backend, slug, group.id, 2, &renamed)
        .await
        .unwrap();
    assert_eq!((group.name.as_str(), group.numbers.len()), ("Lobby", 2));

    sms_group::delete(&admin, backend, slug, group.id, 3).await.unwrap();
    sms_group::create(&admin, backend, slug, &confirmed).await.unwrap();
}
