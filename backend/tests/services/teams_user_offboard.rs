//! Offboarding: what happens, what has to be decided, and who may.

use backend::{
    services::{sms_group, teams_user},
    testing::Engine,
};
use domain::{
    access::Resource,
    error::Error,
    teams_user::{Consequence, GroupFate, LicenseState, group_field},
};
use rstest::rstest;

use crate::{
    leaving::{Leaving, decisions, leaving, phone},
    support::{fields, input as group, nobody, sql, with_members, with_numbers},
};

#[rstest]
#[tokio::test]
async fn the_preview_says_what_will_happen_and_changes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let leaving = leaving(engine).await;
    let Leaving { portal, clinic, .. } = &leaving;
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
    let leaving = leaving(engine).await;
    let Leaving { ada, bo, admin, .. } = &leaving;
    let (backend, slug) = (leaving.portal.backend(), leaving.clinic.slug());
    let input = leaving.decided(GroupFate::HandOver { to: *bo }, Some(*bo));

    teams_user::offboard(admin, backend, slug, *ada, &input).await.unwrap();

    let after = teams_user::get(admin, backend, slug, *ada).await.unwrap();
    assert!(!after.holds_anything(), "{after:?}");
    let desk = sms_group::get(admin, backend, slug, leaving.desk).await.unwrap();
    assert_eq!((desk.owner.id, desk.version), (*bo, 2));
    for group in [leaving.desk, leaving.lobby, leaving.night] {
        assert_eq!(leaving.members(group).await, [*bo]);
    }
    let bo = teams_user::get(admin, backend, slug, *bo).await.unwrap();
    assert_eq!(bo.number_ids(), [leaving.own]);
    let entries = "SELECT COUNT(*) FROM audit_event WHERE resource = 'teams_user'";
    assert_eq!(leaving.portal.number(entries).await, 1);
    let others = "SELECT COUNT(*) FROM audit_event WHERE resource IN ('sms_group', 'number_assignment')";
    assert_eq!(leaving.portal.number(others).await, 0);
}

#[rstest]
#[tokio::test]
async fn released_numbers_and_those_of_a_deleted_group_are_free_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let leaving = leaving(engine).await;
    let Leaving { portal, clinic, .. } = &leaving;
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
    let leaving = leaving(engine).await;
    let Leaving { portal, clinic, .. } = &leaving;
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
    let leaving = leaving(engine).await;
    let (backend, slug, admin) = (leaving.portal.backend(), leaving.clinic.slug(), &leaving.admin);
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
    let leaving = leaving(engine).await;
    let Leaving { portal, clinic, .. } = &leaving;
    let freight = portal.enterprise("borealis-freight").await;
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
#[case::released(false, false, Some(7))]
#[case::passed_on(false, true, None)]
#[case::group_deleted(true, true, Some(7))]
#[tokio::test]
async fn the_preview_says_how_long_numbers_that_become_free_should_rest(
    #[case] deletes: bool,
    #[case] passes_on: bool,
    #[case] expected: Option<i64>,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let leaving = leaving(engine).await;
    let (backend, slug) = (leaving.portal.backend(), leaving.clinic.slug());
    let lobby = if deletes {
        GroupFate::Delete
    } else {
        GroupFate::HandOver { to: leaving.bo }
    };
    let input = leaving.decided(lobby, passes_on.then_some(leaving.bo));
    let rest = async || {
        let preview = teams_user::offboard_preview(&leaving.admin, backend, slug, leaving.ada, &input).await;
        preview.unwrap().rest_days
    };
    assert_eq!(rest().await, None, "the enterprise has no such time");
    let time = "UPDATE enterprise SET number_cooling_off_days = 7";
    leaving.portal.execute(time).await.unwrap();
    assert_eq!(rest().await, expected);
    let done = teams_user::offboard(&leaving.admin, backend, slug, leaving.ada, &input)
        .await
        .unwrap();
    assert_eq!(done.rest_days, expected);
}
