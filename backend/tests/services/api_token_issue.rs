//! API tokens that whoever runs the server makes for an account.

use backend::{
    context::OpContext,
    services::api_token,
    testing::{Engine, TestPortal, anonymous},
};
use domain::{access::Role, api_token::ApiTokenInput, enterprise::EnterpriseSlug, error::Error};
use rstest::rstest;

use crate::support::fields;

fn described(enterprise: Option<&EnterpriseSlug>, role: Role) -> ApiTokenInput {
    ApiTokenInput {
        name: "Connector".to_owned(),
        enterprise: enterprise.cloned(),
        role: Some(role),
        days: 30,
    }
}

fn email(ctx: &OpContext) -> String {
    ctx.account().unwrap().email.to_string()
}

#[rstest]
#[tokio::test]
async fn a_token_is_made_for_an_account(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    let (system, backend) = (portal.system(), portal.backend());
    let input = described(Some(clinic.slug()), Role::EnterpriseViewer);
    let made = api_token::issue(&system, backend, &email(&admin).to_uppercase(), &input)
        .await
        .unwrap();
    assert_eq!(
        api_token::list(&admin, backend).await.unwrap(),
        std::slice::from_ref(&made.row)
    );
    let asks = api_token::authenticate(&anonymous(), backend, &made.secret)
        .await
        .unwrap();
    assert_eq!(Some(asks.account.id), admin.account().ok().map(|account| account.id));
    let told = "SELECT COUNT(*) FROM audit_event WHERE resource = 'api_token' AND subject = 'Connector' \
                AND enterprise_id IS NOT NULL AND account_id IS NULL";
    assert_eq!(portal.number(told).await, 1);
}

#[rstest]
#[tokio::test]
async fn nobody_gets_a_token_that_they_could_not_make(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let neighbour = portal.enterprise("borealis-freight").await;
    let (admin, viewer) = (clinic.admin().await, clinic.viewer().await);
    let (system, backend) = (portal.system(), portal.backend());
    let more = described(None, Role::ProviderAdmin);
    let elsewhere = described(Some(neighbour.slug()), Role::EnterpriseViewer);
    let little = described(None, Role::EnterpriseViewer);
    assert_eq!(
        fields(api_token::issue(&system, backend, &email(&admin), &more).await),
        ["role"]
    );
    let out_of_reach = api_token::issue(&system, backend, &email(&admin), &elsewhere).await;
    assert!(matches!(out_of_reach, Err(Error::NotFound { .. })), "{out_of_reach:?}");
    let of_viewer = api_token::issue(&system, backend, &email(&viewer), &little).await;
    assert!(matches!(of_viewer, Err(Error::Forbidden { .. })), "{of_viewer:?}");
    for nobody in ["nobody@company.example", "nobody"] {
        let refused = api_token::issue(&system, backend, nobody, &little).await;
        assert_eq!(fields(refused), ["email"], "{nobody}");
    }
    portal.execute("UPDATE account SET disabled = true").await.unwrap();
    let disabled = api_token::issue(&system, backend, &email(&admin), &little).await;
    assert_eq!(fields(disabled), ["email"]);
    assert_eq!(portal.number("SELECT COUNT(*) FROM api_token").await, 0);
}

#[rstest]
#[tokio::test]
async fn only_the_system_makes_tokens_for_others(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    for ctx in [&anonymous(), &admin, &portal.provider_admin().await] {
        let input = described(None, Role::EnterpriseViewer);
        let refused = api_token::issue(ctx, portal.backend(), &email(&admin), &input).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    }
}
