//! Many people at the same moment: one wins, the others are told why, nothing is left half done.

use std::sync::Arc;

use backend::{
    Backend,
    context::OpContext,
    services::sms_group,
    testing::{Engine, TestPortal},
};
use domain::{
    access::Resource,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{PhoneNumberId, SmsGroupId},
    sms_group::{SmsGroup, SmsGroupInput},
};
use rstest::rstest;
use tokio::sync::Barrier;

use crate::support::{input, with_members, with_numbers};

const PEOPLE: usize = 12;

/// What one person does.
#[derive(Clone)]
enum Deed {
    Create(SmsGroupInput),
    Update(SmsGroupId, i64, SmsGroupInput),
    Delete(SmsGroupId, i64),
}

impl Deed {
    async fn run(self, ctx: &OpContext, backend: &Backend, slug: &EnterpriseSlug) -> Result<Option<SmsGroup>, Error> {
        match self {
            Self::Create(input) => sms_group::create(ctx, backend, slug, &input).await.map(Some),
            Self::Update(id, version, input) => sms_group::update(ctx, backend, slug, id, version, &input)
                .await
                .map(Some),
            Self::Delete(id, version) => sms_group::delete(ctx, backend, slug, id, version).await.map(|()| None),
        }
    }
}

/// Does everything at the same moment, each in a task of its own.
async fn at_once(
    portal: &TestPortal,
    slug: &EnterpriseSlug,
    ctx: &OpContext,
    deeds: Vec<Deed>,
) -> Vec<Result<Option<SmsGroup>, Error>> {
    let start = Arc::new(Barrier::new(deeds.len()));
    let tasks: Vec<_> = deeds
        .into_iter()
        .map(|deed| {
            let (start, backend, ctx, slug) = (start.clone(), portal.backend().clone(), ctx.clone(), slug.clone());
            tokio::spawn(async move {
                start.wait().await;
                deed.run(&ctx, &backend, &slug).await
            })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

/// Asserts that exactly one succeeded and that `expected` holds of every other answer.
fn one_wins(results: &[Result<Option<SmsGroup>, Error>], expected: impl Fn(&Error) -> bool) {
    let won = results.iter().filter(|result| result.is_ok()).count();
    assert_eq!(won, 1, "{results:?}");
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        assert!(expected(error), "{error:?}");
    }
}

fn is_about(error: &Error, field: &str) -> bool {
    matches!(error, Error::Conflict(_) | Error::Invalid { .. })
        && error.field_errors().iter().all(|error| error.field == field)
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_number_given_to_many_new_groups_goes_to_one(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let number = clinic.number("+12065550100").insert().await;
    let admin = clinic.admin().await;
    let deeds = (0..PEOPLE)
        .map(|n| Deed::Create(with_numbers(input(&format!("Group {n}"), ada), &[number])))
        .collect();

    let results = at_once(&portal, clinic.slug(), &admin, deeds).await;

    one_wins(&results, |error| is_about(error, "number_ids"));
    assert_eq!(portal.number("SELECT COUNT(*) FROM number_assignment").await, 1);
    assert_eq!(portal.number("SELECT COUNT(*) FROM sms_group").await, 1);
    assert_eq!(portal.number("SELECT COUNT(*) FROM sms_group_member").await, 1);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_number_given_to_many_old_groups_goes_to_one(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let number = clinic.number("+12065550100").insert().await;
    let admin = clinic.admin().await;
    let mut deeds = Vec::new();
    for n in 0..PEOPLE {
        let name = format!("Group {n}");
        let id = clinic.group(&name, ada).insert().await;
        deeds.push(Deed::Update(id, 1, with_numbers(input(&name, ada), &[number])));
    }

    let results = at_once(&portal, clinic.slug(), &admin, deeds).await;

    one_wins(&results, |error| is_about(error, "number_ids"));
    assert_eq!(
        portal.number("SELECT COUNT(*) FROM sms_group WHERE version = 2").await,
        1
    );
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 1);
}

/// Each wants all numbers, in an order of their own: nobody waits for somebody who waits for them.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_numbers_wanted_in_different_orders_go_to_one(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let mut numbers: Vec<PhoneNumberId> = Vec::new();
    for n in 0..PEOPLE {
        numbers.push(clinic.number(&format!("+120655501{n:02}")).insert().await);
    }
    let admin = clinic.admin().await;
    let deeds = (0..PEOPLE)
        .map(|n| {
            numbers.rotate_left(5);
            Deed::Create(with_numbers(input(&format!("Group {n}"), ada), &numbers))
        })
        .collect();

    let results = at_once(&portal, clinic.slug(), &admin, deeds).await;

    one_wins(&results, |error| is_about(error, "number_ids"));
    let assigned = portal.number("SELECT COUNT(*) FROM number_assignment").await;
    assert_eq!(usize::try_from(assigned).unwrap(), numbers.len());
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_name_wanted_by_many_goes_to_one(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let id = clinic.group("Reception", ada).insert().await;
    let admin = clinic.admin().await;
    let mut deeds = vec![Deed::Update(id, 1, input("FRONT DESK", ada))];
    deeds.extend((1..PEOPLE).map(|_| Deed::Create(input("Front Desk", ada))));

    let results = at_once(&portal, clinic.slug(), &admin, deeds).await;

    one_wins(
        &results,
        |error| matches!(error, Error::Conflict(field) if field.field == "name"),
    );
    assert_eq!(
        portal
            .number("SELECT COUNT(*) FROM sms_group WHERE name_key = 'front desk'")
            .await,
        1
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_saves_of_one_version_one_is_kept(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    let number = clinic.number("+12065550100").insert().await;
    let id = clinic.group("Front Desk", ada).members([ada, bo]).insert().await;
    let admin = clinic.admin().await;
    let deeds = (0..PEOPLE)
        .map(|n| {
            let member = if n % 2 == 0 { ada } else { bo };
            let wanted = with_members(input(&format!("Desk {n}"), ada), &[member]);
            Deed::Update(id, 1, with_numbers(wanted, &[number]))
        })
        .collect();

    let results = at_once(&portal, clinic.slug(), &admin, deeds).await;

    let outdated = Error::Outdated {
        resource: Resource::SmsGroup,
        id: id.0,
        current_version: 2,
    };
    one_wins(&results, |error| *error == outdated);
    let saved = results.into_iter().find_map(Result::ok).flatten().unwrap();
    let stored = sms_group::get(&admin, portal.backend(), clinic.slug(), id)
        .await
        .unwrap();
    assert_eq!(stored, saved);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_group_is_saved_or_deleted_but_not_both(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let number = clinic.number("+12065550100").insert().await;
    let admin = clinic.admin().await;
    for round in 0..5 {
        let name = format!("Front Desk {round}");
        let id = clinic.group(&name, ada).insert().await;
        let save = Deed::Update(id, 1, with_numbers(input(&name, ada), &[number]));
        let deeds = vec![save.clone(), Deed::Delete(id, 1), save, Deed::Delete(id, 1)];

        let results = at_once(&portal, clinic.slug(), &admin, deeds).await;

        one_wins(&results, |error| {
            matches!(error, Error::Outdated { .. } | Error::NotFound { .. })
        });
        if let Ok(stored) = sms_group::get(&admin, portal.backend(), clinic.slug(), id).await {
            assert_eq!((stored.version, stored.numbers.len()), (2, 1));
            sms_group::delete(&admin, portal.backend(), clinic.slug(), id, 2)
                .await
                .unwrap();
        }
        assert_eq!(portal.number("SELECT COUNT(*) FROM number_assignment").await, 0);
    }
}

/// Groups that have nothing to do with each other do not stand in each other's way.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_changes_of_different_groups_all_succeed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    let deeds = (0..60)
        .map(|n| Deed::Create(input(&format!("Group {n}"), ada)))
        .collect();

    let results = at_once(&portal, clinic.slug(), &admin, deeds).await;

    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 60);
}
