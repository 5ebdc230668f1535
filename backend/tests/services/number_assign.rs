//! Giving numbers to people and groups, taking them away, and what is written down about it.

use backend::{
    context::OpContext,
    services::{number, sms_group},
    testing::{Engine, TestEnterprise, TestPortal},
};
use chrono::TimeDelta;
use domain::{
    access::{Action, Resource},
    error::Error,
    ids::PhoneNumberId,
    number::{AssignTo, COOLING_OFF, CoolingOff, NumberOption, PhoneNumberRow, ReleaseCause},
    teams_user::LicenseState,
};
use rstest::rstest;

use crate::support::{fields, input, nobody, with_numbers};

async fn assign(
    portal: &TestPortal,
    clinic: &TestEnterprise,
    ctx: &OpContext,
    row: &PhoneNumberRow,
    to: Option<AssignTo>,
) -> Result<PhoneNumberRow, Error> {
    number::assign(
        ctx,
        portal.backend(),
        clinic.slug(),
        row.id,
        row.version,
        to,
        CoolingOff::Heeded,
    )
    .await
}

async fn row(portal: &TestPortal, clinic: &TestEnterprise, ctx: &OpContext, id: PhoneNumberId) -> PhoneNumberRow {
    let detail = number::get(ctx, portal.backend(), clinic.slug(), id).await;
    detail.unwrap().row
}

fn serves(row: &PhoneNumberRow) -> Option<&str> {
    row.assignee.as_ref().map(|assignee| assignee.name())
}

#[rstest]
#[tokio::test]
async fn a_number_goes_from_hand_to_hand_and_remembers_the_last_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let desk = clinic.group("Front Desk", ada).insert().await;
    let id = clinic.number("+12065550100").insert().await;
    let admin = clinic.admin().await;

    let free = row(&portal, &clinic, &admin, id).await;
    assert_eq!((serves(&free), free.version, &free.released), (None, 1, &None));

    let of_ada = assign(&portal, &clinic, &admin, &free, Some(AssignTo::TeamsUser(ada))).await;
    let of_ada = of_ada.unwrap();
    assert_eq!((serves(&of_ada), of_ada.version), (Some("Ada Brandt"), 2));
    assert_eq!(of_ada.released, None, "nobody has lost it");

    let of_desk = assign(&portal, &clinic, &admin, &of_ada, Some(AssignTo::SmsGroup(desk))).await;
    let of_desk = of_desk.unwrap();
    assert_eq!((serves(&of_desk), of_desk.version), (Some("Front Desk"), 3));
    let released = of_desk.released.clone().unwrap();
    assert_eq!(
        (released.cause, released.from.as_str()),
        (ReleaseCause::Reassigned, "Ada Brandt")
    );

    let free = assign(&portal, &clinic, &admin, &of_desk, None).await.unwrap();
    assert_eq!((serves(&free), free.version), (None, 4));
    let released = free.released.unwrap();
    assert_eq!(
        (released.cause, released.from.as_str()),
        (ReleaseCause::Unassigned, "Front Desk")
    );

    let actions = "SELECT COUNT(*) FROM audit_event WHERE resource = 'number_assignment' AND action = ";
    for action in ["create", "update", "delete"] {
        assert_eq!(portal.number(&format!("{actions}'{action}'")).await, 1, "{action}");
    }
}

#[rstest]
#[tokio::test]
async fn giving_a_number_to_whom_it_serves_changes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let id = clinic.number("+12065550100").of_user(ada).insert().await;
    let admin = clinic.admin().await;

    let before = row(&portal, &clinic, &admin, id).await;
    let after = assign(&portal, &clinic, &admin, &before, Some(AssignTo::TeamsUser(ada))).await;
    assert_eq!(after.unwrap(), before);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 0);
}

