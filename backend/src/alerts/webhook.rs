//! Calling webhooks: by the rules for the hosts of carriers, within a time limit, without following anybody elsewhere.

use std::{error::Error, sync::Arc, time::Duration};

use domain::alert::WebhookUrl;
use reqwest::{header::CONTENT_TYPE, redirect::Policy};

use super::{Undelivered, signature::Signed};
use crate::carriers::{CarrierSettings, OnlyPrivate, Resolver};

/// How long one request may take.
const TIME: Duration = Duration::from_secs(10);

/// Calls any number of webhooks.
pub(super) struct WebhookClient {
    http: reqwest::Client,
    hosts: CarrierSettings,
}

impl WebhookClient {
    pub(super) fn new(hosts: &CarrierSettings) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .user_agent(concat!("messaging-portal/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .no_proxy()
            .timeout(TIME)
            .connect_timeout(TIME)
            .dns_resolver(Arc::new(Resolver::new(hosts)))
            .build()?;
        Ok(Self {
            http,
            hosts: hosts.clone(),
        })
    }

    /// Sends the body. What the webhook says beyond its status is of no interest.
    pub(super) async fn call(&self, url: &WebhookUrl, signed: &Signed, body: &str) -> Result<(), Undelivered> {
        let request = self
            .http
            .post(self.address(url))
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &signed.id)
            .header("webhook-timestamp", &signed.timestamp)
            .header("webhook-signature", &signed.signature)
            .body(body.to_owned());
        let response = request.send().await.map_err(|error| failure(&error))?;
        if response.status().is_success() {
            return Ok(());
        }
        Err(Undelivered::Status(response.status().as_u16()))
    }

    /// Where to connect to: hosts of examples lead to the stand-in, if there is one.
    fn address(&self, url: &WebhookUrl) -> String {
        match self.hosts.stand_in.filter(|_| url.host().is_example()) {
            Some(stand_in) => format!("http://{}:{}{}", url.host(), stand_in.port(), url.path_and_query()),
            None => url.as_str().to_owned(),
        }
    }
}

/// Why nothing was answered. What the libraries say of it stays out of what people read.
fn failure(error: &reqwest::Error) -> Undelivered {
    if !error.is_connect() {
        return Undelivered::NoAnswer;
    }
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(current) = cause {
        if current.is::<OnlyPrivate>() {
            return Undelivered::PrivateHost;
        }
        cause = current.source();
    }
    Undelivered::Unreachable
}
