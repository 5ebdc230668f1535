//! Accounts, as the command line makes them.

use backend::{
    services::{
        account::{self, NewAccount},
        audit,
        demo_data::{self, DemoSize, Filled},
        session,
    },
    testing::{Engine, TestPortal, anonymous},
};
use domain::{access::Role, enterprise::EnterpriseSlug, error::Error};
use rstest::rstest;

use crate::support::fields;

fn provider_admin(email: &str) -> NewAccount {
    NewAccount {
        email: email.to_owned(),
        display_name: "Ada Brandt".to_owned(),
        at: None,
    }
}

#[rstest]
#[tokio::test]
async fn a_new_account_signs_in_with_its_one_time_password(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    assert_eq!(account::any(&portal.system(), portal.backend()).await, Ok(false));
    let new = NewAccount {
        at: Some((clinic.slug().clone(), Role::EnterpriseViewer)),
        ..provider_admin(" Ada@Company.Example ")
    };

    let password = account::create(&portal.system(), portal.backend(), &new).await.unwrap();

    let ada = session::sign_in(&anonymous(), portal.backend(), "ada@company.example", &password)
        .await
        .unwrap();
    assert_eq!(
        (ada.email.as_str(), ada.display_name.as_str()),
        ("ada@company.example", "Ada Brandt")
    );
    let signed_in = session::actor(&anonymous(), portal.backend(), ada.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(signed_in.grants.len(), 1);
    assert_eq!(account::any(&portal.system(), portal.backend()).await, Ok(true));
    let stored = format!("SELECT COUNT(*) FROM account WHERE password_hash LIKE '%{password}%'");
    assert_eq!(portal.number(&stored).await, 0);
}

/// What the log of the provider or of an enterprise tells of accounts, and by whom.
async fn told(portal: &TestPortal, action: &str, of_enterprise: bool) -> i64 {
    let there = if of_enterprise { "NOT NULL" } else { "NULL" };
    let entries = format!(
        "SELECT COUNT(*) FROM audit_event WHERE resource = 'membership' AND action = '{action}' \
         AND enterprise_id IS {there} AND provider_id IS NOT NULL AND actor = 'test' AND subject = 'Ada Brandt'"
    );
    portal.number(&entries).await
}

#[rstest]
#[tokio::test]
async fn a_new_account_is_in_the_log_of_what_it_has_a_role_at(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (system, backend) = (portal.system(), portal.backend());
    let new = provider_admin("ada@company.example");
    let password = account::create(&system, backend, &new).await.unwrap();
    assert_eq!(
        (
            told(&portal, "create", false).await,
            told(&portal, "create", true).await
        ),
        (1, 0)
    );
    let at = NewAccount {
        at: Some((clinic.slug().clone(), Role::EnterpriseAdmin)),
        ..provider_admin("bo@company.example")
    };
    account::create(&system, backend, &at).await.unwrap();
    assert_eq!(told(&portal, "create", true).await, 1);
    let holds = format!("SELECT COUNT(*) FROM audit_event WHERE after LIKE '%{password}%'");
    assert_eq!(portal.number(&holds).await, 0);
    let verified = audit::verify(&system, backend).await.unwrap();
    assert!(verified.iter().all(|report| report.flaws.is_empty()));
}

#[rstest]
#[tokio::test]
async fn a_reset_replaces_the_password_and_is_in_the_log_of_each_role(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let (system, backend) = (portal.system(), portal.backend());
    let email = "ada@company.example";
    let old = account::create(&system, backend, &provider_admin(email)).await.unwrap();

    let new = account::reset_password(&system, backend, " ADA@company.example ")
        .await
        .unwrap();

    let sign_in = async |password: &str| session::sign_in(&anonymous(), backend, email, password).await;
    assert_eq!(fields(sign_in(&old).await), ["email"]);
    assert_eq!(sign_in(&new).await.unwrap().email.as_str(), email);
    assert_eq!(
        (
            told(&portal, "update", false).await,
            told(&portal, "update", true).await
        ),
        (1, 0)
    );
    let holds = format!("SELECT COUNT(*) FROM audit_event WHERE before LIKE '%{new}%' OR after LIKE '%{new}%'");
    assert_eq!(portal.number(&holds).await, 0);
}

#[rstest]
#[tokio::test]
async fn a_reset_is_refused_for_nobody_s_and_disabled_accounts(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let (system, backend) = (portal.system(), portal.backend());
    let email = "ada@company.example";
    account::create(&system, backend, &provider_admin(email)).await.unwrap();
    for address in ["ada", "nobody@company.example"] {
        let refused = account::reset_password(&system, backend, address).await;
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
    }
    portal.execute("UPDATE account SET disabled = true").await.unwrap();
    let disabled = account::reset_password(&system, backend, email).await;
    assert!(matches!(disabled, Err(Error::Conflict(_))), "{disabled:?}");
    assert_eq!(told(&portal, "update", false).await, 0);
}

#[rstest]
#[tokio::test]
async fn an_e_mail_address_has_one_account_however_it_is_written(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let create = |email: &'static str| {
        let portal = &portal;
        async move { account::create(&portal.system(), portal.backend(), &provider_admin(email)).await }
    };
    create("ada@company.example").await.unwrap();
    let again = create("ADA@Company.EXAMPLE").await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    assert_eq!(fields(again), ["email"]);
    assert_eq!(portal.number("SELECT COUNT(*) FROM membership").await, 1);
}

