//! NetSapiens and the four carriers that run on it: one adapter, five presets, API v2.
//!
//! Subscriptions are reached by the flat routes only, since those below domains exist from v45 on only. An end is always
//! sent: without one a subscription would end with the token that made it, within the hour.

mod client;
mod dates;
mod numbers;
mod objects;
mod tokens;
mod wire;

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    carrier_profile::{CarrierKind, CredentialField},
    domain_subscription::DomainName,
    error::FieldError,
};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use self::{
    client::{Call, Client},
    wire::list_of,
};
use super::{
    Access, CarrierAdapter, CarrierError, CarrierSettings, RemoteNumber, RemoteSubscription, Removal, Subscription,
    SubscriptionApi, Timing, Wish, plan::MODEL,
};

/// How many subscriptions are asked for at a time.
const PAGE: usize = 100;
/// More pages than any carrier has.
const MOST_PAGES: usize = 500;
const API_KEY: &str = "api_key";
/// The other way to sign in: all of these.
const PASSWORD_FIELDS: [&str; 4] = ["client_id", "client_secret", "username", "password"];

/// The adapter under the name of one of the five carriers.
pub(super) struct NetSapiens {
    kind: CarrierKind,
    client: Arc<Client>,
}

impl NetSapiens {
    /// One for each carrier on NetSapiens; they share connections, tokens and the pace at each host.
    pub(super) fn presets(settings: &CarrierSettings, timing: &Timing) -> Result<Vec<Self>, reqwest::Error> {
        let client = Arc::new(Client::new(settings, timing)?);
        let kinds = CarrierKind::ALL
            .iter()
            .copied()
            .filter(|kind| kind.is_netsapiens_type());
        Ok(kinds
            .map(|kind| Self {
                kind,
                client: Arc::clone(&client),
            })
            .collect())
    }
}

#[async_trait]
impl CarrierAdapter for NetSapiens {
    fn kind(&self) -> CarrierKind {
        self.kind
    }

    fn credential_fields(&self) -> Vec<CredentialField> {
        let field = |name: &str, label: &str, hint: &str| CredentialField {
            name: name.to_owned(),
            label: label.to_owned(),
            hint: hint.to_owned(),
        };
        let other = "Only without an API key.";
        vec![
            field(
                API_KEY,
                "API key",
                "One way to sign in. With a key, leave the other four empty.",
            ),
            field("client_id", "Client ID", "The other way to sign in: fill in all four."),
            field("client_secret", "Client secret", other),
            field("username", "User name", "Of an account without a second factor."),
            field("password", "Password", other),
        ]
    }

    fn check(&self, set: &[&str]) -> Result<(), FieldError> {
        let of_password = PASSWORD_FIELDS.iter().filter(|field| set.contains(*field)).count();
        match (set.contains(&API_KEY), of_password) {
            (true, 0) => Ok(()),
            (false, count) if count == PASSWORD_FIELDS.len() => Ok(()),
            (true, _) => Err(FieldError::new(
                API_KEY,
                "Enter either the API key or the other four, not both.",
            )),
            (false, 0) => Err(FieldError::new(API_KEY, "Enter the API key, or the other four.")),
            (false, _) => {
                let missing = PASSWORD_FIELDS.into_iter().find(|field| !set.contains(field));
                Err(FieldError::new(
                    missing.unwrap_or(API_KEY),
                    "Enter this too: without an API key all four are needed.",
                ))
            }
        }
    }

    async fn verify(&self, access: &Access) -> Result<String, CarrierError> {
        let seen = if access.credential(API_KEY).is_some() {
            let call = Call::read("/v2/apikeys/~");
            self.client.call(access, &call).await?.json()?
        } else {
            self.client.sign_in_anew(access).await?
        };
        let scope = scope_of(&seen)?;
        // Signing in is not yet being allowed to see subscriptions.
        self.client
            .call(access, &Call::read("/v2/subscriptions?limit=1"))
            .await?;
        Ok(told(access, scope, &seen))
    }

    async fn list_numbers(
        &self,
        access: &Access,
        domains: &[DomainName],
        found: mpsc::Sender<Vec<RemoteNumber>>,
    ) -> Result<(), CarrierError> {
        self.all_numbers(access, domains, found).await
    }

    fn subscriptions(&self) -> Option<&dyn SubscriptionApi> {
        Some(self)
    }
}

/// The scope that an answer names: of a token under one name, of a key under another, or under that of tokens too.
fn scope_of(seen: &Value) -> Result<&str, CarrierError> {
    let scope = seen["scope"].as_str().or_else(|| seen["user-scope"].as_str());
    let scope = scope.ok_or(CarrierError::Protocol)?;
    if wants_second_factor(scope) {
        return Err(CarrierError::Auth { mfa: true });
    }
    Ok(scope)
}

