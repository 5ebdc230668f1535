//! One number, many who want it at the same moment: one gets it, the others are told, and nobody waits for ever.

use std::sync::Arc;

use backend::{
    Backend,
    context::OpContext,
    services::{number, sms_group},
    testing::{Engine, TestEnterprise, TestPortal},
};
use domain::{
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{PhoneNumberId, SmsGroupId},
    number::{AssignTo, CoolingOff, Selection},
    sms_group::SmsGroupInput,
};
use rstest::rstest;
use tokio::sync::Barrier;

use crate::support::{input, with_numbers};

/// What one person does.
#[derive(Clone)]
enum Deed {
    Assign(PhoneNumberId, Option<AssignTo>),
    CreateGroup(SmsGroupInput),
    UpdateGroup(SmsGroupId, SmsGroupInput),
    DeleteGroup(SmsGroupId),
    DeleteNumber(PhoneNumberId),
}

impl Deed {
    async fn run(self, ctx: &OpContext, backend: &Backend, slug: &EnterpriseSlug) -> Result<(), Error> {
        match self {
            Self::Assign(id, to) => number::assign(ctx, backend, slug, id, 1, to, CoolingOff::Heeded)
                .await
                .map(drop),
            Self::CreateGroup(input) => sms_group::create(ctx, backend, slug, &input).await.map(drop),
            Self::UpdateGroup(id, input) => sms_group::update(ctx, backend, slug, id, 1, &input).await.map(drop),
            Self::DeleteGroup(id) => sms_group::delete(ctx, backend, slug, id, 1).await,
            Self::DeleteNumber(id) => number::delete_many(ctx, backend, slug, &Selection::Ids(vec![id]))
                .await
                .map(drop),
        }
    }
}

/// Does everything at the same moment, each in a task of its own.
async fn at_once(portal: &TestPortal, clinic: &TestEnterprise, deeds: Vec<Deed>) -> Vec<Result<(), Error>> {
    let admin = clinic.admin().await;
    let start = Arc::new(Barrier::new(deeds.len()));
    let tasks: Vec<_> = deeds
        .into_iter()
        .map(|deed| {
            let (start, backend) = (start.clone(), portal.backend().clone());
            let (ctx, slug) = (admin.clone(), clinic.slug().clone());
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

/// Whether a loser was told a reason, rather than that something went wrong.
fn is_told(error: &Error) -> bool {
    matches!(
        error,
        Error::Outdated { .. } | Error::Conflict(_) | Error::Invalid { .. } | Error::NotFound { .. }
    )
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_number_given_to_a_person_and_to_a_group_at_once_serves_one_of_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    for round in 0..5 {
        let id = clinic.number(&format!("+1206555010{round}")).insert().await;
        let group = clinic.group(&format!("Group {round}"), ada).insert().await;
        let new = with_numbers(input(&format!("New {round}"), ada), &[id]);
        let changed = with_numbers(input(&format!("Group {round}"), ada), &[id]);
        let deeds = vec![
            Deed::Assign(id, Some(AssignTo::TeamsUser(ada))),
            Deed::Assign(id, Some(AssignTo::SmsGroup(group))),
            Deed::CreateGroup(new),
            Deed::UpdateGroup(group, changed),
            Deed::Assign(id, Some(AssignTo::TeamsUser(ada))),
        ];

        let results = at_once(&portal, &clinic, deeds).await;

        assert!(results.iter().any(Result::is_ok), "{results:?}");
        assert!(
            results.iter().filter_map(|result| result.as_ref().err()).all(is_told),
            "{results:?}"
        );
        let held = portal.number("SELECT COUNT(*) FROM number_assignment").await;
        assert_eq!(held, i64::from(round) + 1, "the number serves exactly one");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_number_is_assigned_or_deleted_but_not_both(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    for round in 0..5 {
        let id = clinic.number(&format!("+1206555010{round}")).insert().await;
        let to = Some(AssignTo::TeamsUser(ada));
        let deeds = vec![Deed::Assign(id, to), Deed::DeleteNumber(id), Deed::Assign(id, to)];

        let results = at_once(&portal, &clinic, deeds).await;

        assert!(
            results.iter().filter_map(|result| result.as_ref().err()).all(is_told),
            "{results:?}"
        );
        let there = portal.number("SELECT COUNT(*) FROM phone_number").await;
        let held = portal.number("SELECT COUNT(*) FROM number_assignment").await;
        assert_eq!(there, held, "whatever is left serves somebody");
    }
}

/// Numbers that change hands between two groups while both are changed and deleted: nobody waits for somebody who waits
/// for them.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn numbers_that_cross_do_not_stand_in_each_others_way(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    for round in 0..5 {
        let one = clinic.number(&format!("+1206555010{round}")).insert().await;
        let two = clinic.number(&format!("+1206555011{round}")).insert().await;
        let (first, second) = (format!("First {round}"), format!("Second {round}"));
        let left = clinic.group(&first, ada).numbers([one]).insert().await;
        let right = clinic.group(&second, ada).numbers([two]).insert().await;
        let deeds = vec![
            Deed::Assign(one, Some(AssignTo::SmsGroup(right))),
            Deed::Assign(two, Some(AssignTo::SmsGroup(left))),
            Deed::UpdateGroup(left, input(&first, ada)),
            Deed::UpdateGroup(right, input(&second, ada)),
            Deed::DeleteGroup(left),
        ];

        let results = at_once(&portal, &clinic, deeds).await;

        let failed = results.iter().filter_map(|result| result.as_ref().err());
        assert!(failed.clone().all(is_told), "{results:?}");
    }
}