#[rstest]
#[tokio::test]
async fn who_cannot_get_a_number(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let neighbour = portal.enterprise("borealis-freight").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").license(LicenseState::Unlicensed).insert().await;
    let cy = clinic.user("Cy Dahl").license(LicenseState::Unknown).insert().await;
    let desk = clinic.group("Front Desk", ada).insert().await;
    let stranger = neighbour.user("Di Evans").insert().await;
    let elsewhere = neighbour.group("Dispatch", stranger).insert().await;
    let capable = clinic.number("+12065550100").insert().await;
    let voice_only = clinic.number("+12065550101").without_sms().insert().await;
    let admin = clinic.admin().await;
    let capable = row(&portal, &clinic, &admin, capable).await;
    let voice_only = row(&portal, &clinic, &admin, voice_only).await;

    for to in [
        AssignTo::TeamsUser(bo),
        AssignTo::TeamsUser(stranger),
        AssignTo::TeamsUser(nobody()),
        AssignTo::SmsGroup(elsewhere),
        AssignTo::SmsGroup(nobody()),
    ] {
        let refused = assign(&portal, &clinic, &admin, &capable, Some(to)).await;
        assert_eq!(fields(refused), ["to"], "{to:?}");
    }
    for to in [AssignTo::TeamsUser(ada), AssignTo::SmsGroup(desk)] {
        let refused = assign(&portal, &clinic, &admin, &voice_only, Some(to)).await;
        assert_eq!(fields(refused), ["to"], "{to:?}");
    }
    assert_eq!(portal.number("SELECT COUNT(*) FROM number_assignment").await, 0);
    assign(&portal, &clinic, &admin, &capable, Some(AssignTo::TeamsUser(cy)))
        .await
        .expect("an unknown license is given the benefit of the doubt");
}

#[rstest]
#[tokio::test]
async fn an_older_version_is_refused_and_so_is_a_viewer(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let neighbour = portal.enterprise("borealis-freight").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let id = clinic.number("+12065550100").insert().await;
    let (admin, viewer, stranger) = (clinic.admin().await, clinic.viewer().await, neighbour.admin().await);
    let old = row(&portal, &clinic, &admin, id).await;
    let to = Some(AssignTo::TeamsUser(ada));
    assign(&portal, &clinic, &admin, &old, to).await.unwrap();

    assert_eq!(
        assign(&portal, &clinic, &admin, &old, None).await.unwrap_err(),
        Error::Outdated {
            resource: Resource::PhoneNumber,
            id: id.0,
            current_version: 2,
        }
    );
    let now = row(&portal, &clinic, &viewer, id).await;
    assert_eq!(
        assign(&portal, &clinic, &viewer, &now, None).await.unwrap_err(),
        Error::Forbidden {
            action: Action::Update,
            resource: Resource::NumberAssignment,
        }
    );
    let foreign = assign(&portal, &clinic, &stranger, &now, None).await.unwrap_err();
    assert_eq!(foreign.status(), 404);
    let through_own = assign(&portal, &neighbour, &stranger, &now, None).await.unwrap_err();
    assert_eq!(through_own.status(), 404);
}

