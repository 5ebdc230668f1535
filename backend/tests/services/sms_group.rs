//! Adding, reading, changing and deleting groups.

use backend::{
    services::{number, sms_group},
    testing::{Engine, TestPortal},
};
use domain::{access::Resource, error::Error, ids::SmsGroupId, number::Assignee, sms_group::SmsGroupInput};
use rstest::rstest;

use crate::support::{input, nobody, with_members, with_numbers};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::SmsGroup,
};

#[rstest]
#[tokio::test]
async fn a_new_group_holds_what_was_given(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    let first = clinic.number("+12065550100").insert().await;
    let second = clinic.number("+12065550101").insert().await;
    let admin = clinic.admin().await;

    let wanted = with_numbers(with_members(input("  Front Desk ", ada), &[bo]), &[second, first]);
    let group = sms_group::create(&admin, portal.backend(), clinic.slug(), &wanted)
        .await
        .unwrap();

    assert_eq!((group.name.as_str(), group.version), ("Front Desk", 1));
    assert_eq!(group.owner.id, ada);
    assert_eq!(group.members.iter().map(|member| member.id).collect::<Vec<_>>(), [bo]);
    assert_eq!(
        group.numbers.iter().map(|number| number.id).collect::<Vec<_>>(),
        [first, second]
    );
    let read = sms_group::get(&admin, portal.backend(), clinic.slug(), group.id)
        .await
        .unwrap();
    assert_eq!(read, group);
}

#[rstest]
#[tokio::test]
async fn an_update_replaces_name_owner_members_and_numbers_and_counts_up(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    let cy = clinic.user("Cy Dahl").insert().await;
    let old = clinic.number("+12065550100").insert().await;
    let kept = clinic.number("+12065550101").insert().await;
    let new = clinic.number("+12065550102").insert().await;
    let id = clinic
        .group("Front Desk", ada)
        .members([ada, bo])
        .numbers([old, kept])
        .insert()
        .await;
    let admin = clinic.admin().await;

    let wanted = with_numbers(with_members(input("Reception", cy), &[bo, cy]), &[kept, new]);
    let group = sms_group::update(&admin, portal.backend(), clinic.slug(), id, 1, &wanted)
        .await
        .unwrap();

    assert_eq!(
        (group.name.as_str(), group.version, group.owner.id),
        ("Reception", 2, cy)
    );
    assert_eq!(
        group.members.iter().map(|member| member.id).collect::<Vec<_>>(),
        [bo, cy]
    );
    assert_eq!(
        group.numbers.iter().map(|number| number.id).collect::<Vec<_>>(),
        [kept, new]
    );
    let free = number::options_for_group(&admin, portal.backend(), clinic.slug(), None, "", 50)
        .await
        .unwrap();
    assert_eq!(free.iter().map(|number| number.id).collect::<Vec<_>>(), [old]);

    let again = sms_group::update(&admin, portal.backend(), clinic.slug(), id, 2, &wanted)
        .await
        .unwrap();
    assert_eq!(again.version, 3);
}

#[rstest]
#[tokio::test]
async fn a_save_of_an_older_version_is_refused_with_the_present_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let id = clinic.group("Front Desk", ada).insert().await;
    let admin = clinic.admin().await;
    for version in 1..=2 {
        sms_group::update(
            &admin,
            portal.backend(),
            clinic.slug(),
            id,
            version,
            &input("Front Desk", ada),
        )
        .await
        .unwrap();
    }
    let outdated = Error::Outdated {
        resource: Resource::SmsGroup,
        id: id.0,
        current_version: 3,
    };

    let save = |version| {
        let input = input("Lost", ada);
        let (portal, clinic, admin) = (&portal, &clinic, &admin);
        async move { sms_group::update(admin, portal.backend(), clinic.slug(), id, version, &input).await }
    };
    for version in [2, 4, 0, -1, i64::MAX, i64::MIN] {
        assert_eq!(save(version).await.unwrap_err(), outdated, "version {version}");
    }
    let delete = sms_group::delete(&admin, portal.backend(), clinic.slug(), id, 2).await;
    assert_eq!(delete.unwrap_err(), outdated);
    let group = sms_group::get(&admin, portal.backend(), clinic.slug(), id)
        .await
        .unwrap();
    assert_eq!((group.name.as_str(), group.version), ("Front Desk", 3));
}

