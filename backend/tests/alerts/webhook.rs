//! A webhook for tests: it keeps what it is sent and checks signatures as the documentation says.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header::LOCATION},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;
use tokio::net::TcpListener;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) uri: String,
    headers: HeaderMap,
    body: String,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> String {
        self.headers[name].to_str().unwrap().to_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Whether whoever knows the secret has sent it.
    pub(crate) fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        let signed = format!(
            "{}.{}.{}",
            self.header("webhook-id"),
            self.header("webhook-timestamp"),
            self.body
        );
        mac.update(signed.as_bytes());
        let signature = self.header("webhook-signature");
        let signature = STANDARD.decode(signature.strip_prefix("v1,").unwrap()).unwrap();
        mac.verify_slice(&signature).is_ok()
    }
}

/// Clones are the same webhook.
#[derive(Clone)]
pub(crate) struct Webhook {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    status: Arc<Mutex<StatusCode>>,
}

impl Webhook {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let webhook = Self {
            address: listener.local_addr().unwrap(),
            requests: Arc::default(),
            status: Arc::new(Mutex::new(StatusCode::NO_CONTENT)),
        };
        let router = Router::new().fallback(take).with_state(webhook.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        webhook
    }

    /// Everything it was sent.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// Answers so from now on.
    pub(crate) fn answer(&self, status: StatusCode) {
        *self.status.lock().unwrap() = status;
    }
}

async fn take(State(webhook): State<Webhook>, uri: Uri, headers: HeaderMap, body: String) -> Response {
    let request = Request {
        uri: uri.to_string(),
        headers,
        body,
    };
    webhook.requests.lock().unwrap().push(request);
    let status = *webhook.status.lock().unwrap();
    (status, [(LOCATION, "/elsewhere")]).into_response()
}