#[rstest]
#[tokio::test]
async fn a_group_that_loses_or_gets_a_number_has_a_new_version(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let id = clinic.number("+12065550100").insert().await;
    let desk = clinic.group("Front Desk", ada).numbers([id]).insert().await;
    let lobby = clinic.group("Lobby", ada).insert().await;
    let admin = clinic.admin().await;

    let before = row(&portal, &clinic, &admin, id).await;
    assign(&portal, &clinic, &admin, &before, Some(AssignTo::SmsGroup(lobby)))
        .await
        .unwrap();

    for (group, name) in [(desk, "Front Desk"), (lobby, "Lobby")] {
        let save = sms_group::update(&admin, portal.backend(), clinic.slug(), group, 1, &input(name, ada)).await;
        assert!(
            matches!(save, Err(Error::Outdated { current_version: 2, .. })),
            "a dialog of {name} that was open all the time overwrites nothing: {save:?}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn groups_release_numbers_too(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let dropped = clinic.number("+12065550100").insert().await;
    let kept = clinic.number("+12065550101").insert().await;
    let desk = clinic.group("Front Desk", ada).numbers([dropped, kept]).insert().await;
    let admin = clinic.admin().await;

    let smaller = with_numbers(input("Reception", ada), &[kept]);
    sms_group::update(&admin, portal.backend(), clinic.slug(), desk, 1, &smaller)
        .await
        .unwrap();
    let free = row(&portal, &clinic, &admin, dropped).await;
    let released = free.released.unwrap();
    assert_eq!(
        (released.cause, released.from.as_str()),
        (ReleaseCause::GroupUpdated, "Front Desk")
    );
    assert_eq!(free.version, 2);
    assert_eq!(row(&portal, &clinic, &admin, kept).await.released, None);

    sms_group::delete(&admin, portal.backend(), clinic.slug(), desk, 2)
        .await
        .unwrap();
    let released = row(&portal, &clinic, &admin, kept).await.released.unwrap();
    assert_eq!(
        (released.cause, released.from.as_str()),
        (ReleaseCause::GroupDeleted, "Reception")
    );

    sms_group::restore(&admin, portal.backend(), clinic.slug(), desk)
        .await
        .unwrap();
    let back = row(&portal, &clinic, &admin, kept).await;
    assert_eq!((serves(&back), back.version), (Some("Reception"), 3));
}

#[rstest]
#[tokio::test]
async fn while_the_cooling_off_time_runs_a_number_is_given_away_only_after_asking(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    let id = clinic.number("+12065550100").of_user(ada).insert().await;
    let admin = clinic.admin().await;
    portal
        .execute("UPDATE enterprise SET number_cooling_off_days = 7")
        .await
        .unwrap();
    let to = Some(AssignTo::TeamsUser(bo));

    let of_ada = row(&portal, &clinic, &admin, id).await;
    let direct = assign(&portal, &clinic, &admin, &of_ada, to).await;
    assert_eq!(
        fields(direct),
        [COOLING_OFF],
        "from hand to hand there is no time at all"
    );

    let free = assign(&portal, &clinic, &admin, &of_ada, None).await.unwrap();
    let refused = assign(&portal, &clinic, &admin, &free, to).await;
    assert_eq!(fields(refused), [COOLING_OFF]);
    let in_a_group = with_numbers(input("Lobby", bo), &[id]);
    let created = sms_group::create(&admin, portal.backend(), clinic.slug(), &in_a_group).await;
    assert_eq!(fields(created), [COOLING_OFF], "a group is no way around it");

    let mut later = admin.clone();
    later.now += TimeDelta::days(8);
    let detail = number::get(&later, portal.backend(), clinic.slug(), id).await.unwrap();
    assert_eq!(detail.cooling_off_until, None);
    let detail = number::get(&admin, portal.backend(), clinic.slug(), id).await.unwrap();
    assert!(detail.cooling_off_until.is_some());

    let (backend, slug) = (portal.backend(), clinic.slug());
    let confirmed = number::assign(&admin, backend, slug, id, free.version, to, CoolingOff::Confirmed).await;
    assert_eq!(serves(&confirmed.unwrap()), Some("Bo Chen"));
}

#[rstest]
#[tokio::test]
async fn a_person_is_offered_the_free_numbers_that_can_do_sms(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let free = clinic.number("+12065550100").insert().await;
    clinic.number("+12065550101").of_user(ada).insert().await;
    clinic.number("+12065550102").without_sms().insert().await;
    let viewer = clinic.viewer().await;

    let (backend, slug) = (portal.backend(), clinic.slug());
    let offered = number::options_for_user(&viewer, backend, slug, ada, "(206) 555", 50).await;
    assert_eq!(
        offered.unwrap().iter().map(|number| number.id).collect::<Vec<_>>(),
        [free]
    );
    let missing = number::options_for_user(&viewer, backend, slug, nobody(), "", 50).await;
    assert_eq!(
        missing.unwrap_err(),
        Error::NotFound {
            resource: Resource::TeamsUser
        }
    );
}

#[rstest]
#[tokio::test]
async fn pickers_mark_free_numbers_while_their_cooling_off_time_runs(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let released = clinic.number("+12065550100").of_user(ada).insert().await;
    let fresh = clinic.number("+12065550101").insert().await;
    let own = clinic.number("+12065550102").of_user(ada).insert().await;
    let desk = clinic.group("Front Desk", ada).insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let of_ada = row(&portal, &clinic, &admin, released).await;
    assign(&portal, &clinic, &admin, &of_ada, None).await.unwrap();
    // Released, and given to the group since.
    let of_ada = row(&portal, &clinic, &admin, own).await;
    let to_desk = Some(AssignTo::SmsGroup(desk));
    assign(&portal, &clinic, &admin, &of_ada, to_desk).await.unwrap();

    let offered = async |now: &OpContext| {
        let options = number::options_for_group(now, backend, slug, Some(desk), "", 50).await;
        let mark = |option: &NumberOption| (option.id, option.cooling_off_until);
        options.unwrap().iter().map(mark).collect::<Vec<_>>()
    };
    let none = [(released, None), (fresh, None), (own, None)];
    assert_eq!(offered(&admin).await, none, "the enterprise has no such time");

    portal
        .execute("UPDATE enterprise SET number_cooling_off_days = 7")
        .await
        .unwrap();
    let marked = offered(&admin).await;
    let until = marked[0].1.expect("a mark");
    let off = until - (admin.now + TimeDelta::days(7));
    assert!(off.abs() < TimeDelta::seconds(1), "{off}");
    assert_eq!(
        marked[1..],
        none[1..],
        "one was never released, the other is in the group"
    );
    let options = number::options_for_user(&admin, backend, slug, ada, "", 50)
        .await
        .unwrap();
    assert_eq!(options[0].cooling_off_until, Some(until));

    let mut later = admin.clone();
    later.now += TimeDelta::days(8);
    assert_eq!(offered(&later).await, none);
}