#[rstest]
#[tokio::test]
async fn a_refused_save_leaves_everything_as_it_was(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    let own = clinic.number("+12065550100").insert().await;
    let taken = clinic.number("+12065550101").of_user(bo).insert().await;
    let id = clinic.group("Front Desk", ada).numbers([own]).insert().await;
    let admin = clinic.admin().await;
    let before = sms_group::get(&admin, portal.backend(), clinic.slug(), id)
        .await
        .unwrap();

    let wanted = with_numbers(with_members(input("Reception", bo), &[bo]), &[taken]);
    sms_group::update(&admin, portal.backend(), clinic.slug(), id, 1, &wanted)
        .await
        .unwrap_err();

    let after = sms_group::get(&admin, portal.backend(), clinic.slug(), id)
        .await
        .unwrap();
    assert_eq!(after, before);
}

#[rstest]
#[tokio::test]
async fn the_numbers_of_a_deleted_group_are_free_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let number_id = clinic.number("+12065550100").insert().await;
    let id = clinic.group("Front Desk", ada).numbers([number_id]).insert().await;
    let admin = clinic.admin().await;

    sms_group::delete(&admin, portal.backend(), clinic.slug(), id, 1)
        .await
        .unwrap();

    let gone = sms_group::get(&admin, portal.backend(), clinic.slug(), id).await;
    assert_eq!(gone.unwrap_err(), NOT_FOUND);
    let wanted = with_numbers(input("Front Desk", ada), &[number_id]);
    let again = sms_group::create(&admin, portal.backend(), clinic.slug(), &wanted)
        .await
        .unwrap();
    assert_eq!(again.numbers.len(), 1);
    assert_ne!(again.id, id);
    assert_eq!(portal.number("SELECT COUNT(*) FROM sms_group_member").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_group_that_is_gone_can_be_neither_read_nor_changed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    let gone: SmsGroupId = nobody();
    let (backend, slug) = (portal.backend(), clinic.slug());

    assert_eq!(
        sms_group::get(&admin, backend, slug, gone).await.unwrap_err(),
        NOT_FOUND
    );
    let update = sms_group::update(&admin, backend, slug, gone, 1, &input("Front Desk", ada)).await;
    assert_eq!(update.unwrap_err(), NOT_FOUND);
    assert_eq!(
        sms_group::delete(&admin, backend, slug, gone, 1).await.unwrap_err(),
        NOT_FOUND
    );
}

/// What the dialog needs to state the consequences of deleting by name.
#[rstest]
#[tokio::test]
async fn a_group_tells_whose_messages_end_with_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").disabled().insert().await;
    let number_id = clinic.number("+12065550100").insert().await;
    let id = clinic
        .group("Front Desk", ada)
        .members([bo, ada])
        .numbers([number_id])
        .insert()
        .await;
    let viewer = clinic.viewer().await;

    let group = sms_group::get(&viewer, portal.backend(), clinic.slug(), id)
        .await
        .unwrap();

    let names: Vec<&str> = group
        .members
        .iter()
        .map(|member| member.display_name.as_str())
        .collect();
    assert_eq!(names, ["Ada Brandt", "Bo Chen"]);
    assert!(group.members[1].unreachable().is_some());
    assert_eq!(group.numbers[0].e164.to_string(), "+12065550100");
    let name = "Front Desk".to_owned();
    assert_eq!(group.numbers[0].assignee, Some(Assignee::SmsGroup { id, name }));
}

#[rstest]
#[tokio::test]
async fn a_group_of_the_largest_size_can_be_saved(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (mut members, mut numbers) = (Vec::new(), Vec::new());
    for n in 0..domain::sms_group::MAX_MEMBERS {
        members.push(clinic.user(&format!("Person {n:04}")).insert().await);
    }
    for n in 0..domain::sms_group::MAX_NUMBERS {
        numbers.push(clinic.number(&format!("+1206555{n:04}")).insert().await);
    }
    let admin = clinic.admin().await;
    let wanted = SmsGroupInput {
        name: "Everybody".to_owned(),
        owner_id: members.first().copied(),
        member_ids: members,
        number_ids: numbers,
        ..SmsGroupInput::default()
    };

    let group = sms_group::create(&admin, portal.backend(), clinic.slug(), &wanted)
        .await
        .unwrap();

    assert!(group.input().same_as(&wanted));
    let smaller = input("Everybody", group.owner.id);
    let group = sms_group::update(&admin, portal.backend(), clinic.slug(), group.id, 1, &smaller)
        .await
        .unwrap();
    assert_eq!((group.members.len(), group.numbers.len()), (1, 0));
}
