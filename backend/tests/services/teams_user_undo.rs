//! Undoing an offboarding: what comes back, and what does not.

use std::sync::Arc;

use backend::{
    context::OpContext,
    services::{audit, sms_group, teams_user},
    testing::{Engine, anonymous},
};
use chrono::TimeDelta;
use domain::{
    error::Error,
    ids::SmsGroupId,
    number::CoolingOff,
    sms_group::LostNumber,
    teams_user::{GroupFate, LostGroup, NotUndone, TeamsUser, UNDO_FOR},
};
use rstest::rstest;
use tokio::sync::Barrier;

use crate::{
    leaving::{Leaving, decisions, later, leaving, phone},
    support::{input as group, sql, with_members},
};

#[rstest]
#[case::passed_on_and_handed_over(false)]
#[case::released_and_deleted(true)]
#[tokio::test]
async fn undoing_brings_everything_back(
    #[case] releases: bool,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let leaving = leaving(engine).await;
    let Leaving { ada, bo, admin, .. } = &leaving;
    let (backend, slug) = (leaving.portal.backend(), leaving.clinic.slug());
    let input = if releases {
        leaving.decided(GroupFate::Delete, None)
    } else {
        leaving.decided(GroupFate::HandOver { to: *bo }, Some(*bo))
    };
    teams_user::offboard(admin, backend, slug, *ada, &input).await.unwrap();

    let undone = teams_user::undo_offboard(admin, backend, slug, *ada).await.unwrap();

    assert_eq!(undone.missing, []);
    let after = teams_user::get(admin, backend, slug, *ada).await.unwrap();
    let shape = |user: &TeamsUser| -> Vec<_> {
        user.groups
            .iter()
            .map(|group| {
                (
                    group.id,
                    group.owner_id,
                    group.part,
                    group.other_members,
                    group.numbers.clone(),
                )
            })
            .collect()
    };
    assert_eq!(shape(&after), shape(&leaving.before));
    assert_eq!(after.numbers, leaving.before.numbers);
    assert!(after.version > leaving.before.version);
    for (now, then) in after.groups.iter().zip(&leaving.before.groups) {
        assert!(now.version > then.version, "{}", now.name);
    }
}

#[rstest]
#[tokio::test]
async fn what_others_have_got_meanwhile_stays_with_them(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let leaving = leaving(engine).await;
    let Leaving { ada, bo, admin, .. } = &leaving;
    let (backend, slug) = (leaving.portal.backend(), leaving.clinic.slug());
    let cy = leaving.clinic.user("Cy Dahl").insert().await;
    let input = leaving.decided(GroupFate::Delete, None);
    teams_user::offboard(admin, backend, slug, *ada, &input).await.unwrap();
    teams_user::set_numbers(admin, backend, slug, cy, &[], &[leaving.own], CoolingOff::Heeded)
        .await
        .unwrap();
    let taken = with_members(group("Desk", cy), &[cy, *bo]);
    sms_group::update(admin, backend, slug, leaving.desk, 2, &taken)
        .await
        .unwrap();
    sms_group::delete(admin, backend, slug, leaving.night, 2).await.unwrap();
    sms_group::create(admin, backend, slug, &group("LOBBY", *bo))
        .await
        .unwrap();

    let undone = teams_user::undo_offboard(admin, backend, slug, *ada).await.unwrap();

    let lost = |name: &str, why| NotUndone::Group {
        name: name.to_owned(),
        why,
    };
    assert_eq!(
        undone.missing,
        [
            lost("Desk", LostGroup::Owned("Cy Dahl".to_owned())),
            lost("Lobby", LostGroup::NameTaken),
            lost("Night Shift", LostGroup::Gone),
            NotUndone::Number {
                number: phone("+12065550100"),
                why: LostNumber::Taken("Cy Dahl".to_owned()),
            },
        ]
    );
    // The membership came back although the group has another owner now.
    assert!(leaving.members(leaving.desk).await.contains(ada));
    let cy = teams_user::get(admin, backend, slug, cy).await.unwrap();
    assert_eq!(cy.number_ids(), [leaving.own]);
}

#[rstest]
#[tokio::test]
async fn a_number_of_a_revived_group_that_is_taken_is_named(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let leaving = leaving(engine).await;
    let Leaving { portal, clinic, .. } = &leaving;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), &leaving.admin);
    let input = leaving.decided(GroupFate::Delete, None);
    teams_user::offboard(admin, backend, slug, leaving.ada, &input)
        .await
        .unwrap();
    teams_user::set_numbers(
        admin,
        backend,
        slug,
        leaving.bo,
        &[],
        &[leaving.of_lobby],
        CoolingOff::Heeded,
    )
    .await
    .unwrap();
    let without_sms = format!(
        "UPDATE phone_number SET sms_capable = false WHERE id = {}",
        sql(engine, leaving.own)
    );
    portal.execute(&without_sms).await.unwrap();

    let undone = teams_user::undo_offboard(admin, backend, slug, leaving.ada)
        .await
        .unwrap();

    let lost = |number, why| NotUndone::Number {
        number: phone(number),
        why,
    };
    assert_eq!(
        undone.missing,
        [
            lost("+12065550100", LostNumber::WithoutSms),
            lost("+12065550101", LostNumber::Taken("Bo Chen".to_owned())),
        ]
    );
    let lobby = sms_group::get(admin, backend, slug, leaving.lobby).await.unwrap();
    assert_eq!((lobby.members.len(), lobby.numbers.len()), (1, 0));
}

