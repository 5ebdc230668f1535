//! Undoing a deletion: what comes back, what does not and why, until when, and who may.

use std::sync::Arc;

use backend::{
    context::OpContext,
    services::sms_group,
    testing::{Engine, TestEnterprise, TestPortal},
};
use chrono::TimeDelta;
use domain::{
    access::Resource,
    error::Error,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
    sms_group::{LostNumber, NotRestored, SmsGroup, UNDO_FOR},
};
use rstest::rstest;
use tokio::sync::Barrier;

use crate::support::{fields, input, nobody, sql, with_members, with_numbers};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::SmsGroup,
};

/// Front Desk of Ada, with Ada and Bo and these numbers; it has just been deleted by the admin.
struct Deleted {
    id: SmsGroupId,
    ada: TeamsUserId,
    bo: TeamsUserId,
    before: SmsGroup,
    admin: OpContext,
}

async fn deleted(portal: &TestPortal, clinic: &TestEnterprise, numbers: &[PhoneNumberId]) -> Deleted {
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    let group = clinic.group("Front Desk", ada).members([ada, bo]);
    let id = group.numbers(numbers.iter().copied()).insert().await;
    let admin = clinic.admin().await;
    let before = sms_group::get(&admin, portal.backend(), clinic.slug(), id)
        .await
        .unwrap();
    sms_group::delete(&admin, portal.backend(), clinic.slug(), id, 1)
        .await
        .unwrap();
    Deleted {
        id,
        ada,
        bo,
        before,
        admin,
    }
}

/// The same person some time after.
fn later(ctx: &OpContext, by: TimeDelta) -> OpContext {
    OpContext {
        now: ctx.now + by,
        ..ctx.clone()
    }
}

fn message<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    result.expect_err("a refusal").to_string()
}

#[rstest]
#[tokio::test]
async fn everything_comes_back_under_the_old_id(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let first = clinic.number("+12065550100").insert().await;
    let second = clinic.number("+12065550101").insert().await;
    let Deleted { id, before, admin, .. } = deleted(&portal, &clinic, &[first, second]).await;

    let restored = sms_group::restore(&admin, portal.backend(), clinic.slug(), id)
        .await
        .unwrap();

    assert_eq!(restored.missing, []);
    assert_eq!(restored.group, SmsGroup { version: 2, ..before });
    let read = sms_group::get(&admin, portal.backend(), clinic.slug(), id)
        .await
        .unwrap();
    assert_eq!(read, restored.group);
}

/// Somebody has had the dialog open since before the deletion.
#[rstest]
#[tokio::test]
async fn a_save_from_before_the_deletion_is_outdated(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Deleted { id, ada, admin, .. } = deleted(&portal, &clinic, &[]).await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    sms_group::restore(&admin, backend, slug, id).await.unwrap();

    let save = sms_group::update(&admin, backend, slug, id, 1, &input("Lobby", ada)).await;
    let outdated = Error::Outdated {
        resource: Resource::SmsGroup,
        id: id.0,
        current_version: 2,
    };
    assert_eq!(save.unwrap_err(), outdated);
}

#[rstest]
#[tokio::test]
async fn numbers_that_are_not_free_stay_where_they_are(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let mut numbers = Vec::new();
    for n in 0..5 {
        numbers.push(clinic.number(&format!("+1206555010{n}")).insert().await);
    }
    let Deleted { id, ada, bo, admin, .. } = deleted(&portal, &clinic, &numbers).await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let other = with_numbers(input("Night Shift", ada), &numbers[1..2]);
    sms_group::create(&admin, backend, slug, &other).await.unwrap();
    for statement in [
        format!(
            "INSERT INTO number_assignment (phone_number_id, enterprise_id, teams_user_id, assigned_at) \
             VALUES ({}, {}, {}, '2026-11-25 10:00:00+00:00')",
            sql(engine, numbers[2]),
            sql(engine, clinic.id()),
            sql(engine, bo)
        ),
        format!(
            "UPDATE phone_number SET sms_capable = false WHERE id = {}",
            sql(engine, numbers[3])
        ),
        format!("DELETE FROM phone_number WHERE id = {}", sql(engine, numbers[4])),
    ] {
        portal.execute(&statement).await.unwrap();
    }

    let restored = sms_group::restore(&admin, backend, slug, id).await.unwrap();

    let kept: Vec<_> = restored.group.numbers.iter().map(|number| number.id).collect();
    assert_eq!(kept, numbers[..1]);
    let lost = |number: &str, why| NotRestored::Number {
        number: PhoneNumber::parse(number).unwrap(),
        why,
    };
    assert_eq!(
        restored.missing,
        [
            lost("+12065550101", LostNumber::Taken("Night Shift".to_owned())),
            lost("+12065550102", LostNumber::Taken("Bo Chen".to_owned())),
            lost("+12065550103", LostNumber::WithoutSms),
            lost("+12065550104", LostNumber::Gone),
        ]
    );
}

