//! Tokens: made with a password, refreshed a minute before they end, by one request at a time for each profile.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::CarrierProfileId;
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::{
    client::{Call, Client},
    scope_of,
    wire::number,
};
use crate::{
    carriers::{Access, CarrierError},
    crypto::Secret,
};

const SIGN_IN: &str = "/v2/tokens";
/// How older servers sign in.
const OLD_SIGN_IN: &str = "/oauth2/token/";
/// How long before its end a token is refreshed.
const EARLY: i64 = 60;
/// How long a token is taken to last whose end is not told, in seconds.
const UNTOLD: i64 = 600;
/// The longest time that a token is believed to last, in seconds: what a carrier writes must not overflow a date.
const LONGEST: i64 = 30 * 24 * 60 * 60;

struct Token {
    access: Secret,
    refresh: Option<Secret>,
    renew_at: DateTime<Utc>,
    /// Of which credentials.
    stamp: i64,
}

type Held = Arc<tokio::sync::Mutex<Option<Token>>>;

/// The tokens of all profiles.
#[derive(Default)]
pub(super) struct Tokens {
    held: Mutex<HashMap<CarrierProfileId, Held>>,
}

impl Tokens {
    /// A token that works, as far as we know: not `spoiled`, and not near its end.
    pub(super) async fn get(
        &self,
        client: &Client,
        access: &Access,
        spoiled: Option<&Secret>,
    ) -> Result<Secret, CarrierError> {
        let held = self.of(access.profile);
        // Whoever comes meanwhile waits here, and finds the token that was made.
        let mut held = held.lock().await;
        let refresh = match held.as_ref().filter(|token| token.stamp == access.stamp) {
            Some(token) if token.renew_at > client.timing.now() && !is(&token.access, spoiled) => {
                return Ok(token.access.clone());
            }
            Some(token) => token.refresh.clone(),
            None => None,
        };
        let refreshed = match refresh {
            Some(refresh) => match ask(client, access, &refreshing(access, &refresh)?).await {
                // It has ended too, or was used already.
                Err(CarrierError::Auth { .. }) => None,
                other => Some(other?),
            },
            None => None,
        };
        let answer = match refreshed {
            Some(answer) => answer,
            None => ask(client, access, &with_password(access)?).await?,
        };
        let token = token_of(&answer, access.stamp, client.timing.now())?;
        let bearer = token.access.clone();
        *held = Some(token);
        Ok(bearer)
    }

    /// Signs in with the password and answers with what the carrier said.
    pub(super) async fn sign_in_anew(&self, client: &Client, access: &Access) -> Result<Value, CarrierError> {
        let held = self.of(access.profile);
        let mut held = held.lock().await;
        let answer = ask(client, access, &with_password(access)?).await?;
        *held = Some(token_of(&answer, access.stamp, client.timing.now())?);
        Ok(answer)
    }

    fn of(&self, profile: CarrierProfileId) -> Held {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(held.entry(profile).or_default())
    }
}

fn is(token: &Secret, spoiled: Option<&Secret>) -> bool {
    spoiled.is_some_and(|spoiled| spoiled.expose_secret() == token.expose_secret())
}

fn credential<'a>(access: &'a Access, field: &str) -> Result<&'a str, CarrierError> {
    access.credential(field).ok_or(CarrierError::NoCredentials)
}

fn with_password(access: &Access) -> Result<Value, CarrierError> {
    Ok(json!({
        "grant_type": "password",
        "client_id": credential(access, "client_id")?,
        "client_secret": credential(access, "client_secret")?,
        "username": credential(access, "username")?,
        "password": credential(access, "password")?,
    }))
}

fn refreshing(access: &Access, refresh: &Secret) -> Result<Value, CarrierError> {
    Ok(json!({
        "grant_type": "refresh_token",
        "client_id": credential(access, "client_id")?,
        "client_secret": credential(access, "client_secret")?,
        "refresh_token": refresh.expose_secret(),
    }))
}

async fn ask(client: &Client, access: &Access, body: &Value) -> Result<Value, CarrierError> {
    let host = access.host()?;
    let answer = match client.ask(&host, &Call::write(Method::POST, SIGN_IN, body)).await {
        Err(CarrierError::NotFound) => client.ask(&host, &Call::write(Method::POST, OLD_SIGN_IN, body)).await?,
        other => other?,
    };
    answer.json()
}

fn token_of(answer: &Value, stamp: i64, now: DateTime<Utc>) -> Result<Token, CarrierError> {
    scope_of(answer)?;
    let access = answer["access_token"].as_str().ok_or(CarrierError::Protocol)?;
    let lasts = number(&answer["expires_in"])
        .filter(|seconds| *seconds > 0)
        .map_or(UNTOLD, |seconds| seconds.min(LONGEST));
    Ok(Token {
        access: Secret::from(access),
        refresh: answer["refresh_token"].as_str().map(Secret::from),
        renew_at: now + TimeDelta::seconds(std::cmp::max(lasts - EARLY, lasts / 2)),
        stamp,
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(json!(3600), 3540)]
    #[case(json!("3600"), 3540)]
    #[case(json!(60), 30)]
    #[case(json!(null), 540)]
    #[case(json!(i64::MAX), LONGEST - 60)]
    fn a_token_is_renewed_before_it_ends(#[case] lasts: Value, #[case] expected: i64) {
        let now = DateTime::UNIX_EPOCH;
        let answer = json!({ "access_token": "t", "scope": "Reseller", "expires_in": lasts });
        let token = token_of(&answer, 1, now).unwrap();
        assert_eq!((token.renew_at - now).num_seconds(), expected);
    }

    #[test]
    fn a_scope_that_asks_for_a_second_factor_is_told() {
        let answer = json!({ "access_token": "t", "scope": "MFA Required" });
        let error = token_of(&answer, 1, DateTime::UNIX_EPOCH).err();
        assert_eq!(error, Some(CarrierError::Auth { mfa: true }));
    }
}
