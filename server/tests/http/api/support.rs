//! Scripts that ask the API.

use axum::body::Body;
use backend::{
    context::OpContext,
    services::api_token,
    testing::{TestEnterprise, TestPortal},
};
use domain::{access::Role, api_token::ApiTokenInput, enterprise::EnterpriseSlug};
use http::{Method, header};
use serde_json::Value;

use crate::support::{Answer, TestServer, request};

/// The address of something of the enterprise that tests ask about.
pub(super) fn of_clinic(path: &str) -> String {
    format!("/api/v1/enterprises/alder-clinics/{path}")
}

/// A new token of whoever asks, that may be `role` at most.
pub(super) async fn token(portal: &TestPortal, ctx: &OpContext, role: Role) -> String {
    token_at(portal, ctx, None, role).await
}

/// The same, that reaches only that enterprise.
pub(super) async fn token_at(
    portal: &TestPortal,
    ctx: &OpContext,
    enterprise: Option<&EnterpriseSlug>,
    role: Role,
) -> String {
    let input = ApiTokenInput {
        name: "Script".to_owned(),
        enterprise: enterprise.cloned(),
        role: Some(role),
        days: 1,
    };
    api_token::create(ctx, portal.backend(), &input).await.unwrap().secret
}

/// A script with a token.
pub(super) struct Script<'s> {
    server: &'s TestServer,
    token: Option<String>,
}

impl<'s> Script<'s> {
    /// One without a token.
    pub(super) fn without_token(server: &'s TestServer) -> Self {
        Self { server, token: None }
    }

    /// One that sends this token.
    pub(super) fn with(server: &'s TestServer, token: String) -> Self {
        Self {
            server,
            token: Some(token),
        }
    }

    /// One of somebody who runs the provider.
    pub(super) async fn of_provider(server: &'s TestServer) -> Self {
        let provider = server.portal.provider_admin().await;
        Self::with(server, token(&server.portal, &provider, Role::ProviderAdmin).await)
    }

    /// One of an admin of the enterprise.
    pub(super) async fn of_admin(server: &'s TestServer, clinic: &TestEnterprise) -> Self {
        let token = token(&server.portal, &clinic.admin().await, Role::EnterpriseAdmin).await;
        Self::with(server, token)
    }

    /// Sends a request with these headers; with a body as JSON, if there is one.
    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&'static str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        let content = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let mut asked = request(method, path, content);
        if body.is_some() {
            let kind = "application/json".parse().unwrap();
            asked.headers_mut().insert(header::CONTENT_TYPE, kind);
        }
        self.add_token(asked.headers_mut());
        for (name, value) in headers {
            asked.headers_mut().insert(*name, value.parse().unwrap());
        }
        self.server.browser().send(asked).await
    }

    /// Adds the token to a request that the test makes itself.
    pub(super) fn add_token(&self, headers: &mut http::HeaderMap) {
        if let Some(token) = &self.token {
            let value = format!("Bearer {token}").parse().unwrap();
            headers.insert(header::AUTHORIZATION, value);
        }
    }

    /// Reads.
    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None).await
    }

    /// Posts JSON.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, &[], Some(body)).await
    }

    /// Puts JSON over what was read as `tag`.
    pub(super) async fn put(&self, path: &str, tag: &str, body: &Value) -> Answer {
        self.send(Method::PUT, path, &[("if-match", tag)], Some(body)).await
    }

    /// Deletes what was read as `tag`.
    pub(super) async fn delete(&self, path: &str, tag: &str) -> Answer {
        self.send(Method::DELETE, path, &[("if-match", tag)], None).await
    }
}

/// The body of an answer.
pub(super) fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

/// Expects a problem of that status and code; gives its body.
pub(super) fn problem(answer: &Answer, status: u16, code: &str) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let body = json(answer);
    assert_eq!(body["type"], "about:blank");
    assert_eq!(body["status"], status);
    assert_eq!(body["code"], code, "{body}");
    assert!(body["title"].is_string() && body["detail"].is_string(), "{body}");
    body
}
