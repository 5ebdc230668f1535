//! One request: signed in, at the host's pace, within a time limit, without following anybody elsewhere.

use std::{
    collections::HashMap,
    error::Error,
    io,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use domain::carrier_profile::CarrierHost;
use reqwest::{Method, Response, StatusCode, header::RETRY_AFTER, redirect::Policy};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::{API_KEY, tokens::Tokens};
use crate::{
    carriers::{
        Access, CarrierError, CarrierSettings, Timing,
        pace::Pace,
        resolver::{OnlyPrivate, Resolver},
    },
    crypto::Secret,
};

/// Larger than any answer of use that is read as a whole; a list has some 500 bytes for each subscription.
const LARGEST: usize = 32 * 1024 * 1024;
/// How long an answer may take that is read as it comes; each part of it has the time of a request.
const LONG: Duration = Duration::from_secs(300);
/// How many refusals in a row are a host that refuses everything, and not credentials that may not do this.
const STORM: u32 = 3;
/// For how long such a host is left alone.
const STORM_PAUSE: Duration = Duration::from_secs(60);

/// What to ask.
pub(super) struct Call<'c> {
    method: Method,
    /// Below `/ns-api`.
    path: &'c str,
    body: Option<&'c Value>,
    /// How long it may take, where that is longer than others may.
    longest: Option<Duration>,
}

impl<'c> Call<'c> {
    pub(super) fn read(path: &'c str) -> Self {
        Self {
            method: Method::GET,
            path,
            body: None,
            longest: None,
        }
    }

    /// A read whose answer may be long; for [`Client::open`].
    pub(super) fn read_long(path: &'c str) -> Self {
        Self {
            longest: Some(LONG),
            ..Self::read(path)
        }
    }

    pub(super) fn write(method: Method, path: &'c str, body: &'c Value) -> Self {
        Self {
            method,
            path,
            body: Some(body),
            longest: None,
        }
    }
}

/// What was answered.
pub(super) struct Answer {
    body: Vec<u8>,
}

impl Answer {
    /// The body, read as JSON.
    pub(super) fn json(&self) -> Result<Value, CarrierError> {
        serde_json::from_slice(&self.body).map_err(|_| CarrierError::Protocol)
    }
}

/// An answer that is read as it comes.
pub(super) struct LongAnswer {
    response: Response,
    patience: Duration,
}

impl LongAnswer {
    /// The next part; none after the last one.
    pub(super) async fn part(&mut self) -> Result<Option<Vec<u8>>, CarrierError> {
        let part = tokio::time::timeout(self.patience, self.response.chunk()).await;
        let part = part.map_err(|_| CarrierError::Transient)?;
        let part = part.map_err(|error| failure(&error))?;
        Ok(part.map(|part| part.to_vec()))
    }
}

/// Talks to any number of hosts.
pub(super) struct Client {
    http: reqwest::Client,
    settings: CarrierSettings,
    pub(super) timing: Timing,
    pace: Pace,
    tokens: Tokens,
    /// How often each host has refused in a row.
    refusals: Mutex<HashMap<String, u32>>,
}

impl Client {
    pub(super) fn new(settings: &CarrierSettings, timing: &Timing) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .user_agent(concat!("messaging-portal/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .no_proxy()
            .timeout(settings.request_time)
            .connect_timeout(settings.request_time)
            .dns_resolver(std::sync::Arc::new(Resolver::new(settings)))
            .build()?;
        Ok(Self {
            http,
            settings: settings.clone(),
            timing: timing.clone(),
            pace: Pace::default(),
            tokens: Tokens::default(),
            refusals: Mutex::default(),
        })
    }

    /// Asks, signed in; signs in anew once if the carrier does not know the token any more.
    pub(super) async fn call(&self, access: &Access, call: &Call<'_>) -> Result<Answer, CarrierError> {
        whole(self.answered(access, call).await?).await
    }

    /// The same for an answer that is read as it comes.
    pub(super) async fn open(&self, access: &Access, call: &Call<'_>) -> Result<LongAnswer, CarrierError> {
        Ok(LongAnswer {
            response: self.answered(access, call).await?,
            patience: self.settings.request_time,
        })
    }

    /// Waits for a turn at the host, as changes do; for reads that come one after the other.
    pub(super) async fn turn(&self, access: &Access) -> Result<(), CarrierError> {
        let host = access.host()?;
        self.pace.turn(host.as_str(), &self.timing).await;
        Ok(())
    }

    async fn answered(&self, access: &Access, call: &Call<'_>) -> Result<Response, CarrierError> {
        let host = access.host()?;
        let key = access.credential(API_KEY);
        let bearer = match key {
            Some(key) => Secret::from(key),
            None => self.tokens.get(self, access, None).await?,
        };
        let response = self.send(&host, Some(&bearer), call).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return self.judged(&host, response);
        }
        if key.is_some() {
            return Err(CarrierError::Auth { mfa: false });
        }
        let fresh = self.tokens.get(self, access, Some(&bearer)).await?;
        let response = self.send(&host, Some(&fresh), call).await?;
        if response.status() == StatusCode::UNAUTHORIZED {
            return Err(CarrierError::Auth { mfa: false });
        }
        self.judged(&host, response)
    }

