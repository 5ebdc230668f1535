//! The brake on guessing passwords, as whoever signs in meets it.

use std::net::IpAddr;

use backend::{
    context::OpContext,
    services::{
        account::{self, NewAccount},
        session,
    },
    testing::{Engine, TestPortal, anonymous},
};
use chrono::TimeDelta;
use domain::error::Error;

const EMAIL: &str = "ada@company.example";

async fn ada(portal: &TestPortal) -> String {
    let new = NewAccount {
        email: EMAIL.to_owned(),
        display_name: "Ada Brandt".to_owned(),
        at: None,
    };
    account::create(&portal.system(), portal.backend(), &new).await.unwrap()
}

fn from(address: [u8; 4]) -> OpContext {
    OpContext {
        peer: Some(IpAddr::from(address)),
        ..anonymous()
    }
}

async fn sign_in(portal: &TestPortal, ctx: &OpContext, email: &str, password: &str) -> Result<(), Error> {
    session::sign_in(ctx, portal.backend(), email, password).await.map(drop)
}

#[tokio::test]
async fn after_too_many_tries_even_the_right_password_has_to_wait() {
    let portal = TestPortal::open(Engine::Sqlite).await;
    let password = ada(&portal).await;
    let mut ctx = from([192, 0, 2, 1]);
    for _ in 0..5 {
        let answer = sign_in(&portal, &ctx, EMAIL, "wrong").await;
        assert!(matches!(answer, Err(Error::Invalid { .. })), "{answer:?}");
    }
    let wait = Error::TooManyRequests { seconds: 10 };
    assert_eq!(wait.to_string(), "Too many tries. Wait 10 seconds, then try again.");
    assert_eq!(sign_in(&portal, &ctx, EMAIL, &password).await, Err(wait.clone()));
    assert_eq!(
        sign_in(&portal, &from([192, 0, 2, 99]), "ADA@company.example", &password).await,
        Err(wait)
    );

    ctx.now += TimeDelta::seconds(10);
    assert_eq!(sign_in(&portal, &ctx, EMAIL, &password).await, Ok(()));
    for _ in 0..5 {
        sign_in(&portal, &ctx, EMAIL, "wrong").await.unwrap_err();
    }
    assert!(matches!(
        sign_in(&portal, &ctx, EMAIL, &password).await,
        Err(Error::TooManyRequests { .. })
    ));
}

/// Whoever waits cannot tell from it whether the account exists.
#[tokio::test]
async fn an_account_that_does_not_exist_has_the_same_brake() {
    let portal = TestPortal::open(Engine::Sqlite).await;
    ada(&portal).await;
    for email in [EMAIL, "nobody@company.example"] {
        let ctx = anonymous();
        let mut answers = Vec::new();
        for _ in 0..6 {
            answers.push(sign_in(&portal, &ctx, email, "wrong").await.unwrap_err());
        }
        assert_eq!(answers[5], Error::TooManyRequests { seconds: 10 }, "{email}");
        assert!(
            answers[..5]
                .iter()
                .all(|answer| matches!(answer, Error::Invalid { .. })),
            "{email}"
        );
    }
}

/// Tries that run side by side count as much as tries one after the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guessing_side_by_side_is_no_way_around() {
    let portal = TestPortal::open(Engine::Sqlite).await;
    ada(&portal).await;
    let ctx = anonymous();
    let tries: Vec<_> = (0..40)
        .map(|n| {
            let (backend, ctx) = (portal.backend().clone(), ctx.clone());
            tokio::spawn(async move { session::sign_in(&ctx, &backend, EMAIL, &format!("guess {n}")).await })
        })
        .collect();
    let mut judged = 0;
    for guess in tries {
        match guess.await.unwrap() {
            Err(Error::Invalid { .. }) => judged += 1,
            Err(Error::TooManyRequests { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(judged, 5, "only the free tries are judged");
}

/// A whole office that signs in at nine is not taken for somebody who guesses.
#[tokio::test]
async fn signing_in_costs_an_address_nothing() {
    let portal = TestPortal::open(Engine::Sqlite).await;
    let password = ada(&portal).await;
    let ctx = from([192, 0, 2, 1]);
    for _ in 0..35 {
        assert_eq!(sign_in(&portal, &ctx, EMAIL, &password).await, Ok(()));
    }
}