fn wants_second_factor(scope: &str) -> bool {
    scope.to_ascii_lowercase().contains("mfa")
}

/// What the credentials may see, as a sentence. What the carrier wrote is shown only where it looks like what it should.
fn told(access: &Access, scope: &str, seen: &Value) -> String {
    let name = |field: &str| {
        let text = seen[field].as_str().filter(|text| !text.is_empty() && *text != "*")?;
        let plain = text.len() <= 64 && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_. ".contains(c));
        (plain && !access.is_in(text)).then(|| text.to_owned())
    };
    let of = |kind: &str, name: Option<String>| name.map_or_else(String::new, |name| format!(" ({kind} {name})"));
    match scope {
        "Super User" => "Signed in as Super User: all domains.".to_owned(),
        "Reseller" => {
            let reseller = name("reseller").or_else(|| name("territory"));
            format!("Signed in as Reseller{}: its domains.", of("reseller", reseller))
        }
        "Office Manager" => format!(
            "Signed in as Office Manager{}: one domain.",
            of("domain", name("domain"))
        ),
        _ => "Signed in with a scope that the portal does not know. It can see subscriptions.".to_owned(),
    }
}

#[async_trait]
impl SubscriptionApi for NetSapiens {
    async fn list(&self, access: &Access) -> Result<Vec<RemoteSubscription>, CarrierError> {
        let mut all: Vec<RemoteSubscription> = Vec::new();
        for _ in 0..MOST_PAGES {
            let path = format!("/v2/subscriptions?start={}&limit={PAGE}", all.len());
            let page = list_of(self.client.call(access, &Call::read(&path)).await?.json()?)?;
            let size = page.len();
            let before = all.len();
            for found in page {
                if !all.iter().any(|other| other.id == found.id) {
                    all.push(found);
                }
            }
            // A server that ignores paging answers with everything each time.
            if size < PAGE || all.len() == before {
                return Ok(all);
            }
        }
        Err(CarrierError::Protocol)
    }

    async fn create(&self, access: &Access, wish: &Wish) -> Result<RemoteSubscription, CarrierError> {
        let mut body = lasting(wish);
        body["model"] = json!(MODEL);
        body["domain"] = json!(wish.domain.as_str());
        let call = Call::write(Method::POST, "/v2/subscriptions", &body);
        let made = list_of(self.client.call(access, &call).await?.json()?)?;
        made.into_iter().next().ok_or(CarrierError::Protocol)
    }

    async fn renew(&self, access: &Access, id: &str, wish: &Wish) -> Result<(), CarrierError> {
        let (path, body) = (one(id)?, lasting(wish));
        let call = Call::write(Method::PUT, &path, &body);
        self.client.call(access, &call).await.map(drop)
    }

    async fn delete(&self, access: &Access, subscription: &Subscription) -> Result<Removal, CarrierError> {
        let path = one(&subscription.id)?;
        let body = json!({ "subscription_id": subscription.id, "domain": subscription.domain.as_str() });
        let call = Call::write(Method::DELETE, &path, &body);
        match self.client.call(access, &call).await {
            Ok(_) => Ok(Removal::Removed),
            Err(CarrierError::NotFound) => Ok(Removal::AlreadyGone),
            Err(error) => Err(error),
        }
    }
}

/// What both creating and renewing send.
fn lasting(wish: &Wish) -> Value {
    json!({
        "post-url": wish.post_url,
        // Left out it would mean no, whatever the documentation says.
        "subscription-geo-support": "yes",
        "subscription-expires-datetime": dates::written(wish.expires_at),
    })
}

/// The address of one subscription. Ids are the carrier's own; what could lead elsewhere is none.
fn one(id: &str) -> Result<String, CarrierError> {
    let plain = !id.is_empty()
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    plain
        .then(|| format!("/v2/subscriptions/{id}"))
        .ok_or(CarrierError::Protocol)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(&["api_key"], None)]
    #[case(&["client_id", "client_secret", "username", "password"], None)]
    #[case(&[], Some("api_key"))]
    #[case(&["api_key", "password"], Some("api_key"))]
    #[case(&["client_id", "username", "password"], Some("client_secret"))]
    fn one_way_to_sign_in_is_whole(#[case] set: &[&str], #[case] wrong: Option<&str>) {
        let presets = NetSapiens::presets(&CarrierSettings::default(), &Timing::system()).unwrap();
        assert_eq!(presets.len(), 5);
        let checked = presets[0].check(set);
        assert_eq!(checked.err().map(|error| error.field).as_deref(), wrong);
    }

    #[rstest]
    #[case("../../v2/tokens")]
    #[case("a/b")]
    #[case("a?b")]
    #[case("")]
    fn an_id_cannot_lead_elsewhere(#[case] id: &str) {
        assert_eq!(one(id), Err(CarrierError::Protocol));
    }
}
