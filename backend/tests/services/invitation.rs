//! One-time links: used once, within their time, by whom they are for, and kept as hashes.

use std::sync::Arc;

use backend::{
    context::{Actor, OpContext},
    services::{api_token, audit, invitation, membership, session},
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use chrono::TimeDelta;
use domain::{
    access::{Grant, Role},
    api_token::ApiTokenInput,
    error::Error,
    ids::MembershipId,
    invitation::{AcceptInput, INVITATION_LIFE, InvitationKind, InviteInput, OneTimeLink},
    membership::MemberState,
    table::TableQuery,
};
use rstest::rstest;

use crate::support::fields;

const EMAIL: &str = "dana@company.example";
const PASSWORD: &str = "correct horse battery";

fn accepts(name: &str, password: &str) -> AcceptInput {
    AcceptInput {
        display_name: name.to_owned(),
        password: password.to_owned(),
    }
}

async fn invite(portal: &TestPortal, at: &TestEnterprise, ctx: &OpContext, role: Role) -> OneTimeLink {
    let input = InviteInput {
        email: EMAIL.to_owned(),
        role,
    };
    membership::invite(ctx, portal.backend(), at.slug(), &input)
        .await
        .unwrap()
}

/// Somebody without a session, some time later.
fn later(by: TimeDelta) -> OpContext {
    let mut ctx = anonymous();
    ctx.now += by;
    ctx
}

fn is_gone<T: std::fmt::Debug>(result: &Result<T, Error>) {
    assert!(matches!(result, Err(Error::Gone { .. })), "{result:?}");
}

#[rstest]
#[tokio::test]
async fn whoever_is_invited_sets_name_and_password_and_signs_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, provider) = (portal.backend(), portal.provider_admin().await);
    let link = invite(&portal, &clinic, &provider, Role::EnterpriseAdmin).await;
    let nobody = anonymous();

    let told = invitation::details(&nobody, backend, &link.token).await.unwrap();
    assert_eq!((told.kind, told.has_account), (InvitationKind::Invitation, false));
    assert_eq!((told.email.as_str(), told.role), (EMAIL, Role::EnterpriseAdmin));
    let wrong = invitation::accept(&nobody, backend, &link.token, &accepts(" ", "short")).await;
    assert_eq!(fields(wrong), ["display_name", "password"]);

    let account = invitation::accept(&nobody, backend, &link.token, &accepts("Dana Reyes", PASSWORD))
        .await
        .unwrap();
    assert_eq!(account.display_name, "Dana Reyes");
    let signed_in = session::sign_in(&nobody, backend, EMAIL, PASSWORD).await.unwrap();
    assert_eq!(signed_in.id, account.id);
    let actor = session::actor(&nobody, backend, account.id).await.unwrap().unwrap();
    let grant = Grant::Enterprise {
        enterprise: clinic.id(),
        role: Role::EnterpriseAdmin,
    };
    assert_eq!(actor.grants, [grant]);
    let log = audit::list(&provider, backend, clinic.slug(), &TableQuery::default())
        .await
        .unwrap();
    let actors: Vec<&str> = log.rows.iter().map(|entry| entry.actor.as_str()).collect();
    assert_eq!(actors, [EMAIL, provider.account().unwrap().email.as_str()]);
}

#[rstest]
#[tokio::test]
async fn a_link_works_once_and_not_for_longer_than_its_time(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, provider) = (portal.backend(), portal.provider_admin().await);
    let link = invite(&portal, &clinic, &provider, Role::EnterpriseViewer).await;
    let input = accepts("Dana Reyes", PASSWORD);

    let too_late = later(INVITATION_LIFE + TimeDelta::seconds(5));
    is_gone(&invitation::details(&too_late, backend, &link.token).await);
    is_gone(&invitation::accept(&too_late, backend, &link.token, &input).await);
    is_gone(&invitation::details(&anonymous(), backend, "guessed").await);
    let in_time = later(INVITATION_LIFE - TimeDelta::minutes(1));
    invitation::accept(&in_time, backend, &link.token, &input)
        .await
        .unwrap();
    is_gone(&invitation::accept(&anonymous(), backend, &link.token, &input).await);
    is_gone(&invitation::details(&anonymous(), backend, &link.token).await);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_use_a_link_at_once_one_does(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let provider = portal.provider_admin().await;
    let link = invite(&portal, &clinic, &provider, Role::EnterpriseViewer).await;
    let using: Vec<_> = (0..4)
        .map(|_| {
            let (backend, token) = (portal.backend().clone(), link.token.clone());
            let input = accepts("Dana Reyes", PASSWORD);
            tokio::spawn(async move { invitation::accept(&anonymous(), &backend, &token, &input).await })
        })
        .collect();
    let mut used = 0;
    for task in using {
        used += usize::from(task.await.unwrap().is_ok());
    }
    assert_eq!(used, 1);
    assert_eq!(
        portal
            .number(&format!("SELECT COUNT(*) FROM account WHERE email = '{EMAIL}'"))
            .await,
        1
    );
}