#[rstest]
#[tokio::test]
async fn members_who_are_gone_are_named(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Deleted { id, ada, bo, admin, .. } = deleted(&portal, &clinic, &[]).await;
    let gone = format!("DELETE FROM teams_user WHERE id = {}", sql(engine, bo));
    portal.execute(&gone).await.unwrap();

    let restored = sms_group::restore(&admin, portal.backend(), clinic.slug(), id)
        .await
        .unwrap();

    let members: Vec<_> = restored.group.members.iter().map(|member| member.id).collect();
    assert_eq!(members, [ada]);
    let name = "Bo Chen".to_owned();
    assert_eq!(restored.missing, [NotRestored::Member { name }]);
}

#[rstest]
#[tokio::test]
async fn a_group_without_owner_or_members_does_not_come_back(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Deleted { id, ada, bo, admin, .. } = deleted(&portal, &clinic, &[]).await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let of_bo = with_members(input("Lobby", ada), &[bo]);
    let lobby = sms_group::create(&admin, backend, slug, &of_bo).await.unwrap();
    sms_group::delete(&admin, backend, slug, lobby.id, 1).await.unwrap();

    let gone = |id| format!("DELETE FROM teams_user WHERE id = {}", sql(engine, id));
    portal.execute(&gone(bo)).await.unwrap();
    let without_members = sms_group::restore(&admin, backend, slug, lobby.id).await;
    assert_eq!(fields(without_members), ["member_ids"]);
    portal.execute(&gone(ada)).await.unwrap();
    let without_owner = sms_group::restore(&admin, backend, slug, id).await;
    assert_eq!(
        message(without_owner),
        "Its owner, Ada Brandt, no longer exists. Add the group anew with another owner."
    );
    assert_eq!(portal.number("SELECT COUNT(*) FROM sms_group").await, 0);
}

