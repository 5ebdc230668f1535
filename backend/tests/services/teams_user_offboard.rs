//! Offboarding and undoing it: what happens, what has to be decided, what comes back, and who may.

use std::sync::Arc;

use backend::{
    context::OpContext,
    services::{sms_group, teams_user},
    testing::{Engine, TestEnterprise, TestPortal},
};
use chrono::TimeDelta;
use domain::{
    access::Resource,
    error::Error,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    phone::PhoneNumber,
    sms_group::LostNumber,
    teams_user::{
        Consequence, GroupDecision, GroupFate, LicenseState, LostGroup, NotUndone, OffboardInput, TeamsUser, UNDO_FOR,
        group_field,
    },
};
use rstest::rstest;
use tokio::sync::Barrier;

use crate::support::{fields, input as group, nobody, sql, with_members, with_numbers};

/// Ada, who leaves: she owns Desk (with Bo and herself), is alone in Lobby, which Bo owns, and one of two in Night Shift
/// of Bo. One number is hers, one is Lobby's.
struct Leaving {
    ada: TeamsUserId,
    bo: TeamsUserId,
    desk: SmsGroupId,
    lobby: SmsGroupId,
    night: SmsGroupId,
    own: PhoneNumberId,
    of_lobby: PhoneNumberId,
    before: TeamsUser,
    admin: OpContext,
}

async fn leaving(portal: &TestPortal, clinic: &TestEnterprise) -> Leaving {
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    let own = clinic.number("+12065550100").of_user(ada).insert().await;
    let of_lobby = clinic.number("+12065550101").insert().await;
    let desk = clinic.group("Desk", ada).members([ada, bo]).insert().await;
    let lobby = clinic
        .group("Lobby", bo)
        .members([ada])
        .numbers([of_lobby])
        .insert()
        .await;
    let night = clinic.group("Night Shift", bo).members([ada, bo]).insert().await;
    let admin = clinic.admin().await;
    let before = teams_user::get(&admin, portal.backend(), clinic.slug(), ada)
        .await
        .unwrap();
    Leaving {
        ada,
        bo,
        desk,
        lobby,
        night,
        own,
        of_lobby,
        before,
        admin,
    }
}

impl Leaving {
    /// Desk goes to Bo; Lobby becomes what is said; the number goes to whom is said.
    fn decided(&self, lobby: GroupFate, numbers_to: Option<TeamsUserId>) -> OffboardInput {
        let fate = |id: SmsGroupId| match id {
            id if id == self.desk => GroupFate::HandOver { to: self.bo },
            id if id == self.lobby => lobby,
            _ => GroupFate::Leave,
        };
        decisions(&self.before, fate, numbers_to)
    }

    fn handed_over(&self) -> OffboardInput {
        self.decided(GroupFate::HandOver { to: self.bo }, None)
    }
}

fn decisions(
    user: &TeamsUser,
    fate: impl Fn(SmsGroupId) -> GroupFate,
    numbers_to: Option<TeamsUserId>,
) -> OffboardInput {
    OffboardInput {
        number_ids: user.number_ids(),
        groups: user
            .groups
            .iter()
            .map(|group| GroupDecision {
                id: group.id,
                version: group.version,
                fate: Some(fate(group.id)),
            })
            .collect(),
        numbers_to,
    }
}

/// The same person some time after.
fn later(ctx: &OpContext, by: TimeDelta) -> OpContext {
    OpContext {
        now: ctx.now + by,
        ..ctx.clone()
    }
}

fn phone(text: &str) -> PhoneNumber {
    PhoneNumber::parse(text).unwrap()
}

async fn members(portal: &TestPortal, clinic: &TestEnterprise, ctx: &OpContext, id: SmsGroupId) -> Vec<TeamsUserId> {
    let group = sms_group::get(ctx, portal.backend(), clinic.slug(), id).await.unwrap();
    group.members.iter().map(|member| member.id).collect()
}