#[rstest]
#[tokio::test]
async fn a_newer_link_replaces_the_older_one_and_a_withdrawn_one_is_of_no_use(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    let first = invite(&portal, &clinic, &provider, Role::EnterpriseAdmin).await;
    let second = invite(&portal, &clinic, &provider, Role::EnterpriseViewer).await;
    is_gone(&invitation::details(&anonymous(), backend, &first.token).await);

    let third = membership::renew_invitation(&provider, backend, slug, second.id)
        .await
        .unwrap();
    is_gone(&invitation::details(&anonymous(), backend, &second.token).await);
    let page = membership::list(&provider, backend, slug, &TableQuery::default())
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(
        (page.rows[0].id, page.rows[0].state),
        (third.id.0, MemberState::Invited)
    );
    assert_eq!(page.rows[0].role, Role::EnterpriseViewer);

    membership::withdraw_invitation(&provider, backend, slug, third.id)
        .await
        .unwrap();
    is_gone(&invitation::details(&anonymous(), backend, &third.token).await);
    let again = membership::withdraw_invitation(&provider, backend, slug, third.id).await;
    assert!(matches!(again, Err(Error::NotFound { .. })), "{again:?}");
}

/// Whoever invites somebody of another provider comes to no power over their account.
#[rstest]
#[tokio::test]
async fn an_account_that_is_there_joins_with_its_own_password_only(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let (backend, nobody) = (portal.backend(), anonymous());
    let (provider, other) = (portal.provider_admin().await, elsewhere.provider_admin().await);
    let link = invite(&portal, &clinic, &provider, Role::EnterpriseViewer).await;
    invitation::accept(&nobody, backend, &link.token, &accepts("Dana Reyes", PASSWORD))
        .await
        .unwrap();

    let link = invite(&portal, &elsewhere, &other, Role::EnterpriseAdmin).await;
    assert!(
        invitation::details(&nobody, backend, &link.token)
            .await
            .unwrap()
            .has_account
    );
    let taken_over = invitation::accept(&nobody, backend, &link.token, &accepts("Eve", "a password of my own")).await;
    assert_eq!(fields(taken_over), ["password"]);
    let account = invitation::accept(&nobody, backend, &link.token, &accepts("", PASSWORD))
        .await
        .unwrap();
    assert_eq!(account.display_name, "Dana Reyes");
    let actor = session::actor(&nobody, backend, account.id).await.unwrap().unwrap();
    assert_eq!(actor.grants.len(), 2);

    let twice = InviteInput {
        email: EMAIL.to_owned(),
        role: Role::EnterpriseViewer,
    };
    let twice = membership::invite(&provider, backend, clinic.slug(), &twice).await;
    assert_eq!(fields(twice), ["email"]);
}

#[rstest]
#[tokio::test]
async fn a_reset_takes_the_password_and_its_link_sets_a_new_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let (backend, slug, nobody) = (portal.backend(), clinic.slug(), anonymous());
    let (provider, other) = (portal.provider_admin().await, elsewhere.provider_admin().await);
    let link = invite(&portal, &clinic, &provider, Role::EnterpriseViewer).await;
    let dana = invitation::accept(&nobody, backend, &link.token, &accepts("Dana Reyes", PASSWORD))
        .await
        .unwrap();
    let page = membership::list(&provider, backend, slug, &TableQuery::default())
        .await
        .unwrap();
    let id = MembershipId(page.rows.iter().find(|row| row.account == Some(dana.id)).unwrap().id);

    let first = membership::reset_password(&provider, backend, slug, id).await.unwrap();
    assert!(session::sign_in(&nobody, backend, EMAIL, PASSWORD).await.is_err());
    let row = membership::get(&provider, backend, slug, id.0).await.unwrap();
    assert_eq!(row.state, MemberState::PasswordReset);
    let reset = membership::reset_password(&provider, backend, slug, id).await.unwrap();
    is_gone(&invitation::details(&nobody, backend, &first.token).await);
    let told = invitation::details(&nobody, backend, &reset.token).await.unwrap();
    assert_eq!(told.kind, InvitationKind::PasswordReset);
    let short = invitation::accept(&nobody, backend, &reset.token, &accepts("", "short")).await;
    assert_eq!(fields(short), ["password"]);
    invitation::accept(&nobody, backend, &reset.token, &accepts("", "another long password"))
        .await
        .unwrap();
    session::sign_in(&nobody, backend, EMAIL, "another long password")
        .await
        .unwrap();
    is_gone(&invitation::accept(&nobody, backend, &reset.token, &accepts("", PASSWORD)).await);

    // A link that is kept back is of no use once the person has a role elsewhere.
    let invited = invite(&portal, &elsewhere, &other, Role::EnterpriseAdmin).await;
    invitation::accept(&nobody, backend, &invited.token, &accepts("", "another long password"))
        .await
        .unwrap();
    let refused = membership::reset_password(&provider, backend, slug, id).await;
    assert_eq!(fields(refused), ["account"]);
}

