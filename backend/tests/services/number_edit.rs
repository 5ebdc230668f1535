//! Adding, changing and deleting one number, by those who keep the numbers of an enterprise.

use backend::{
    services::number,
    testing::{ALL_OFF, Engine, TestPortal},
};
use domain::{
    access::{Action, Resource},
    carrier_profile::CarrierKind,
    enterprise::EnterpriseSwitches,
    error::Error,
    number::{NumberInput, NumberPatch, ProfileChoice, Selection},
};
use rstest::rstest;

use crate::support::{fields, nobody};

fn typed(number: &str) -> NumberInput {
    NumberInput {
        number: number.to_owned(),
        settings: NumberPatch {
            sms: Some(true),
            ..NumberPatch::default()
        },
    }
}

#[rstest]
#[tokio::test]
async fn a_number_is_added_as_people_write_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::SkySwitch).await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let mut input = typed(" +1 (206) 555-0183 ");
    input.settings.carrier_profile = Some(ProfileChoice::Profile(profile));
    let row = number::create(&admin, backend, slug, &input).await.unwrap();
    assert_eq!(
        (row.e164.to_string().as_str(), row.sms, row.version),
        ("+12065550183", true, 1)
    );
    assert_eq!(row.carrier.map(|carrier| carrier.profile).as_deref(), Some("Main"));

    let again = number::create(&admin, backend, slug, &typed("0012065550183")).await;
    assert!(matches!(again, Err(Error::Conflict(field)) if field.field == "number"));
    assert_eq!(
        fields(number::create(&admin, backend, slug, &typed("555 CALL")).await),
        ["number"]
    );
    let mut input = typed("+1 206 555 0184");
    input.settings.carrier_profile = Some(ProfileChoice::Profile(nobody()));
    assert_eq!(
        fields(number::create(&admin, backend, slug, &input).await),
        ["carrier_profile"]
    );
    assert_eq!(portal.number("SELECT COUNT(*) FROM phone_number").await, 1);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_number_is_changed_with_its_version(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::SkySwitch).await;
    let id = clinic.number("+12065550100").profile(profile).insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let patch = NumberPatch {
        mms: Some(true),
        carrier_profile: Some(ProfileChoice::None),
        ..NumberPatch::default()
    };

    let row = number::update(&admin, backend, slug, id, 1, &patch).await.unwrap();
    assert_eq!((row.version, row.carrier), (2, None));
    let detail = number::get(&admin, backend, slug, id).await.unwrap();
    assert!(detail.settings.mms && detail.settings.sms);

    let outdated = number::update(&admin, backend, slug, id, 1, &patch).await;
    assert!(matches!(outdated, Err(Error::Outdated { current_version: 2, .. })));
    let unchanged = number::update(&admin, backend, slug, id, 2, &patch).await.unwrap();
    assert_eq!(unchanged.version, 2);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 1);
}

#[rstest]
#[tokio::test]
async fn what_serves_somebody_keeps_sms_and_is_not_deleted(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let busy = clinic.number("+12065550100").of_user(ada).insert().await;
    let free = clinic.number("+12065550101").insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let without_sms = NumberPatch {
        sms: Some(false),
        ..NumberPatch::default()
    };

    assert_eq!(
        fields(number::update(&admin, backend, slug, busy, 1, &without_sms).await),
        ["sms"]
    );
    let deleted = number::delete(&admin, backend, slug, busy, 1).await.unwrap_err();
    assert!(deleted.to_string().contains("Ada Brandt"), "{deleted}");
    number::delete(&admin, backend, slug, free, 1).await.unwrap();
    assert_eq!(
        number::get(&admin, backend, slug, free).await.unwrap_err().status(),
        404
    );
    assert_eq!(portal.number("SELECT COUNT(*) FROM phone_number").await, 1);
}

#[rstest]
#[tokio::test]
async fn where_the_provider_manages_the_numbers_nobody_else_adds_or_deletes_any(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let freight = portal.enterprise_without_numbers("borealis-freight").await;
    let id = freight.number("+12065550100").insert().await;
    let admin = freight.admin().await;
    let (backend, slug) = (portal.backend(), freight.slug());
    let refused = |action| Error::Forbidden {
        action,
        resource: Resource::PhoneNumber,
    };
    let (patch, all) = (NumberPatch::default(), Selection::Query(String::new()));

    let created = number::create(&admin, backend, slug, &typed("+1 206 555 0183")).await;
    assert_eq!(created.unwrap_err(), refused(Action::Create));
    let updated = number::update(&admin, backend, slug, id, 1, &patch).await;
    assert_eq!(updated.unwrap_err(), refused(Action::Update));
    let deleted = number::delete(&admin, backend, slug, id, 1).await;
    assert_eq!(deleted.unwrap_err(), refused(Action::Delete));
    let updated = number::update_many(&admin, backend, slug, &all, &patch).await;
    assert_eq!(updated.unwrap_err(), refused(Action::Update));
    let deleted = number::delete_many(&admin, backend, slug, &all).await;
    assert_eq!(deleted.unwrap_err(), refused(Action::Delete));
}

#[rstest]
#[tokio::test]
async fn where_the_provider_manages_the_numbers_it_adds_changes_and_deletes_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let freight = portal.enterprise_without_numbers("borealis-freight").await;
    let profile = freight.profile("Main", CarrierKind::SkySwitch).await;
    let many = [
        freight.number("+12065550100").insert().await,
        freight.number("+12065550101").insert().await,
    ];
    let provider = freight.provider_admin().await;
    let (backend, slug) = (portal.backend(), freight.slug());

    let mut input = typed("+1 206 555 0183");
    input.settings.carrier_profile = Some(ProfileChoice::Profile(profile));
    let added = number::create(&provider, backend, slug, &input).await.unwrap();
    let carrier = added.carrier.as_ref().map(|carrier| carrier.profile.as_str());
    assert_eq!(carrier, Some("Main"), "the provider sees the carrier");
    let patch = NumberPatch {
        mms: Some(true),
        ..NumberPatch::default()
    };
    let updated = number::update(&provider, backend, slug, added.id, 1, &patch)
        .await
        .unwrap();
    assert_eq!(updated.version, 2);
    number::delete(&provider, backend, slug, added.id, 2).await.unwrap();

    let both = Selection::Ids(many.to_vec());
    let answer = number::update_many(&provider, backend, slug, &both, &patch)
        .await
        .unwrap();
    assert_eq!(answer.done.len(), 2);
    let answer = number::delete_many(&provider, backend, slug, &both).await.unwrap();
    assert_eq!(answer.done.len(), 2);
    assert_eq!(portal.number("SELECT COUNT(*) FROM phone_number").await, 0);
}

#[rstest]
#[case(true, false)]
#[case(false, true)]
#[case(false, false)]
#[tokio::test]
async fn numbers_are_added_by_the_rule_by_which_they_are_imported(
    #[case] sms: bool,
    #[case] manages_own_numbers: bool,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let switches = EnterpriseSwitches {
        sms,
        manages_own_numbers,
        ..ALL_OFF
    };
    let freight = portal.enterprise_with("borealis-freight", switches).await;
    let (admin, provider) = (freight.admin().await, freight.provider_admin().await);
    let (backend, slug) = (portal.backend(), freight.slug());
    let refused = number::create(&admin, backend, slug, &typed("+1 206 555 0183")).await;
    assert_eq!(refused.unwrap_err().status(), 403);
    let added = number::create(&provider, backend, slug, &typed("+1 206 555 0183")).await;
    assert!(added.is_ok(), "{added:?}");
}