#[rstest]
#[tokio::test]
async fn the_preview_says_what_will_happen_and_changes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let leaving = leaving(&portal, &clinic).await;
    let (backend, slug, viewer) = (portal.backend(), clinic.slug(), clinic.viewer().await);
    let input = leaving.decided(GroupFate::Delete, Some(leaving.bo));

    let preview = teams_user::offboard_preview(&viewer, backend, slug, leaving.ada, &input)
        .await
        .unwrap();

    let (desk, lobby, night) = ("Desk".to_owned(), "Lobby".to_owned(), "Night Shift".to_owned());
    assert_eq!(
        preview.consequences,
        [
            Consequence::NewOwner {
                group: desk.clone(),
                to: "Bo Chen".to_owned()
            },
            Consequence::Leaves { group: desk },
            Consequence::Deletes {
                group: lobby,
                numbers: vec![phone("+12065550101")]
            },
            Consequence::Leaves { group: night },
            Consequence::Moves {
                numbers: vec![phone("+12065550100")],
                to: "Bo Chen".to_owned()
            },
        ]
    );
    let after = teams_user::get(&viewer, backend, slug, leaving.ada).await.unwrap();
    assert_eq!(after, leaving.before);
    let done = teams_user::offboard(&leaving.admin, backend, slug, leaving.ada, &input)
        .await
        .unwrap();
    assert_eq!(done, preview);
}

#[rstest]
#[tokio::test]
async fn groups_and_numbers_are_handed_over_in_one_step(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let leaving = leaving(&portal, &clinic).await;
    let Leaving { ada, bo, admin, .. } = &leaving;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let input = leaving.decided(GroupFate::HandOver { to: *bo }, Some(*bo));

    teams_user::offboard(admin, backend, slug, *ada, &input).await.unwrap();

    let after = teams_user::get(admin, backend, slug, *ada).await.unwrap();
    assert!(!after.holds_anything(), "{after:?}");
    let desk = sms_group::get(admin, backend, slug, leaving.desk).await.unwrap();
    assert_eq!((desk.owner.id, desk.version), (*bo, 2));
    for group in [leaving.desk, leaving.lobby, leaving.night] {
        assert_eq!(members(&portal, &clinic, admin, group).await, [*bo]);
    }
    let bo = teams_user::get(admin, backend, slug, *bo).await.unwrap();
    assert_eq!(bo.number_ids(), [leaving.own]);
    let entries = "SELECT COUNT(*) FROM audit_event WHERE resource = 'teams_user'";
    assert_eq!(portal.number(entries).await, 1);
    let others = "SELECT COUNT(*) FROM audit_event WHERE resource IN ('sms_group', 'number_assignment')";
    assert_eq!(portal.number(others).await, 0);
}

#[rstest]
#[tokio::test]
async fn released_numbers_and_those_of_a_deleted_group_are_free_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let leaving = leaving(&portal, &clinic).await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), &leaving.admin);
    let input = leaving.decided(GroupFate::Delete, None);

    teams_user::offboard(admin, backend, slug, leaving.ada, &input)
        .await
        .unwrap();

    for (number, released) in [
        (leaving.own, "offboarded Ada Brandt"),
        (leaving.of_lobby, "group_deleted Lobby"),
    ] {
        let how = format!(
            "SELECT released_by || ' ' || released_from FROM phone_number WHERE id = {}",
            sql(engine, number)
        );
        assert_eq!(portal.text(&how).await.as_deref(), Some(released));
    }
    let both = with_numbers(group("Reception", leaving.bo), &[leaving.own, leaving.of_lobby]);
    sms_group::create(admin, backend, slug, &both).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn what_is_not_decided_is_named(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let leaving = leaving(&portal, &clinic).await;
    let unlicensed = clinic.user("Cy Dahl").license(LicenseState::Unlicensed).insert().await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), &leaving.admin);
    let (desk, lobby) = (group_field(leaving.desk), group_field(leaving.lobby));

    let nothing = decisions(&leaving.before, |_| GroupFate::Leave, Some(unlicensed));
    let refused = teams_user::offboard(admin, backend, slug, leaving.ada, &nothing).await;
    assert_eq!(fields(refused), [desk.clone(), lobby.clone(), "numbers_to".to_owned()]);
    let to_nobody = decisions(&leaving.before, |_| GroupFate::HandOver { to: nobody() }, None);
    let refused = teams_user::offboard_preview(admin, backend, slug, leaving.ada, &to_nobody).await;
    assert_eq!(fields(refused), [desk.clone(), lobby, group_field(leaving.night)]);
    let ada = leaving.ada;
    let to_oneself = decisions(&leaving.before, |_| GroupFate::HandOver { to: ada }, None);
    let refused = teams_user::offboard(admin, backend, slug, ada, &to_oneself).await;
    assert!(fields(refused).contains(&desk));
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 0);
}