#[rstest]
#[tokio::test]
async fn it_can_be_undone_once_and_for_ten_minutes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let leaving = leaving(engine).await;
    let (backend, slug, admin) = (leaving.portal.backend(), leaving.clinic.slug(), &leaving.admin);
    let never = teams_user::undo_offboard(admin, backend, slug, leaving.ada).await;
    assert!(matches!(never, Err(Error::NotFound { .. })), "{never:?}");
    teams_user::offboard(admin, backend, slug, leaving.ada, &leaving.handed_over())
        .await
        .unwrap();

    let late = later(admin, UNDO_FOR + TimeDelta::seconds(1));
    let refused = teams_user::undo_offboard(&late, backend, slug, leaving.ada).await;
    assert!(matches!(refused, Err(Error::Gone { .. })), "{refused:?}");
    let in_time = later(admin, UNDO_FOR - TimeDelta::seconds(1));
    teams_user::undo_offboard(&in_time, backend, slug, leaving.ada)
        .await
        .unwrap();
    let again = teams_user::undo_offboard(&in_time, backend, slug, leaving.ada).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
}

#[rstest]
#[tokio::test]
async fn readers_are_told_of_it_while_it_can_be_undone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let leaving = leaving(engine).await;
    let Leaving { ada, bo, admin, .. } = &leaving;
    let (backend, slug) = (leaving.portal.backend(), leaving.clinic.slug());
    let viewer = OpContext {
        now: admin.now,
        ..leaving.clinic.viewer().await
    };
    let told = async |ctx: &OpContext, id| {
        let details = teams_user::details(ctx, backend, slug, id).await.unwrap();
        details.offboarded
    };
    assert_eq!(told(&viewer, *ada).await, None);
    teams_user::offboard(admin, backend, slug, *ada, &leaving.handed_over())
        .await
        .unwrap();
    let someone_elses = teams_user::details(&anonymous(), backend, slug, *ada).await;
    assert_eq!(someone_elses.unwrap_err(), Error::SignedOut);

    let in_time = later(&viewer, UNDO_FOR - TimeDelta::seconds(1));
    let offboarded = told(&in_time, *ada).await.unwrap();
    let entry = audit::get(&viewer, backend, slug, offboarded.event).await.unwrap();
    assert_eq!((entry.actor, entry.at), (offboarded.by, offboarded.at));
    assert_eq!(offboarded.at.timestamp(), admin.now.timestamp());
    assert_eq!(offboarded.until, offboarded.at + UNDO_FOR);
    assert_eq!(told(&in_time, *bo).await, None);
    assert_eq!(
        told(&later(&viewer, UNDO_FOR + TimeDelta::seconds(1)), *ada).await,
        None
    );

    teams_user::undo_offboard(admin, backend, slug, *ada).await.unwrap();
    assert_eq!(told(&in_time, *ada).await, None);
    let back = teams_user::details(admin, backend, slug, *ada).await.unwrap().user;
    let fate = |group: SmsGroupId| {
        if group == leaving.night {
            GroupFate::Leave
        } else {
            GroupFate::HandOver { to: *bo }
        }
    };
    let again = decisions(&back, fate, None);
    let late = later(admin, TimeDelta::minutes(5));
    teams_user::offboard(&late, backend, slug, *ada, &again).await.unwrap();
    let offboarded = told(&in_time, *ada).await.unwrap();
    assert_eq!(offboarded.at.timestamp(), late.now.timestamp());
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_offboard_at_once_one_does_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    const PEOPLE: usize = 6;
    let leaving = leaving(engine).await;
    let Leaving { portal, clinic, .. } = &leaving;
    let input = leaving.handed_over();
    let start = Arc::new(Barrier::new(PEOPLE));
    let tasks: Vec<_> = (0..PEOPLE)
        .map(|_| {
            let (start, backend, ctx, slug, input) = (
                start.clone(),
                portal.backend().clone(),
                leaving.admin.clone(),
                clinic.slug().clone(),
                input.clone(),
            );
            let ada = leaving.ada;
            tokio::spawn(async move {
                start.wait().await;
                teams_user::offboard(&ctx, &backend, &slug, ada, &input).await
            })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        assert!(matches!(error, Error::Outdated { .. }), "{error:?}");
    }
    let entries = "SELECT COUNT(*) FROM audit_event WHERE resource = 'teams_user'";
    assert_eq!(portal.number(entries).await, 1);
}
