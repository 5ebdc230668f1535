//! What a request to the API passes before its handler: limits of its address, of time and size, then its token.
//!
//! There are no cookies here, so a page of another site can send nothing in anybody's name; and what is signed in with a
//! token here is of no use for pages and server functions, which know only cookies.

use std::{net::IpAddr, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::{
    context::{Actor, OpContext},
    services::api_token,
};
use chrono::Utc;
use domain::{error::Error, ids::RequestId};
use futures_util::FutureExt;
use http::{HeaderMap, StatusCode, header};

use super::{
    asked::Asker,
    problem::Problem,
    rate_limit::{Left, RateLimits},
};
use crate::{
    middleware::{panic, peer, request_id},
    state::AppState,
};

/// What the middleware of the API shares; cloning it is cheap.
#[derive(Clone)]
pub(super) struct Gate {
    state: AppState,
    limits: Arc<RateLimits>,
}

impl Gate {
    pub(super) fn new(state: &AppState) -> Self {
        let limits = state.settings.limits;
        Self {
            state: state.clone(),
            limits: Arc::new(RateLimits::new(limits.api_per_token, limits.api_per_address)),
        }
    }

    fn peer(&self, request: &Request) -> Option<IpAddr> {
        peer::of(request, self.state.settings.trusted_proxy_hops)
    }
}

/// How long the answer to a request may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Longest(pub(super) Duration);

/// Answers for a handler that panicked or takes too long.
pub(super) async fn answer_in_time(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let id = request_id::of(&request);
    let limits = gate.state.settings.limits;
    let longest = if is_about_a_file(request.uri().path()) {
        limits.import_time
    } else {
        limits.request_time
    };
    request.extensions_mut().insert(Longest(longest));
    answered(id, longest, next.run(request)).await
}

/// Whether a file is taken in or checked at that address below `/api`.
fn is_about_a_file(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    parts.next() == Some("v1") && parts.next() == Some("enterprises") && parts.nth(1) == Some("imports")
}

/// The answer of a handler; that of a panic has nothing of its text, which is in the log under the request's id.
async fn answered(id: RequestId, time: Duration, handling: impl Future<Output = Response>) -> Response {
    let handled = AssertUnwindSafe(handling).catch_unwind();
    match tokio::time::timeout(time, handled).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            tracing::error!(request_id = %id, panic = panic::text(panic.as_ref()), "a handler of the API panicked");
            Problem::from(Error::Internal { request_id: id.0 }).into_response()
        }
        Err(_) => {
            tracing::warn!(request_id = %id, "the request to the API took too long");
            Problem::from(Error::Unavailable).into_response()
        }
    }
}

/// Takes the request out of its address's allowance.
pub(super) async fn limit_address(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let most = gate.state.settings.limits.api_per_address;
    match gate.limits.of_address(gate.peer(&request)) {
        Ok(left) => {
            let mut response = next.run(request).await;
            left.tell(response.headers_mut());
            response
        }
        Err(problem) => refused(problem, Left::nothing(false, most)),
    }
}

/// Finds out who asks, from the token alone, and takes the request out of the token's allowance.
pub(super) async fn authenticate(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let op = OpContext {
        actor: Actor::Anonymous,
        request_id: request_id::of(&request),
        now: Utc::now(),
        peer: gate.peer(&request),
    };
    let most = gate.state.settings.limits.api_per_token;
    let asker = match asker(&gate, op, request.headers()).await {
        Ok(asker) => asker,
        Err(problem) => return problem.into_response(),
    };
    let token = asker.op.token().map(|token| token.id);
    let left = match token.map(|token| gate.limits.of_token(token)) {
        Some(Ok(left)) => left,
        Some(Err(problem)) => return refused(problem, Left::nothing(true, most)),
        None => return Problem::from(Error::SignedOut).into_response(),
    };
    request.extensions_mut().insert(asker);
    let mut response = next.run(request).await;
    left.tell(response.headers_mut());
    response
}

async fn asker(gate: &Gate, op: OpContext, headers: &HeaderMap) -> Result<Asker, Problem> {
    let backend = gate.state.backend.clone();
    let secret = bearer(headers).ok_or(Error::SignedOut)?;
    let signed_in = api_token::authenticate(&op, &backend, secret).await?;
    let op = OpContext {
        actor: Actor::Account(Arc::new(signed_in)),
        ..op
    };
    Ok(Asker { op, backend })
}

/// The token of `Authorization: Bearer`; the name of the scheme is read in capital and small letters (RFC 9110, 11.1).
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let (value, None) = (given.next()?, given.next()) else {
        return None;
    };
    let (scheme, secret) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
}

fn refused(problem: Problem, left: Left) -> Response {
    let mut response = problem.into_response();
    left.tell(response.headers_mut());
    response
}

/// Reads the body as a whole, unless it is too large, so that what comes after never waits for it.
pub(super) async fn read_body(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let most = gate.state.settings.limits.body_bytes;
    let (parts, body) = request.into_parts();
    let told = parts.headers.get(header::CONTENT_LENGTH);
    let told: Option<usize> = told.and_then(|length| length.to_str().ok()?.parse().ok());
    let read = match told.filter(|length| *length > most) {
        Some(_) => None,
        None => to_bytes(body, most).await.ok(),
    };
    match read {
        Some(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        None => {
            let detail = format!("A body can have {most} bytes at most.");
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        future::poll_fn,
        io::Write,
        sync::{Mutex, PoisonError},
        task::Poll,
    };

    use http::HeaderValue;
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    /// A log that a test can read.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn what_a_panic_says_is_in_the_log_and_not_in_the_answer() {
        let (log, id) = (Log::default(), RequestId(Uuid::from_u128(17)));
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let kept = tracing::subscriber::set_default(subscriber);
        let panics = poll_fn(|_| -> Poll<Response> { panic!("the password is hunter2") });
        let answer = answered(id, Duration::from_secs(60), panics).await;
        drop(kept);
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("hunter2"));
        let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        let told = |line: &str| line.contains(&id.to_string()) && line.contains("hunter2");
        assert!(log.lines().any(told), "{log}");
    }

    #[rstest]
    #[case("/v1/enterprises/alder-clinics/imports/numbers", true)]
    #[case("/v1/enterprises/alder-clinics/imports/users/7/check", true)]
    #[case("/v1/enterprises/imports/groups", false)]
    #[case("/v1/enterprises/alder-clinics/groups", false)]
    #[case("/", false)]
    fn only_files_have_longer(#[case] path: &str, #[case] expected: bool) {
        assert_eq!(is_about_a_file(path), expected);
    }

    #[rstest]
    #[case(&["Bearer mp_a"], Some("mp_a"))]
    #[case(&["bearer  mp_a"], Some("mp_a"))]
    #[case(&["Basic mp_a"], None)]
    #[case(&["mp_a"], None)]
    #[case(&[], None)]
    #[case(&["Bearer mp_a", "Bearer mp_b"], None)]
    fn a_token_comes_in_one_header(#[case] values: &[&str], #[case] expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        assert_eq!(bearer(&headers), expected);
    }
}
