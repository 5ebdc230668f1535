//! Who can sign in to an enterprise: roles, accounts, and the borders between providers.

use backend::{
    context::OpContext,
    services::{audit, enterprise, membership, session},
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use domain::{
    access::{Action, Resource, Role},
    error::Error,
    ids::MembershipId,
    invitation::InviteInput,
    membership::{MemberRow, MemberState},
    table::TableQuery,
};
use rstest::rstest;

use crate::support::{fields, nobody, sql};

/// The row of whoever asks in `ctx`.
async fn row_of(portal: &TestPortal, clinic: &TestEnterprise, ctx: &OpContext) -> MemberRow {
    let (provider, account) = (portal.provider_admin().await, ctx.account().unwrap().id);
    let page = membership::list(&provider, portal.backend(), clinic.slug(), &TableQuery::default()).await;
    let mut rows = page.unwrap().rows.into_iter();
    rows.find(|row| row.account == Some(account)).unwrap()
}

pub(crate) async fn role_of(portal: &TestPortal, clinic: &TestEnterprise, ctx: &OpContext) -> MembershipId {
    MembershipId(row_of(portal, clinic, ctx).await.id)
}

fn invite(email: &str) -> InviteInput {
    InviteInput {
        email: email.to_owned(),
        role: Role::EnterpriseAdmin,
    }
}

/// Gives the account of `ctx` the role of an admin at another enterprise as well, as by an invitation that was accepted.
pub(crate) async fn also_admin_at(portal: &TestPortal, engine: Engine, ctx: &OpContext, other: &TestEnterprise) {
    let (account, id) = (ctx.account().unwrap().id, uuid::Uuid::now_v7());
    let statement = format!(
        "INSERT INTO membership (id, account_id, provider_id, enterprise_id, role, created_at) \
         SELECT {}, {}, provider_id, id, 'enterprise_admin', created_at FROM enterprise WHERE slug = '{}'",
        sql(engine, id),
        sql(engine, account),
        other.slug()
    );
    portal.execute(&statement).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_role_is_changed_and_taken_away_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    clinic.admin().await;
    let viewer = clinic.viewer().await;
    let id = role_of(&portal, &clinic, &viewer).await;
    let (is, becomes) = (Role::EnterpriseViewer, Role::EnterpriseAdmin);

    let changed = membership::set_role(&provider, backend, slug, id, is, becomes)
        .await
        .unwrap();
    assert_eq!(changed.role, becomes);
    let stale = membership::set_role(&provider, backend, slug, id, is, is).await;
    assert_eq!(fields(stale), ["role"], "it is not what it was");
    let too_much = membership::set_role(&provider, backend, slug, id, becomes, Role::ProviderAdmin).await;
    assert_eq!(fields(too_much), ["role"]);

    membership::remove(&provider, backend, slug, id).await.unwrap();
    let account = viewer.account().unwrap().id;
    let left = session::actor(&anonymous(), backend, account).await.unwrap().unwrap();
    assert!(left.grants.is_empty(), "{:?}", left.grants);
    let log = audit::list(&provider, backend, slug, &TableQuery::default())
        .await
        .unwrap();
    let told: Vec<_> = log
        .rows
        .iter()
        .map(|entry| (entry.action.as_str(), entry.resource.as_str()))
        .collect();
    // Both at the same moment of the same request, so in their own order.
    assert_eq!(told, [("update", "membership"), ("delete", "membership")]);
    assert!(
        log.rows
            .iter()
            .all(|entry| entry.actor == provider.account().unwrap().email.as_str())
    );
}

#[rstest]
#[tokio::test]
async fn the_last_admin_stays_until_there_is_another(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    let admin = clinic.admin().await;
    clinic.viewer().await;
    let id = role_of(&portal, &clinic, &admin).await;
    let (is, becomes) = (Role::EnterpriseAdmin, Role::EnterpriseViewer);

    let demoted = membership::set_role(&provider, backend, slug, id, is, becomes).await;
    assert_eq!(fields(demoted), ["account"]);
    assert_eq!(
        fields(membership::remove(&provider, backend, slug, id).await),
        ["account"]
    );
    let disabled = membership::set_disabled(&provider, backend, slug, id, true).await;
    assert_eq!(fields(disabled), ["account"]);

    let second = clinic.admin().await;
    membership::set_disabled(&provider, backend, slug, id, true)
        .await
        .unwrap();
    let other = role_of(&portal, &clinic, &second).await;
    let refused = membership::remove(&provider, backend, slug, other).await;
    assert_eq!(fields(refused), ["account"], "an admin who is disabled is none");
    membership::remove(&provider, backend, slug, id).await.unwrap();
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_last_admins_who_are_removed_at_once_one_stays(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let provider = portal.provider_admin().await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let admin = clinic.admin().await;
        ids.push(role_of(&portal, &clinic, &admin).await);
    }
    let removing: Vec<_> = ids
        .into_iter()
        .map(|id| {
            let (ctx, backend, slug) = (provider.clone(), portal.backend().clone(), clinic.slug().clone());
            tokio::spawn(async move { membership::remove(&ctx, &backend, &slug, id).await })
        })
        .collect();
    let mut removed = 0;
    for task in removing {
        removed += usize::from(task.await.unwrap().is_ok());
    }
    assert_eq!(removed, 1);
    assert_eq!(
        portal
            .number("SELECT COUNT(*) FROM membership WHERE role = 'enterprise_admin'")
            .await,
        1
    );
}

#[rstest]
#[tokio::test]
async fn a_disabled_account_is_nobody_until_it_is_enabled(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    let viewer = clinic.viewer().await;
    let (id, account) = (role_of(&portal, &clinic, &viewer).await, viewer.account().unwrap().id);

    let row = membership::set_disabled(&provider, backend, slug, id, true)
        .await
        .unwrap();
    assert_eq!(row.state, MemberState::Disabled);
    assert!(session::actor(&anonymous(), backend, account).await.unwrap().is_none());
    let reset = membership::reset_password(&provider, backend, slug, id).await;
    assert_eq!(fields(reset), ["account"]);
    let row = membership::set_disabled(&provider, backend, slug, id, false)
        .await
        .unwrap();
    assert_eq!(row.state, MemberState::Active);
    assert!(session::actor(&anonymous(), backend, account).await.unwrap().is_some());
}

/// An admin of a provider who is also a member of an enterprise cannot do these things to themselves, and nobody reaches an
/// account by the enterprises of one provider that has a role beyond them.
#[rstest]
#[tokio::test]
async fn nobody_reaches_themselves_or_beyond_their_provider(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    clinic.admin().await;
    also_admin_at(&portal, engine, &provider, &clinic).await;
    let own = role_of(&portal, &clinic, &provider).await;
    let (admin, viewer) = (Role::EnterpriseAdmin, Role::EnterpriseViewer);
    assert_eq!(
        fields(membership::remove(&provider, backend, slug, own).await),
        ["account"]
    );
    assert_eq!(
        fields(membership::set_role(&provider, backend, slug, own, admin, viewer).await),
        ["account"]
    );
    assert_eq!(
        fields(membership::set_disabled(&provider, backend, slug, own, true).await),
        ["account"]
    );
    assert_eq!(
        fields(membership::reset_password(&provider, backend, slug, own).await),
        ["account"]
    );

    let both = clinic.viewer().await;
    also_admin_at(&portal, engine, &both, &elsewhere).await;
    let row = row_of(&portal, &clinic, &both).await;
    assert!(row.shared);
    let id = MembershipId(row.id);
    for disabled in [true, false] {
        let tried = membership::set_disabled(&provider, backend, slug, id, disabled).await;
        assert_eq!(fields(tried), ["account"]);
    }
    assert_eq!(
        fields(membership::reset_password(&provider, backend, slug, id).await),
        ["account"]
    );
    membership::remove(&provider, backend, slug, id).await.unwrap();
    let there = enterprise::context(&elsewhere.viewer().await, backend, elsewhere.slug()).await;
    assert!(there.is_ok());
    assert_eq!(portal.number("SELECT COUNT(*) FROM account WHERE disabled").await, 0);
}

#[rstest]
#[tokio::test]
async fn disabling_counts_the_last_admins_of_all_enterprises(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    let (backend, slug, provider) = (portal.backend(), clinic.slug(), portal.provider_admin().await);
    let viewer = clinic.viewer().await;
    also_admin_at(&portal, engine, &viewer, &freight).await;
    let id = role_of(&portal, &clinic, &viewer).await;
    let refused = membership::set_disabled(&provider, backend, slug, id, true).await;
    assert_eq!(fields(refused), ["account"], "they are the only admin of the other one");
    freight.admin().await;
    membership::set_disabled(&provider, backend, slug, id, true)
        .await
        .unwrap();
}

#[rstest]
#[tokio::test]
async fn the_enterprise_reads_who_can_sign_in_and_its_provider_changes_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let (admin, viewer) = (clinic.admin().await, clinic.viewer().await);
    let id = role_of(&portal, &clinic, &viewer).await;
    let query = TableQuery::default();
    assert_eq!(membership::list(&viewer, backend, slug, &query).await.unwrap().total, 2);
    let forbidden = |action| {
        Err(Error::Forbidden {
            action,
            resource: Resource::Membership,
        })
    };
    assert_eq!(
        membership::invite(&admin, backend, slug, &invite("x@y.example"))
            .await
            .err(),
        forbidden_error(Action::Create)
    );
    assert_eq!(
        membership::remove(&admin, backend, slug, id).await,
        forbidden(Action::Delete)
    );
    assert_eq!(
        membership::reset_password(&admin, backend, slug, id).await.err(),
        forbidden_error(Action::Update)
    );

    let stranger = elsewhere.provider_admin().await;
    let not_found = Err(Error::NotFound {
        resource: Resource::Enterprise,
    });
    assert_eq!(membership::remove(&stranger, backend, slug, id).await, not_found);
    let no_member = Err(Error::NotFound {
        resource: Resource::Membership,
    });
    for id in [id, nobody()] {
        let by_their_own = membership::remove(&stranger, backend, elsewhere.slug(), id).await;
        assert_eq!(by_their_own, no_member, "a role of another enterprise is not there");
    }
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 0);
}

pub(crate) fn forbidden_error(action: Action) -> Option<Error> {
    Some(Error::Forbidden {
        action,
        resource: Resource::Membership,
    })
}
