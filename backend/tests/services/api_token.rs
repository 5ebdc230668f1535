//! API tokens: what a token may do, and when it may nothing any more.

use backend::{
    context::{Actor, OpContext},
    services::{api_token, audit, enterprise, session, sms_group},
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use chrono::TimeDelta;
use domain::{
    access::{Action, Resource, Role},
    api_token::{ApiTokenInput, NewApiToken},
    enterprise::EnterpriseSlug,
    error::Error,
    table::TableQuery,
};
use rstest::rstest;
use std::{sync::Arc, time::Duration};

use crate::support::{fields, input, nobody};

fn described(enterprise: Option<&EnterpriseSlug>, role: Role) -> ApiTokenInput {
    ApiTokenInput {
        name: "Nightly report".to_owned(),
        enterprise: enterprise.cloned(),
        role: Some(role),
        days: 30,
    }
}

async fn made(portal: &TestPortal, ctx: &OpContext, input: &ApiTokenInput) -> NewApiToken {
    api_token::create(ctx, portal.backend(), input).await.unwrap()
}

/// Somebody asks with the token; nobody when it is of no use.
async fn through(portal: &TestPortal, secret: &str) -> Result<OpContext, Error> {
    let signed_in = api_token::authenticate(&anonymous(), portal.backend(), secret).await?;
    Ok(OpContext {
        actor: Actor::Account(Arc::new(signed_in)),
        ..anonymous()
    })
}

async fn reads(portal: &TestPortal, ctx: &OpContext, clinic: &TestEnterprise) -> Result<(), Error> {
    sms_group::list(ctx, portal.backend(), clinic.slug(), &TableQuery::default())
        .await
        .map(drop)
}

async fn creates(portal: &TestPortal, ctx: &OpContext, clinic: &TestEnterprise, name: &str) -> Result<(), Error> {
    let ada = clinic
        .user(&format!("Ada {}", uuid::Uuid::now_v7().simple()))
        .insert()
        .await;
    sms_group::create(ctx, portal.backend(), clinic.slug(), &input(name, ada))
        .await
        .map(drop)
}

const NO_ENTERPRISE: Error = Error::NotFound {
    resource: Resource::Enterprise,
};
const NOT_THIS: Error = Error::Forbidden {
    action: Action::Create,
    resource: Resource::SmsGroup,
};

#[rstest]
#[tokio::test]
async fn a_token_does_what_its_account_may(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    let token = made(&portal, &admin, &described(None, Role::EnterpriseAdmin)).await;
    let script = through(&portal, &token.secret).await.unwrap();
    assert_eq!(creates(&portal, &script, &clinic, "Front Desk").await, Ok(()));
    let log = audit::list(&admin, portal.backend(), clinic.slug(), &TableQuery::default())
        .await
        .unwrap();
    assert!(
        log.rows[0].actor.ends_with("(token Nightly report)"),
        "{}",
        log.rows[0].actor
    );
}

#[rstest]
#[tokio::test]
async fn a_read_only_token_changes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    for ctx in [clinic.admin().await, portal.provider_admin().await] {
        let token = made(&portal, &ctx, &described(None, Role::EnterpriseViewer)).await;
        let script = through(&portal, &token.secret).await.unwrap();
        assert_eq!(reads(&portal, &script, &clinic).await, Ok(()));
        assert_eq!(creates(&portal, &script, &clinic, "Lobby").await, Err(NOT_THIS));
    }
}

#[rstest]
#[tokio::test]
async fn a_token_of_one_enterprise_reaches_no_other(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let neighbour = portal.enterprise("borealis-freight").await;
    let provider = portal.provider_admin().await;
    let token = made(&portal, &provider, &described(Some(clinic.slug()), Role::ProviderAdmin)).await;
    let script = through(&portal, &token.secret).await.unwrap();
    assert_eq!(reads(&portal, &script, &clinic).await, Ok(()));
    assert_eq!(reads(&portal, &script, &neighbour).await, Err(NO_ENTERPRISE));
    let reached = enterprise::list_mine(&script, portal.backend()).await.unwrap();
    assert_eq!(reached.len(), 1);
    assert_eq!(reached[0].role, Role::ProviderAdmin);
}

/// Of what its account gains later it takes no more than it was limited to.
#[rstest]
#[tokio::test]
async fn a_token_follows_the_roles_of_its_account(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    let token = made(&portal, &admin, &described(None, Role::EnterpriseAdmin)).await;
    portal
        .execute("UPDATE membership SET role = 'enterprise_viewer'")
        .await
        .unwrap();
    let script = through(&portal, &token.secret).await.unwrap();
    assert_eq!(creates(&portal, &script, &clinic, "Lobby").await, Err(NOT_THIS));
    portal
        .execute("UPDATE membership SET role = 'provider_admin', enterprise_id = NULL")
        .await
        .unwrap();
    let script = through(&portal, &token.secret).await.unwrap();
    let reached = enterprise::list_mine(&script, portal.backend()).await.unwrap();
    assert_eq!(reached[0].role, Role::EnterpriseAdmin);
    portal.execute("DELETE FROM membership").await.unwrap();
    let script = through(&portal, &token.secret).await.unwrap();
    assert_eq!(reads(&portal, &script, &clinic).await, Err(NO_ENTERPRISE));
}