    /// Signs in with the password, whatever token is there; answers with what the carrier said of it.
    pub(super) async fn sign_in_anew(&self, access: &Access) -> Result<Value, CarrierError> {
        self.tokens.sign_in_anew(self, access).await
    }

    /// Asks without being signed in.
    pub(super) async fn ask(&self, host: &CarrierHost, call: &Call<'_>) -> Result<Answer, CarrierError> {
        let response = self.send(host, None, call).await?;
        if matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::BAD_REQUEST) {
            return Err(CarrierError::Auth { mfa: false });
        }
        whole(self.judged(host, response)?).await
    }

    fn address(&self, host: &CarrierHost, path: &str) -> String {
        match self.settings.stand_in.filter(|_| host.is_example()) {
            Some(stand_in) => format!("http://{host}:{}/ns-api{path}", stand_in.port()),
            None => format!("https://{host}/ns-api{path}"),
        }
    }

    async fn send(
        &self,
        host: &CarrierHost,
        bearer: Option<&Secret>,
        call: &Call<'_>,
    ) -> Result<Response, CarrierError> {
        let is_sign_in = bearer.is_none();
        if call.method != Method::GET && !is_sign_in {
            self.pace.turn(host.as_str(), &self.timing).await;
        }
        let mut request = self.http.request(call.method.clone(), self.address(host, call.path));
        if let Some(bearer) = bearer {
            request = request.bearer_auth(bearer.expose_secret());
        }
        if let Some(body) = call.body {
            request = request.json(body);
        }
        if let Some(longest) = call.longest {
            request = request.timeout(longest);
        }
        // Until the answer begins; how long all of it may take is up to the call.
        let begun = tokio::time::timeout(self.settings.request_time, request.send()).await;
        let begun = begun.map_err(|_| CarrierError::Transient)?;
        let response = begun.map_err(|error| failure(&error))?;
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            let after = response
                .headers()
                .get(RETRY_AFTER)
                .and_then(|value| value.to_str().ok()?.parse().ok());
            return Err(CarrierError::RateLimited {
                after: after.map(Duration::from_secs),
            });
        }
        Ok(response)
    }

    /// The answer, if it is a success.
    fn judged(&self, host: &CarrierHost, response: Response) -> Result<Response, CarrierError> {
        let refused = self.count(host, response.status() == StatusCode::FORBIDDEN);
        match response.status().as_u16() {
            200..=299 => Ok(response),
            400 | 422 => Err(CarrierError::Invalid),
            // An operator's limiter refuses everything for a while.
            403 if refused >= STORM => Err(CarrierError::RateLimited {
                after: Some(STORM_PAUSE),
            }),
            403 => Err(CarrierError::Forbidden),
            404 => Err(CarrierError::NotFound),
            409 => Err(CarrierError::Conflict),
            500..=599 => Err(CarrierError::Transient),
            _ => Err(CarrierError::Protocol),
        }
    }

    /// How often the host has refused in a row by now.
    fn count(&self, host: &CarrierHost, refused: bool) -> u32 {
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        if !refused {
            refusals.remove(host.as_str());
            return 0;
        }
        let count = refusals.entry(host.as_str().to_owned()).or_default();
        *count = count.saturating_add(1);
        *count
    }
}

/// Reads an answer to its end.
async fn whole(mut response: Response) -> Result<Answer, CarrierError> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| failure(&error))? {
        if body.len() + part.len() > LARGEST {
            return Err(CarrierError::Protocol);
        }
        body.extend_from_slice(&part);
    }
    Ok(Answer { body })
}

/// Why nothing was answered. What the libraries say of it stays out of what people read.
fn failure(error: &reqwest::Error) -> CarrierError {
    if !error.is_connect() {
        return CarrierError::Transient;
    }
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    let mut found = CarrierError::Unreachable;
    while let Some(current) = cause {
        if current.is::<OnlyPrivate>() {
            return CarrierError::PrivateHost;
        }
        // What TLS finds fault with comes as data that is not valid.
        if let Some(error) = current.downcast_ref::<io::Error>() {
            match error.kind() {
                io::ErrorKind::InvalidData => found = CarrierError::Tls,
                io::ErrorKind::TimedOut | io::ErrorKind::ConnectionReset => found = CarrierError::Transient,
                _ => {}
            }
        }
        cause = current.source();
    }
    found
}
