//! Signing in and out: one answer to everything that does not fit, and nobody behind an ended account.

use backend::{
    services::{
        account::{self, NewAccount},
        session,
    },
    testing::{Engine, TestPortal, anonymous},
};
use domain::{access::Role, account::PASSWORD_MAX_CHARS, error::Error};
use rstest::rstest;

const EMAIL: &str = "ada@company.example";

/// Makes an admin of a new enterprise; tells the password.
async fn ada(portal: &TestPortal) -> String {
    let clinic = portal.enterprise("alder-clinics").await;
    let new = NewAccount {
        email: EMAIL.to_owned(),
        display_name: "Ada Brandt".to_owned(),
        at: Some((clinic.slug().clone(), Role::EnterpriseAdmin)),
    };
    account::create(&portal.system(), portal.backend(), &new).await.unwrap()
}

async fn sign_in(portal: &TestPortal, email: &str, password: &str) -> Result<(), Error> {
    session::sign_in(&anonymous(), portal.backend(), email, password)
        .await
        .map(drop)
}

#[rstest]
#[tokio::test]
async fn every_sign_in_that_does_not_fit_gets_the_same_answer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let password = ada(&portal).await;
    let wrong = Err(Error::invalid("email", "The e-mail address or the password is wrong."));
    let too_long = "x".repeat(PASSWORD_MAX_CHARS + 1);

    assert_eq!(sign_in(&portal, EMAIL, "wrong").await, wrong);
    assert_eq!(sign_in(&portal, EMAIL, "").await, wrong);
    assert_eq!(sign_in(&portal, EMAIL, &too_long).await, wrong);
    assert_eq!(sign_in(&portal, EMAIL, &format!("{password} ")).await, wrong);
    assert_eq!(sign_in(&portal, EMAIL, &password).await, Ok(()));
    assert_eq!(sign_in(&portal, EMAIL, &password.to_lowercase()).await, wrong);
    assert_eq!(sign_in(&portal, "nobody@company.example", &password).await, wrong);
    assert_eq!(sign_in(&portal, "no address", &password).await, wrong);
    assert_eq!(sign_in(&portal, "ada@company.example\0", &password).await, wrong);
    portal.execute("UPDATE account SET disabled = true").await.unwrap();
    assert_eq!(sign_in(&portal, EMAIL, &password).await, wrong);
    portal
        .execute("UPDATE account SET disabled = false, password_hash = NULL")
        .await
        .unwrap();
    assert_eq!(sign_in(&portal, EMAIL, &password).await, wrong);
}

#[rstest]
#[tokio::test]
async fn signing_in_is_noted_and_failing_is_not(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let password = ada(&portal).await;
    let noted = "SELECT COUNT(*) FROM account WHERE last_signed_in_at IS NOT NULL";
    sign_in(&portal, EMAIL, "wrong").await.unwrap_err();
    assert_eq!(portal.number(noted).await, 0);
    sign_in(&portal, "ADA@company.example ", &password).await.unwrap();
    assert_eq!(portal.number(noted).await, 1);
}

#[rstest]
#[tokio::test]
async fn nobody_is_behind_a_session_of_an_account_that_ended(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let password = ada(&portal).await;
    let ada = session::sign_in(&anonymous(), portal.backend(), EMAIL, &password)
        .await
        .unwrap();
    let actor = || async { session::actor(&anonymous(), portal.backend(), ada.id).await.unwrap() };

    assert_eq!(actor().await.unwrap().account, ada);
    portal.execute("UPDATE account SET disabled = true").await.unwrap();
    assert!(actor().await.is_none());
    portal.execute("UPDATE account SET disabled = false").await.unwrap();
    portal.execute("DELETE FROM membership").await.unwrap();
    assert_eq!(actor().await.unwrap().grants, []);
    portal.execute("DELETE FROM account").await.unwrap();
    assert!(actor().await.is_none());
}

#[rstest]
#[tokio::test]
async fn only_somebody_who_is_signed_in_can_sign_out_everywhere(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let result = session::sign_out_everywhere(&anonymous(), portal.backend()).await;
    assert_eq!(result, Err(Error::SignedOut));
}