#[rstest]
#[case::expired(
    "UPDATE api_token SET created_at = '2020-01-01T00:00:00+00:00', expires_at = '2020-01-02T00:00:00+00:00'"
)]
#[case::disabled_account("UPDATE account SET disabled = true")]
#[case::removed("DELETE FROM api_token")]
#[case::removed_account("DELETE FROM account")]
#[tokio::test]
async fn a_token_that_is_over_is_nobodys(
    #[case] over: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let token = made(&portal, &clinic.admin().await, &described(None, Role::EnterpriseAdmin)).await;
    assert!(through(&portal, &token.secret).await.is_ok());
    portal.execute(over).await.unwrap();
    assert_eq!(through(&portal, &token.secret).await.unwrap_err(), Error::SignedOut);
}

#[rstest]
#[tokio::test]
async fn a_text_that_is_no_token_is_nobodys(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let token = made(&portal, &clinic.admin().await, &described(None, Role::EnterpriseAdmin)).await;
    let mut mistyped = token.secret.clone();
    let last = mistyped.pop().unwrap();
    mistyped.push(if last == 'x' { 'y' } else { 'x' });
    for text in ["", "mp_", &mistyped, &token.secret[1..]] {
        assert_eq!(through(&portal, text).await.unwrap_err(), Error::SignedOut, "{text}");
    }
}

/// The log is that of the enterprise, whatever has become of the role there.
#[rstest]
#[tokio::test]
async fn an_enterprise_is_told_of_a_token_that_is_revoked_by_somebody_who_has_left(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, admin) = (portal.backend(), clinic.admin().await);
    let token = made(&portal, &admin, &described(Some(clinic.slug()), Role::EnterpriseAdmin)).await;
    portal.execute("DELETE FROM membership").await.unwrap();
    let account = admin.account().unwrap().id;
    let signed_in = session::actor(&anonymous(), backend, account).await.unwrap().unwrap();
    let outside = OpContext {
        actor: Actor::Account(Arc::new(signed_in)),
        ..anonymous()
    };
    api_token::revoke(&outside, backend, token.row.id).await.unwrap();
    let provider = portal.provider_admin().await;
    let log = audit::list(&provider, backend, clinic.slug(), &TableQuery::default())
        .await
        .unwrap();
    let told: Vec<&str> = log.rows.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(told, ["delete", "create"]);
}

#[rstest]
#[tokio::test]
async fn a_token_makes_lists_and_revokes_no_tokens(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    let wanted = described(None, Role::EnterpriseAdmin);
    let token = made(&portal, &admin, &wanted).await;
    let script = through(&portal, &token.secret).await.unwrap();
    let backend = portal.backend();
    let refused = |action| Error::Forbidden {
        action,
        resource: Resource::ApiToken,
    };
    let created = api_token::create(&script, backend, &wanted).await;
    assert_eq!(created.unwrap_err(), refused(Action::Create));
    assert_eq!(
        api_token::list(&script, backend).await.unwrap_err(),
        refused(Action::Read)
    );
    let revoked = api_token::revoke(&script, backend, token.row.id).await;
    assert_eq!(revoked.unwrap_err(), refused(Action::Delete));
}

#[rstest]
#[tokio::test]
async fn nobody_makes_a_token_that_may_more_than_they(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let neighbour = portal.enterprise("borealis-freight").await;
    let (admin, viewer) = (clinic.admin().await, clinic.viewer().await);
    let backend = portal.backend();
    for enterprise in [None, Some(clinic.slug())] {
        let more = api_token::create(&admin, backend, &described(enterprise, Role::ProviderAdmin)).await;
        assert_eq!(fields(more), ["role"]);
        let by_viewer = api_token::create(&viewer, backend, &described(enterprise, Role::EnterpriseViewer)).await;
        assert!(matches!(by_viewer, Err(Error::Forbidden { .. })), "{by_viewer:?}");
    }
    let elsewhere = described(Some(neighbour.slug()), Role::EnterpriseViewer);
    assert_eq!(
        api_token::create(&admin, backend, &elsewhere).await.unwrap_err(),
        NO_ENTERPRISE
    );
    assert_eq!(
        api_token::create(&anonymous(), backend, &elsewhere).await.unwrap_err(),
        Error::SignedOut
    );
}

