//! The tokens of people who can sign in, and what a provider's own tokens may do to people.

use std::sync::Arc;

use backend::{
    context::{Actor, OpContext},
    services::{api_token, audit, membership, session},
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use domain::{
    access::{Action, Resource, Role},
    api_token::{ApiTokenInput, NewApiToken},
    error::Error,
    table::TableQuery,
};
use rstest::rstest;

use crate::{
    membership::{also_admin_at, forbidden_error, role_of},
    support::fields,
};

async fn token_of(portal: &TestPortal, owner: &OpContext, at: Option<&TestEnterprise>, role: Role) -> NewApiToken {
    let input = ApiTokenInput {
        name: "Script".to_owned(),
        enterprise: at.map(|at| at.slug().clone()),
        role: Some(role),
        days: 1,
    };
    api_token::create(owner, portal.backend(), &input).await.unwrap()
}

/// A script asks with the token.
async fn through(portal: &TestPortal, token: &NewApiToken) -> Result<OpContext, Error> {
    let signed_in = api_token::authenticate(&anonymous(), portal.backend(), &token.secret).await?;
    Ok(OpContext {
        actor: Actor::Account(Arc::new(signed_in)),
        ..anonymous()
    })
}

#[rstest]
#[tokio::test]
async fn the_provider_revokes_the_tokens_of_its_enterprises(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    let admin = clinic.admin().await;
    also_admin_at(&portal, engine, &admin, &freight).await;
    let admin = again(&portal, &admin).await;
    let role = Role::EnterpriseAdmin;
    let whole = token_of(&portal, &admin, None, role).await;
    let here = token_of(&portal, &admin, Some(&clinic), role).await;
    let there = token_of(&portal, &admin, Some(&freight), role).await;
    let id = role_of(&portal, &clinic, &admin).await;

    let listed = membership::list_tokens(&provider, backend, slug, id).await.unwrap();
    let listed: Vec<_> = listed.into_iter().map(|token| token.id).collect();
    assert_eq!(
        listed,
        [here.row.id, whole.row.id],
        "not what reaches the other one only"
    );
    let no_token = Err(Error::NotFound {
        resource: Resource::ApiToken,
    });
    let revoked = membership::revoke_token(&provider, backend, slug, id, there.row.id).await;
    assert_eq!(revoked, no_token);
    membership::revoke_token(&provider, backend, slug, id, whole.row.id)
        .await
        .unwrap();
    assert_eq!(through(&portal, &whole).await.unwrap_err(), Error::SignedOut);
    assert!(through(&portal, &here).await.is_ok());
    let again = membership::revoke_token(&provider, backend, slug, id, whole.row.id).await;
    assert_eq!(again, no_token);

    let log = audit::list(&provider, backend, slug, &TableQuery::default())
        .await
        .unwrap();
    let entry = log.rows.iter().find(|entry| entry.action == "delete").unwrap();
    assert_eq!(
        (entry.resource.as_str(), entry.subject.as_deref()),
        ("api_token", Some("Script"))
    );
    assert_eq!(entry.actor, provider.account().unwrap().email.to_string());
}

/// What also reaches beyond the provider is not its to end, nor to know of.
#[rstest]
#[tokio::test]
async fn a_token_that_reaches_beyond_the_provider_is_not_shown_to_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    let admin = clinic.admin().await;
    also_admin_at(&portal, engine, &admin, &elsewhere).await;
    let admin = again(&portal, &admin).await;
    let whole = token_of(&portal, &admin, None, Role::EnterpriseAdmin).await;
    let here = token_of(&portal, &admin, Some(&clinic), Role::EnterpriseAdmin).await;
    let id = role_of(&portal, &clinic, &admin).await;
    let listed = membership::list_tokens(&provider, backend, slug, id).await.unwrap();
    assert_eq!(listed, std::slice::from_ref(&here.row));
    let revoked = membership::revoke_token(&provider, backend, slug, id, whole.row.id).await;
    assert!(matches!(revoked, Err(Error::NotFound { .. })), "{revoked:?}");

    for ctx in [&admin, &clinic.viewer().await] {
        let listed = membership::list_tokens(ctx, backend, slug, id).await;
        assert_eq!(listed.err(), forbidden_error(Action::Update));
        let revoked = membership::revoke_token(ctx, backend, slug, id, here.row.id).await;
        assert_eq!(revoked.err(), forbidden_error(Action::Update));
    }
}

/// A token that was made for one enterprise comes to nothing at another by resetting the password of somebody who has a
/// role at both.
#[rstest]
#[tokio::test]
async fn a_token_of_one_enterprise_does_not_take_over_accounts_of_another(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    clinic.admin().await;
    freight.admin().await;
    let both = clinic.admin().await;
    let theirs = token_of(&portal, &both, None, Role::EnterpriseViewer).await;
    let id = role_of(&portal, &clinic, &both).await;
    let token = token_of(&portal, &provider, Some(&clinic), Role::ProviderAdmin).await;
    let script = through(&portal, &token).await.unwrap();
    let seen = membership::list_tokens(&script, backend, slug, id).await.unwrap();
    assert_eq!(seen, std::slice::from_ref(&theirs.row), "there is no other role yet");

    also_admin_at(&portal, engine, &both, &freight).await;
    assert_eq!(
        fields(membership::reset_password(&script, backend, slug, id).await),
        ["account"]
    );
    for disabled in [true, false] {
        let tried = membership::set_disabled(&script, backend, slug, id, disabled).await;
        assert_eq!(fields(tried), ["account"]);
    }
    assert_eq!(membership::list_tokens(&script, backend, slug, id).await, Ok(vec![]));
    let revoked = membership::revoke_token(&script, backend, slug, id, theirs.row.id).await;
    assert!(matches!(revoked, Err(Error::NotFound { .. })), "{revoked:?}");

    let everywhere = token_of(&portal, &provider, None, Role::ProviderAdmin).await;
    let everywhere = through(&portal, &everywhere).await.unwrap();
    membership::reset_password(&everywhere, backend, slug, id)
        .await
        .unwrap();
}

/// The same person with the roles of now.
async fn again(portal: &TestPortal, ctx: &OpContext) -> OpContext {
    let account = ctx.account().unwrap().id;
    let signed_in = session::actor(&anonymous(), portal.backend(), account).await;
    OpContext {
        actor: Actor::Account(Arc::new(signed_in.unwrap().unwrap())),
        ..anonymous()
    }
}