#[rstest]
#[tokio::test]
async fn decisions_about_something_older_are_outdated(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let leaving = leaving(&portal, &clinic).await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), &leaving.admin);
    let renamed = with_members(group("Night", leaving.bo), &[leaving.ada, leaving.bo]);
    sms_group::update(admin, backend, slug, leaving.night, 1, &renamed)
        .await
        .unwrap();

    let outdated = Error::Outdated {
        resource: Resource::TeamsUser,
        id: leaving.ada.0,
        current_version: 1,
    };
    let preview = teams_user::offboard_preview(admin, backend, slug, leaving.ada, &leaving.handed_over()).await;
    assert_eq!(preview.unwrap_err(), outdated);
    let done = teams_user::offboard(admin, backend, slug, leaving.ada, &leaving.handed_over()).await;
    assert_eq!(done.unwrap_err(), outdated);
}

#[rstest]
#[tokio::test]
async fn strangers_and_viewers_offboard_nobody(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    let leaving = leaving(&portal, &clinic).await;
    let (backend, slug, input) = (portal.backend(), clinic.slug(), leaving.handed_over());

    let viewer = clinic.viewer().await;
    let refused = teams_user::offboard(&viewer, backend, slug, leaving.ada, &input).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    let refused = teams_user::undo_offboard(&viewer, backend, slug, leaving.ada).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    let stranger = freight.admin().await;
    let not_there = teams_user::offboard(&stranger, backend, freight.slug(), leaving.ada, &input).await;
    let not_found = Error::NotFound {
        resource: Resource::TeamsUser,
    };
    assert_eq!(not_there.unwrap_err(), not_found);
    let not_there = teams_user::undo_offboard(&stranger, backend, freight.slug(), leaving.ada).await;
    assert_eq!(not_there.unwrap_err(), not_found);
}

#[rstest]
#[case::passed_on_and_handed_over(false)]
#[case::released_and_deleted(true)]
#[tokio::test]
async fn undoing_brings_everything_back(
    #[case] releases: bool,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let leaving = leaving(&portal, &clinic).await;
    let Leaving { ada, bo, admin, .. } = &leaving;
    let (backend, slug) = (portal.backend(), clinic.slug());
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
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let leaving = leaving(&portal, &clinic).await;
    let Leaving { ada, bo, admin, .. } = &leaving;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let cy = clinic.user("Cy Dahl").insert().await;
    let input = leaving.decided(GroupFate::Delete, None);
    teams_user::offboard(admin, backend, slug, *ada, &input).await.unwrap();
    teams_user::set_numbers(admin, backend, slug, cy, &[], &[leaving.own])
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
    assert!(members(&portal, &clinic, admin, leaving.desk).await.contains(ada));
    let cy = teams_user::get(admin, backend, slug, cy).await.unwrap();
    assert_eq!(cy.number_ids(), [leaving.own]);
}

#[rstest]
#[tokio::test]
async fn a_number_of_a_revived_group_that_is_taken_is_named(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let leaving = leaving(&portal, &clinic).await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), &leaving.admin);
    let input = leaving.decided(GroupFate::Delete, None);
    teams_user::offboard(admin, backend, slug, leaving.ada, &input)
        .await
        .unwrap();
    teams_user::set_numbers(admin, backend, slug, leaving.bo, &[], &[leaving.of_lobby])
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
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let leaving = leaving(&portal, &clinic).await;
    let (backend, slug, admin) = (portal.backend(), clinic.slug(), &leaving.admin);
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
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_offboard_at_once_one_does_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    const PEOPLE: usize = 6;
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let leaving = leaving(&portal, &clinic).await;
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