#[rstest]
#[tokio::test]
async fn no_token_is_kept_anywhere(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let provider = portal.provider_admin().await;
    let link = invite(&portal, &clinic, &provider, Role::EnterpriseViewer).await;
    let found = format!(
        "SELECT (SELECT COUNT(*) FROM audit_event WHERE after LIKE '%{token}%' OR before LIKE '%{token}%') \
         + (SELECT COUNT(*) FROM invitation WHERE email LIKE '%{token}%')",
        token = link.token
    );
    assert_eq!(portal.number(&found).await, 0);
    assert_eq!(
        portal
            .number("SELECT COUNT(*) FROM invitation WHERE length(token_hash) = 32")
            .await,
        1
    );
}

#[rstest]
#[tokio::test]
async fn an_invitation_to_a_suspended_enterprise_waits(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, nobody) = (portal.backend(), anonymous());
    let link = invite(&portal, &clinic, &portal.provider_admin().await, Role::EnterpriseViewer).await;
    portal.execute("UPDATE enterprise SET suspended = true").await.unwrap();
    let input = accepts("Dana Reyes", PASSWORD);
    let refused = invitation::accept(&nobody, backend, &link.token, &input).await;
    assert!(matches!(refused, Err(Error::NotFound { .. })), "{refused:?}");
    portal.execute("UPDATE enterprise SET suspended = false").await.unwrap();
    assert!(invitation::accept(&nobody, backend, &link.token, &input).await.is_ok());
}

/// Otherwise somebody who was removed and disabled could never be invited again.
#[rstest]
#[tokio::test]
async fn an_account_without_any_role_begins_anew(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, nobody, provider) = (portal.backend(), anonymous(), portal.provider_admin().await);
    let link = invite(&portal, &clinic, &provider, Role::EnterpriseAdmin).await;
    let before = invitation::accept(&nobody, backend, &link.token, &accepts("Dana Reyes", PASSWORD))
        .await
        .unwrap();
    let signed_in = session::actor(&nobody, backend, before.id).await.unwrap().unwrap();
    let dana = OpContext {
        actor: Actor::Account(Arc::new(signed_in)),
        ..anonymous()
    };
    let token = ApiTokenInput {
        name: "Script".to_owned(),
        enterprise: None,
        role: Some(Role::EnterpriseAdmin),
        days: 1,
    };
    let token = api_token::create(&dana, backend, &token).await.unwrap();
    for statement in [
        format!("DELETE FROM membership WHERE account_id = (SELECT id FROM account WHERE email = '{EMAIL}')"),
        format!("UPDATE account SET disabled = true WHERE email = '{EMAIL}'"),
    ] {
        portal.execute(&statement).await.unwrap();
    }

    let link = invite(&portal, &clinic, &provider, Role::EnterpriseViewer).await;
    let told = invitation::details(&nobody, backend, &link.token).await.unwrap();
    assert!(!told.has_account);
    let wrong = invitation::accept(&nobody, backend, &link.token, &accepts("", "short")).await;
    assert_eq!(fields(wrong), ["display_name", "password"]);
    let input = accepts("Dana Moss", "another long password");
    let after = invitation::accept(&nobody, backend, &link.token, &input).await.unwrap();
    assert_eq!((after.id, after.display_name.as_str()), (before.id, "Dana Moss"));
    assert!(session::sign_in(&nobody, backend, EMAIL, PASSWORD).await.is_err());
    let signed_in = session::sign_in(&nobody, backend, EMAIL, "another long password").await;
    assert_eq!(signed_in.unwrap().display_name, "Dana Moss");
    let by_token = api_token::authenticate(&nobody, backend, &token.secret).await;
    assert!(matches!(by_token, Err(Error::SignedOut)), "its tokens are gone");
}
