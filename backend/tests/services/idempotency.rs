//! Requests that are sent again.

use std::{sync::Arc, time::Duration};

use backend::{
    Backend,
    context::{Actor, OpContext},
    services::{
        api_token,
        idempotency::{self, Answer, Begun, KEPT_FOR, give_up, keep},
    },
    testing::{Engine, TestPortal, anonymous},
};
use chrono::TimeDelta;
use domain::{access::Role, api_token::ApiTokenInput, enterprise::EnterpriseSlug, error::Error};
use rstest::rstest;

const ONE: [u8; 32] = [1; 32];
const OTHER: [u8; 32] = [2; 32];

/// A request that may take as long as most may.
async fn begin(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: Option<&EnterpriseSlug>,
    key: &str,
    request_hash: &[u8],
) -> Result<Begun, Error> {
    let longest = Duration::from_secs(30);
    idempotency::begin(ctx, backend, enterprise, key, request_hash, longest).await
}

async fn script(portal: &TestPortal, admin: &OpContext) -> OpContext {
    script_of(portal, admin, Role::EnterpriseAdmin).await
}

async fn script_of(portal: &TestPortal, owner: &OpContext, role: Role) -> OpContext {
    let input = ApiTokenInput {
        name: "Script".to_owned(),
        enterprise: None,
        role: Some(role),
        days: 1,
    };
    let token = api_token::create(owner, portal.backend(), &input).await.unwrap();
    let signed_in = api_token::authenticate(&anonymous(), portal.backend(), &token.secret)
        .await
        .unwrap();
    OpContext {
        actor: Actor::Account(Arc::new(signed_in)),
        ..anonymous()
    }
}

fn answer() -> Answer {
    Answer {
        status: 201,
        headers: "[]".to_owned(),
        body: b"{}".to_vec(),
    }
}

#[rstest]
#[tokio::test]
async fn whoever_asks_again_gets_the_same_answer(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (admin, slug) = (clinic.admin().await, clinic.slug());
    let (ctx, other) = (script(&portal, &admin).await, script(&portal, &admin).await);
    let backend = portal.backend();
    assert_eq!(begin(&ctx, backend, Some(slug), "a", &ONE).await, Ok(Begun::New));
    assert_eq!(begin(&ctx, backend, Some(slug), "a", &ONE).await, Ok(Begun::InFlight));
    assert_eq!(begin(&ctx, backend, Some(slug), "a", &OTHER).await, Ok(Begun::Taken));
    keep(&ctx, backend, "a", answer()).await.unwrap();
    assert_eq!(
        begin(&ctx, backend, Some(slug), "a", &ONE).await,
        Ok(Begun::Replay(answer()))
    );
    assert_eq!(begin(&ctx, backend, Some(slug), "a", &OTHER).await, Ok(Begun::Taken));
    assert_eq!(begin(&ctx, backend, Some(slug), "A", &ONE).await, Ok(Begun::New));
    assert_eq!(begin(&other, backend, Some(slug), "a", &OTHER).await, Ok(Begun::New));
}

#[rstest]
#[tokio::test]
async fn what_came_to_nothing_can_be_sent_again(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (admin, slug) = (clinic.admin().await, clinic.slug());
    let ctx = script(&portal, &admin).await;
    let backend = portal.backend();
    assert_eq!(begin(&ctx, backend, Some(slug), "a", &ONE).await, Ok(Begun::New));
    give_up(&ctx, backend, "a").await.unwrap();
    assert_eq!(begin(&ctx, backend, Some(slug), "a", &ONE).await, Ok(Begun::New));
    let later = OpContext {
        now: ctx.now + TimeDelta::minutes(3),
        ..ctx.clone()
    };
    assert_eq!(
        begin(&later, backend, Some(slug), "a", &ONE).await,
        Ok(Begun::New),
        "the server was stopped"
    );
}

/// An import is checked, and a carrier lists its numbers, for longer than anything else.
#[rstest]
#[tokio::test]
async fn what_may_take_longer_counts_as_lost_later(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (admin, slug) = (clinic.admin().await, clinic.slug());
    let ctx = script(&portal, &admin).await;
    let at = async |after: TimeDelta| {
        let ctx = OpContext {
            now: ctx.now + after,
            ..ctx.clone()
        };
        let longest = Duration::from_secs(600);
        idempotency::begin(&ctx, portal.backend(), Some(slug), "a", &ONE, longest).await
    };
    assert_eq!(at(TimeDelta::zero()).await, Ok(Begun::New));
    assert_eq!(at(TimeDelta::minutes(10)).await, Ok(Begun::InFlight));
    assert_eq!(at(TimeDelta::minutes(12)).await, Ok(Begun::New));
}

#[rstest]
#[tokio::test]
async fn a_key_is_forgotten_after_a_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (admin, slug) = (clinic.admin().await, clinic.slug());
    let ctx = script(&portal, &admin).await;
    let backend = portal.backend();
    begin(&ctx, backend, Some(slug), "a", &ONE).await.unwrap();
    keep(&ctx, backend, "a", answer()).await.unwrap();
    let at = |after: TimeDelta| OpContext {
        now: ctx.now + after,
        ..ctx.clone()
    };
    let before = begin(&at(KEPT_FOR - TimeDelta::seconds(1)), backend, Some(slug), "a", &ONE).await;
    assert_eq!(before, Ok(Begun::Replay(answer())));
    assert_eq!(
        begin(&at(KEPT_FOR), backend, Some(slug), "a", &OTHER).await,
        Ok(Begun::New)
    );
}

#[rstest]
#[tokio::test]
async fn only_a_token_has_keys(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (admin, slug) = (clinic.admin().await, clinic.slug());
    assert_eq!(
        begin(&admin, portal.backend(), Some(slug), "a", &ONE).await,
        Err(Error::SignedOut)
    );
}

/// What is about the provider as a whole names no enterprise.
#[rstest]
#[tokio::test]
async fn an_answer_about_a_provider_is_given_again_to_whoever_runs_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let backend = portal.backend();
    let provider = portal.provider_admin().await;
    let ctx = script_of(&portal, &provider, Role::ProviderAdmin).await;
    assert_eq!(begin(&ctx, backend, None, "a", &ONE).await, Ok(Begun::New));
    keep(&ctx, backend, "a", answer()).await.unwrap();
    assert_eq!(begin(&ctx, backend, None, "a", &ONE).await, Ok(Begun::Replay(answer())));

    let of_clinic = script(&portal, &clinic.admin().await).await;
    assert_eq!(begin(&of_clinic, backend, None, "a", &ONE).await, Ok(Begun::New));
    keep(&of_clinic, backend, "a", answer()).await.unwrap();
    let again = begin(&of_clinic, backend, None, "a", &ONE).await;
    assert!(matches!(again, Err(Error::NotFound { .. })), "{again:?}");
}

/// An answer is there as a whole or not at all.
#[rstest]
#[case("UPDATE idempotency_key SET status = 200")]
#[case("UPDATE idempotency_key SET status = 99, headers = '[]', body = request_hash")]
#[tokio::test]
async fn the_database_refuses_half_an_answer(
    #[case] statement: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (admin, slug) = (clinic.admin().await, clinic.slug());
    let ctx = script(&portal, &admin).await;
    begin(&ctx, portal.backend(), Some(slug), "a", &ONE).await.unwrap();
    let error = portal.execute(statement).await.expect_err(statement);
    assert!(error.contains("constraint"), "{error}");
}