#[rstest]
#[tokio::test]
async fn only_its_owner_sees_and_revokes_a_token(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (admin, other) = (clinic.admin().await, clinic.admin().await);
    let backend = portal.backend();
    let token = made(&portal, &admin, &described(Some(clinic.slug()), Role::EnterpriseViewer)).await;
    let listed = api_token::list(&admin, backend).await.unwrap();
    assert_eq!(listed, std::slice::from_ref(&token.row));
    assert!(token.secret.ends_with(&listed[0].hint));
    assert_eq!(api_token::list(&other, backend).await.unwrap(), []);
    let not_found = Error::NotFound {
        resource: Resource::ApiToken,
    };
    for (ctx, id) in [(&other, token.row.id), (&admin, nobody())] {
        assert_eq!(api_token::revoke(ctx, backend, id).await.unwrap_err(), not_found);
    }
    api_token::revoke(&admin, backend, token.row.id).await.unwrap();
    assert_eq!(api_token::list(&admin, backend).await.unwrap(), []);
    assert_eq!(through(&portal, &token.secret).await.unwrap_err(), Error::SignedOut);
}

#[rstest]
#[tokio::test]
async fn the_audit_log_tells_of_tokens_and_holds_none(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    for enterprise in [None, Some(clinic.slug())] {
        let token = made(&portal, &admin, &described(enterprise, Role::EnterpriseViewer)).await;
        api_token::revoke(&admin, portal.backend(), token.row.id).await.unwrap();
        let holds = format!("SELECT COUNT(*) FROM audit_event WHERE after LIKE '%{}%'", token.secret);
        assert_eq!(portal.number(&holds).await, 0);
    }
    let told = "SELECT COUNT(*) FROM audit_event WHERE resource = 'api_token' AND enterprise_id IS NOT NULL \
                AND subject = 'Nightly report'";
    assert_eq!(portal.number(told).await, 4);
    made(
        &portal,
        &portal.provider_admin().await,
        &described(None, Role::ProviderAdmin),
    )
    .await;
    let of_provider = "SELECT COUNT(*) FROM audit_event WHERE resource = 'api_token' AND enterprise_id IS NULL \
                       AND provider_id IS NOT NULL";
    assert_eq!(portal.number(of_provider).await, 1);
}

#[rstest]
#[tokio::test]
async fn its_last_use_is_told_to_the_minute(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    let token = made(&portal, &admin, &described(None, Role::EnterpriseViewer)).await;
    assert_eq!(token.row.last_used_at, None);
    let first = OpContext {
        peer: Some([192, 0, 2, 7].into()),
        ..anonymous()
    };
    let used = |ctx: OpContext| {
        let (portal, secret) = (&portal, &token.secret);
        let admin = &admin;
        async move {
            api_token::authenticate(&ctx, portal.backend(), secret).await.unwrap();
            portal.last_uses_written().await;
            let listed = api_token::list(admin, portal.backend()).await.unwrap();
            (listed[0].last_used_at.unwrap(), listed[0].last_used_from.clone())
        }
    };
    let (at, from) = used(first.clone()).await;
    assert_eq!(from.as_deref(), Some("192.0.2.7"));
    let soon = OpContext {
        now: first.now + TimeDelta::seconds(59),
        peer: None,
        ..first.clone()
    };
    assert_eq!(used(soon).await, (at, from));
    let later = OpContext {
        now: first.now + TimeDelta::seconds(60),
        peer: None,
        ..first.clone()
    };
    let (second, from) = used(later).await;
    assert!(second > at);
    assert_eq!(from, None);
}

/// As while a large file is imported.
#[tokio::test]
async fn its_use_waits_for_nobody_who_writes() {
    let portal = TestPortal::open(Engine::Sqlite).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    let token = made(&portal, &admin, &described(None, Role::EnterpriseViewer)).await;
    let last_used_at = async || api_token::list(&admin, portal.backend()).await.unwrap()[0].last_used_at;

    let importing = portal.writing().await;
    let (caller, backend) = (anonymous(), portal.backend());
    let asked = api_token::authenticate(&caller, backend, &token.secret);
    let asked = tokio::time::timeout(Duration::from_secs(2), asked).await;
    assert!(asked.is_ok_and(|signed_in| signed_in.is_ok()), "within two seconds");
    assert_eq!(last_used_at().await, None);
    importing.end().await;
    portal.last_uses_written().await;

    assert!(last_used_at().await.is_some());
}

#[rstest]
#[case::role("UPDATE api_token SET role = 'emperor'")]
#[case::short_hint("UPDATE api_token SET hint = 'abc'")]
#[case::ended_before_it_began("UPDATE api_token SET expires_at = created_at")]
#[case::used_from_somewhere_but_never("UPDATE api_token SET last_used_from = '192.0.2.7'")]
#[tokio::test]
async fn the_database_refuses(#[case] statement: &str, #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    made(&portal, &clinic.admin().await, &described(None, Role::EnterpriseViewer)).await;
    let error = portal.execute(statement).await.expect_err(statement);
    assert!(error.contains("constraint"), "{error}");
}