#[rstest]
#[tokio::test]
async fn a_name_that_is_taken_meanwhile_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let number = clinic.number("+12065550100").insert().await;
    let Deleted { id, ada, admin, .. } = deleted(&portal, &clinic, &[number]).await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let other = sms_group::create(&admin, backend, slug, &input("FRONT desk", ada))
        .await
        .unwrap();

    let refused = sms_group::restore(&admin, backend, slug, id).await;
    assert_eq!(fields(refused.clone()), ["name"]);
    assert_eq!(
        message(refused),
        "Another group is called Front Desk now. Rename that one, then undo again."
    );
    assert_eq!(portal.number("SELECT COUNT(*) FROM number_assignment").await, 0);

    sms_group::update(&admin, backend, slug, other.id, 1, &input("Lobby", ada))
        .await
        .unwrap();
    let restored = sms_group::restore(&admin, backend, slug, id).await.unwrap();
    assert_eq!(restored.group.numbers.len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_deletion_can_be_undone_for_ten_minutes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Deleted { id, admin, .. } = deleted(&portal, &clinic, &[]).await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let late = later(&admin, UNDO_FOR + TimeDelta::seconds(1));
    let refused = sms_group::restore(&late, backend, slug, id).await;
    assert!(matches!(refused, Err(Error::Gone { .. })), "{refused:?}");
    assert_eq!(
        message(refused),
        "A deletion can be undone for 10 minutes, and they are over. Add the group anew."
    );
    let in_time = later(&admin, UNDO_FOR - TimeDelta::seconds(1));
    sms_group::restore(&in_time, backend, slug, id).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_group_comes_back_once_for_each_deletion(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Deleted { id, ada, bo, admin, .. } = deleted(&portal, &clinic, &[]).await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    sms_group::restore(&admin, backend, slug, id).await.unwrap();
    let again = sms_group::restore(&admin, backend, slug, id).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    assert_eq!(message(again), "The group is back already; somebody has restored it.");

    // What comes back is what the last deletion took away.
    let renamed = with_members(input("Reception", bo), &[ada]);
    let updated = sms_group::update(&admin, backend, slug, id, 2, &renamed).await.unwrap();
    let second = later(&admin, TimeDelta::minutes(8));
    sms_group::delete(&second, backend, slug, id, 3).await.unwrap();
    let third = later(&admin, TimeDelta::minutes(16));
    let restored = sms_group::restore(&third, backend, slug, id).await.unwrap();
    assert_eq!(restored.group, SmsGroup { version: 4, ..updated });
}

#[rstest]
#[tokio::test]
async fn what_was_never_deleted_here_is_not_found(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    let Deleted { id: theirs, .. } = deleted(&portal, &freight, &[]).await;
    let admin = clinic.admin().await;

    for id in [theirs, nobody()] {
        let answer = sms_group::restore(&admin, portal.backend(), clinic.slug(), id).await;
        assert_eq!(answer.unwrap_err(), NOT_FOUND);
    }
    assert_eq!(portal.number("SELECT COUNT(*) FROM sms_group").await, 0);
}

#[rstest]
#[tokio::test]
async fn whoever_may_add_groups_may_bring_them_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let Deleted { id, .. } = deleted(&portal, &clinic, &[]).await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let viewer = clinic.viewer().await;
    let refused = sms_group::restore(&viewer, backend, slug, id).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    let colleague = clinic.admin().await;
    sms_group::restore(&colleague, backend, slug, id).await.unwrap();
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_undo_at_once_one_does_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    const PEOPLE: usize = 8;
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let number = clinic.number("+12065550100").insert().await;
    let Deleted { id, admin, .. } = deleted(&portal, &clinic, &[number]).await;

    let start = Arc::new(Barrier::new(PEOPLE));
    let tasks: Vec<_> = (0..PEOPLE)
        .map(|_| {
            let (start, backend, ctx, slug) = (
                start.clone(),
                portal.backend().clone(),
                admin.clone(),
                clinic.slug().clone(),
            );
            tokio::spawn(async move {
                start.wait().await;
                sms_group::restore(&ctx, &backend, &slug, id).await
            })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        assert!(
            matches!(error, Error::Conflict(field) if field.field == "id"),
            "{error:?}"
        );
    }
    let entries = "SELECT COUNT(*) FROM audit_event WHERE action = 'restore'";
    assert_eq!(portal.number(entries).await, 1);
    assert_eq!(portal.number("SELECT COUNT(*) FROM number_assignment").await, 1);
}

/// Whoever is quicker has the number; the group comes back either way and says so.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_number_that_is_given_away_at_this_moment_does_not_keep_the_group_away(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let number = clinic.number("+12065550100").insert().await;
    let Deleted { id, ada, admin, .. } = deleted(&portal, &clinic, &[number]).await;
    let (backend, slug) = (portal.backend().clone(), clinic.slug().clone());

    for round in 0..8 {
        let wanted = with_numbers(input(&format!("Quick {round}"), ada), &[number]);
        let start = Arc::new(Barrier::new(2));
        let taking = {
            let (start, backend, ctx, slug) = (start.clone(), backend.clone(), admin.clone(), slug.clone());
            tokio::spawn(async move {
                start.wait().await;
                sms_group::create(&ctx, &backend, &slug, &wanted).await
            })
        };
        start.wait().await;
        let restored = sms_group::restore(&admin, &backend, &slug, id).await.unwrap();
        let taken = taking.await.unwrap();

        assert_eq!(taken.is_ok(), restored.group.numbers.is_empty(), "{taken:?}");
        assert_eq!(taken.is_ok(), !restored.missing.is_empty(), "{:?}", restored.missing);
        if let Ok(group) = taken {
            sms_group::delete(&admin, &backend, &slug, group.id, 1).await.unwrap();
        }
        // The entry of a deletion without the number would bring nothing back, so it goes in by the front door again.
        let whole = with_numbers(input("Front Desk", ada), &[number]);
        let version = restored.group.version;
        sms_group::update(&admin, &backend, &slug, id, version, &whole)
            .await
            .unwrap();
        sms_group::delete(&admin, &backend, &slug, id, version + 1)
            .await
            .unwrap();
    }
}
