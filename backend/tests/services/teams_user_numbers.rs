//! The numbers that are a person's alone: giving them and taking them away.

use std::sync::Arc;

use backend::{
    services::{sms_group, teams_user},
    testing::{Engine, TestEnterprise, TestPortal},
};
use domain::{
    access::Resource,
    error::Error,
    ids::{PhoneNumberId, TeamsUserId},
    number::{COOLING_OFF, CoolingOff},
    teams_user::{MAX_OWN_NUMBERS, TeamsUser},
};
use rstest::rstest;
use tokio::sync::Barrier;

use crate::{
    support::{fields, input, sql, with_numbers},
    teams_user_people::{Clinic, three_people},
};

#[rstest]
#[tokio::test]
async fn numbers_are_given_and_taken_away_in_one_step(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { ada, own, .. } = three_people(&clinic).await;
    let first = clinic.number("+12065550101").insert().await;
    let second = clinic.number("+12065550102").insert().await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);

    let after = teams_user::set_numbers(
        &admin,
        backend,
        slug,
        ada,
        &[own],
        &[second, first, first],
        CoolingOff::Heeded,
    )
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

    let after = teams_user::set_numbers(&admin, backend, slug, ada, &[own], &[own], CoolingOff::Heeded)
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

    let refused = teams_user::set_numbers(&admin, backend, slug, bo, &[kept], &[kept, free], CoolingOff::Heeded)
        .await
        .unwrap_err();
    assert_eq!(
        refused.field_errors()[0].message,
        "Bo Chen has no Teams license, so they cannot have a number of their own."
    );
    // What they have can be taken away, and an unknown licence is given the benefit of the doubt.
    teams_user::set_numbers(&admin, backend, slug, bo, &[kept], &[], CoolingOff::Heeded)
        .await
        .unwrap();
    teams_user::set_numbers(&admin, backend, slug, cy, &[], &[free], CoolingOff::Heeded)
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

    let refused = teams_user::set_numbers(&admin, backend, slug, cy, &[], &[own, voice], CoolingOff::Heeded).await;
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
    let refused = teams_user::set_numbers(&admin, backend, slug, cy, &[], &too_many, CoolingOff::Heeded).await;
    assert_eq!(fields(refused), ["number_ids"]);
}

#[rstest]
#[tokio::test]
async fn a_number_is_given_away_while_its_cooling_off_time_runs_only_after_asking(
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
    let fresh = clinic.number("+12065550101").insert().await;
    teams_user::set_numbers(&admin, backend, slug, ada, &[own], &[], CoolingOff::Heeded)
        .await
        .unwrap();

    let wanted = [own, fresh];
    let refused = teams_user::set_numbers(&admin, backend, slug, cy, &[], &wanted, CoolingOff::Heeded)
        .await
        .unwrap_err();
    let [told] = refused.field_errors() else {
        panic!("one question about all numbers, not {refused:?}");
    };
    assert_eq!(told.field, COOLING_OFF);
    assert!(told.message.contains("+1 206 555 0100 until"), "{}", told.message);
    assert!(!told.message.contains("+1 206 555 0101"), "{}", told.message);

    let given = teams_user::set_numbers(&admin, backend, slug, cy, &[], &wanted, CoolingOff::Confirmed)
        .await
        .unwrap();
    assert_eq!(given.number_ids(), wanted);
    // What the person has already is not asked about.
    let other = clinic.number("+12065550102").insert().await;
    let more = [own, fresh, other];
    let given = teams_user::set_numbers(&admin, backend, slug, cy, &wanted, &more, CoolingOff::Heeded)
        .await
        .unwrap();
    assert_eq!(given.number_ids(), more);
}

#[rstest]
#[tokio::test]
async fn a_confirmation_gives_nobody_what_cannot_be_had(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { cy, own, .. } = three_people(&clinic).await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);
    let refused = teams_user::set_numbers(&admin, backend, slug, cy, &[], &[own], CoolingOff::Confirmed).await;
    assert_eq!(fields(refused), ["number_ids"]);
}

#[rstest]
#[tokio::test]
async fn a_save_from_older_numbers_is_outdated(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Clinic { ada, own, .. } = three_people(&clinic).await;
    let other = clinic.number("+12065550101").insert().await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), clinic.admin().await);
    teams_user::set_numbers(&admin, backend, slug, ada, &[own], &[other], CoolingOff::Heeded)
        .await
        .unwrap();

    let late = teams_user::set_numbers(&admin, backend, slug, ada, &[own], &[], CoolingOff::Heeded).await;
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
    let refused = teams_user::set_numbers(
        &viewer,
        portal.backend(),
        clinic.slug(),
        ada,
        &[own],
        &[],
        CoolingOff::Heeded,
    )
    .await;
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
                teams_user::set_numbers(&ctx, &backend, &slug, id, &[], &[number], CoolingOff::Heeded).await
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
