//! Tasks that a script has started with a token.

use std::sync::Arc;

use backend::{
    context::{Actor, OpContext},
    jobs::Runner,
    services::{api_token, audit, task},
    testing::{Engine, TestPortal, anonymous},
};
use domain::{access::Role, api_token::ApiTokenInput, table::TableQuery};
use rstest::rstest;

/// Also when the token was revoked before the work began.
#[rstest]
#[tokio::test]
async fn what_a_sync_publishes_is_written_down_with_the_name_of_the_token(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.group("Front Desk", ada).insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let input = ApiTokenInput {
        name: "Nightly sync".to_owned(),
        enterprise: None,
        role: Some(Role::EnterpriseAdmin),
        days: 1,
    };
    let token = api_token::create(&admin, backend, &input).await.unwrap();
    let asks = api_token::authenticate(&anonymous(), backend, &token.secret)
        .await
        .unwrap();
    let script = OpContext {
        actor: Actor::Account(Arc::new(asks)),
        ..anonymous()
    };
    task::start_sync(&script, backend, slug).await.unwrap();
    api_token::revoke(&admin, backend, token.row.id).await.unwrap();

    assert_eq!(Runner::new(backend).work_off().await.unwrap(), 1);

    let log = audit::list(&admin, backend, slug, &TableQuery::default())
        .await
        .unwrap();
    let published = log.rows.iter().find(|row| row.resource == "config_snapshot").unwrap();
    let expected = format!("{} (token Nightly sync)", admin.account().unwrap().email);
    assert_eq!(published.actor, expected);
}
