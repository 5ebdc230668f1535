//! Changing and deleting many numbers at once, with an answer for each.

use backend::{
    services::number,
    testing::{Engine, TestPortal},
};
use domain::{
    access::{Action, Resource},
    carrier_profile::CarrierKind,
    error::Error,
    number::{BulkAnswer, MAX_SELECTED, NumberPatch, ProfileChoice, Selection, WhySkipped},
};
use rstest::rstest;

use crate::support::{fields, nobody};

fn skipped(answer: &BulkAnswer) -> Vec<(Option<String>, WhySkipped)> {
    answer
        .skipped
        .iter()
        .map(|skipped| (skipped.number.map(|number| number.to_string()), skipped.why.clone()))
        .collect()
}

#[rstest]
#[tokio::test]
async fn the_assigned_ones_are_named_and_stay(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let busy = clinic.number("+12065550100").of_user(ada).insert().await;
    let free = clinic.number("+12065550101").insert().await;
    let other = clinic.number("+12065550102").insert().await;
    let admin = clinic.admin().await;

    let selection = Selection::Ids(vec![free, busy, other, free, nobody()]);
    let answer = number::delete_many(&admin, portal.backend(), clinic.slug(), &selection)
        .await
        .unwrap();

    assert_eq!(answer.done, [free, other]);
    assert_eq!(
        skipped(&answer),
        [
            (None, WhySkipped::Gone),
            (
                Some("+12065550100".to_owned()),
                WhySkipped::Assigned("Ada Brandt".to_owned())
            ),
        ]
    );
    assert_eq!(portal.number("SELECT COUNT(*) FROM phone_number").await, 1);
    let entries = "SELECT COUNT(DISTINCT resource_id) FROM audit_event WHERE action = 'delete'";
    assert_eq!(portal.number(entries).await, 2, "each has an entry of its own");
}

#[rstest]
#[tokio::test]
async fn each_of_many_assigned_ones_is_named(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    const BUSY: usize = 60;
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    for n in 0..BUSY {
        clinic.number(&format!("+120655501{n:02}")).of_user(ada).insert().await;
    }
    let free = clinic.number("+12065550199").insert().await;
    let admin = clinic.admin().await;

    let all = Selection::Query("search=206%20555%2001".to_owned());
    let answer = number::delete_many(&admin, portal.backend(), clinic.slug(), &all)
        .await
        .unwrap();

    assert_eq!(answer.done, [free]);
    let mut named = skipped(&answer);
    named.sort_by(|(one, _), (other, _)| one.cmp(other));
    let expected: Vec<_> = (0..BUSY)
        .map(|n| {
            (
                Some(format!("+120655501{n:02}")),
                WhySkipped::Assigned("Ada Brandt".to_owned()),
            )
        })
        .collect();
    assert_eq!(named, expected);
}

#[rstest]
#[tokio::test]
async fn all_that_a_query_finds_are_changed_whatever_its_page(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::SkySwitch).await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.number("+12065550000").of_user(ada).insert().await;
    for n in 0..30 {
        clinic.number(&format!("+120655501{n:02}")).insert().await;
    }
    let set = clinic.number("+12065550199").profile(profile).insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let patch = NumberPatch {
        carrier_profile: Some(ProfileChoice::Profile(profile)),
        ..NumberPatch::default()
    };

    let unassigned = Selection::Query("filter=assigned_to:empty&page=2".to_owned());
    let answer = number::update_many(&admin, backend, slug, &unassigned, &patch)
        .await
        .unwrap();

    assert_eq!(answer.done.len(), 30);
    assert_eq!(
        skipped(&answer),
        [(Some("+12065550199".to_owned()), WhySkipped::Unchanged)]
    );
    let unset = "SELECT COUNT(*) FROM phone_number WHERE carrier_profile_id IS NULL";
    assert_eq!(portal.number(unset).await, 1, "the assigned one was not meant");
    let detail = number::get(&admin, backend, slug, set).await.unwrap();
    assert_eq!(detail.row.version, 1);

    let without_sms = NumberPatch {
        sms: Some(false),
        ..NumberPatch::default()
    };
    let all = Selection::Query(String::new());
    let answer = number::update_many(&admin, backend, slug, &all, &without_sms)
        .await
        .unwrap();
    assert_eq!(
        skipped(&answer),
        [(
            Some("+12065550000".to_owned()),
            WhySkipped::Assigned("Ada Brandt".to_owned())
        )]
    );
}

#[rstest]
#[tokio::test]
async fn nothing_is_done_when_something_is_wrong(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let neighbour = portal.enterprise("borealis-freight").await;
    let foreign_profile = neighbour.profile("Theirs", CarrierKind::Twilio).await;
    let foreign = neighbour.number("+12065550100").insert().await;
    let own = clinic.number("+12065550100").insert().await;
    let (admin, viewer) = (clinic.admin().await, clinic.viewer().await);
    let (backend, slug) = (portal.backend(), clinic.slug());

    let patch = NumberPatch {
        carrier_profile: Some(ProfileChoice::Profile(foreign_profile)),
        ..NumberPatch::default()
    };
    let answer = number::update_many(&admin, backend, slug, &Selection::Ids(vec![own]), &patch).await;
    assert_eq!(fields(answer), ["carrier_profile"]);

    let too_many = Selection::Ids(
        (0..=MAX_SELECTED as u128)
            .map(|n| uuid::Uuid::from_u128(n).into())
            .collect(),
    );
    assert_eq!(
        fields(number::delete_many(&admin, backend, slug, &too_many).await),
        ["selection"]
    );

    let theirs = Selection::Ids(vec![foreign]);
    let answer = number::delete_many(&admin, backend, slug, &theirs).await.unwrap();
    assert_eq!(
        (answer.done.len(), skipped(&answer)),
        (0, vec![(None, WhySkipped::Gone)])
    );

    let refused = number::delete_many(&viewer, backend, slug, &Selection::Ids(vec![own])).await;
    assert_eq!(
        refused.unwrap_err(),
        Error::Forbidden {
            action: Action::Delete,
            resource: Resource::PhoneNumber,
        }
    );
    assert_eq!(portal.number("SELECT COUNT(*) FROM phone_number").await, 2);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 0);
}