#[rstest]
#[tokio::test]
async fn what_breaks_a_rule_is_told_at_its_field(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let create = |new: NewAccount| {
        let portal = &portal;
        async move { account::create(&portal.system(), portal.backend(), &new).await }
    };
    assert_eq!(fields(create(provider_admin("ada")).await), ["email"]);
    let nameless = NewAccount {
        display_name: " ".to_owned(),
        ..provider_admin("ada@company.example")
    };
    assert_eq!(fields(create(nameless).await), ["display_name"]);
    let nowhere = NewAccount {
        at: Some((
            EnterpriseSlug::parse("no-such-enterprise").unwrap(),
            Role::EnterpriseAdmin,
        )),
        ..provider_admin("ada@company.example")
    };
    assert!(matches!(create(nowhere).await, Err(Error::NotFound { .. })));
    assert_eq!(account::any(&portal.system(), portal.backend()).await, Ok(false));
}

#[rstest]
#[tokio::test]
async fn only_the_program_itself_makes_accounts_and_demo_content(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    for person in [anonymous(), clinic.admin().await, portal.provider_admin().await] {
        let created = account::create(&person, portal.backend(), &provider_admin("ada@company.example")).await;
        assert!(matches!(created, Err(Error::Forbidden { .. })), "{created:?}");
        let reset = account::reset_password(&person, portal.backend(), "ada@company.example").await;
        assert!(matches!(reset, Err(Error::Forbidden { .. })), "{reset:?}");
        let filled = demo_data::fill(&person, portal.backend(), DemoSize::default()).await;
        assert!(matches!(filled, Err(Error::Forbidden { .. })), "{filled:?}");
    }
}

#[rstest]
#[tokio::test]
async fn demo_content_fills_an_empty_database_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let system = portal.system();
    let fill = || demo_data::fill(&system, portal.backend(), DemoSize::default());
    assert_eq!(fill().await, Ok(Filled::Now));
    let groups = portal.number("SELECT COUNT(*) FROM sms_group").await;
    assert_eq!(fill().await, Ok(Filled::Already));
    assert_eq!(portal.number("SELECT COUNT(*) FROM sms_group").await, groups);
    for sign_in in demo_data::SIGN_INS {
        session::sign_in(&anonymous(), portal.backend(), sign_in.email, sign_in.password)
            .await
            .unwrap();
    }
}

#[rstest]
#[tokio::test]
async fn demo_content_never_joins_real_content(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let new = provider_admin("ada@company.example");
    account::create(&portal.system(), portal.backend(), &new).await.unwrap();
    let filled = demo_data::fill(&portal.system(), portal.backend(), DemoSize::default()).await;
    assert_eq!(filled, Ok(Filled::NotEmpty));
    assert_eq!(portal.number("SELECT COUNT(*) FROM enterprise").await, 0);
}
