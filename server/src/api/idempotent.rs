//! `Idempotency-Key`: a POST that is sent again gets the answer of the first time. Answers that tell of a fault of ours
//! are not kept, so what failed by one can be tried again.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::services::idempotency::{self, Answer, Begun};
use domain::enterprise::EnterpriseSlug;
use http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts};
use sha2::{Digest, Sha256};

use super::{
    asked::{Asker, parameter},
    gate::{Longest, bearer},
    problem::Problem,
};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const KEY_MAX: usize = 255;
/// The headers that belong to an answer.
static KEPT: [HeaderName; 4] = [
    header::CONTENT_TYPE,
    header::ETAG,
    header::LOCATION,
    header::RETRY_AFTER,
];

/// Says of an answer that it holds a secret, which is told this once. It is not kept: whoever sends the request again has
/// it carried out again, and what was told before is void.
#[derive(Clone, Copy, Debug)]
pub(super) struct ToldOnce;

/// Carries a request out once, however often it is sent. What is about no enterprise is about the provider.
pub(super) async fn once(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let enterprise: Option<EnterpriseSlug> = parameter(&mut parts, &(), "enterprise").await;
    let given = parts
        .headers
        .get(&KEY)
        .filter(|_| parts.method == Method::POST)
        .cloned();
    let asker = parts.extensions.get::<Asker>().cloned();
    let longest = parts.extensions.get::<Longest>().copied();
    let (Some(given), Some(asker), Some(Longest(longest))) = (given, asker, longest) else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let Some(key) = key_of(&given) else {
        let detail = format!("An idempotency key is 1 to {KEY_MAX} visible characters of ASCII.");
        return Problem::new(StatusCode::BAD_REQUEST, "bad_request", detail).into_response();
    };
    // It was read as a whole before, and is not too large.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let hash = request_hash(&parts, &body);
    let Asker { op, backend } = &asker;
    match idempotency::begin(op, backend, enterprise.as_ref(), &key, &hash, longest).await {
        Ok(Begun::New) => {
            let response = next.run(Request::from_parts(parts, Body::from(body))).await;
            finish(&asker, &key, response).await
        }
        Ok(Begun::Replay(answer)) => replay(answer),
        Ok(Begun::InFlight) => {
            let detail = "The first request with this key is still being answered. Try again in a moment.";
            Problem::new(StatusCode::CONFLICT, "in_flight", detail).into_response()
        }
        Ok(Begun::Taken) => {
            let detail = "This key stands for another request. Use a new key for each.";
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "key_taken", detail).into_response()
        }
        Err(error) => Problem::from(error).into_response(),
    }
}

fn key_of(value: &HeaderValue) -> Option<String> {
    let key = value.to_str().ok()?;
    let usable = (1..=KEY_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    usable.then(|| key.to_owned())
}

/// What makes two requests the same. The token is in it so that nobody who reads the database can try out what a body with
/// a credential was.
fn request_hash(parts: &Parts, body: &[u8]) -> Vec<u8> {
    let address = parts.uri.path_and_query().map_or("/", |address| address.as_str());
    let mut hash = Sha256::new();
    hash.update(bearer(&parts.headers).unwrap_or_default().as_bytes());
    hash.update(b"\n");
    hash.update(address.as_bytes());
    // No address has a line break in it.
    hash.update(b"\n");
    hash.update(body);
    hash.finalize().to_vec()
}

/// Keeps the answer, or frees the key if it tells of a fault of ours or a secret. When that fails, the answer is given all
/// the same: what was asked for is done.
async fn finish(asker: &Asker, key: &str, response: Response) -> Response {
    let Asker { op, backend } = asker;
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let is_told_once = parts.extensions.get::<ToldOnce>().is_some();
    let kept = if is_told_once || parts.status.is_server_error() {
        idempotency::give_up(op, backend, key).await
    } else {
        let told = KEPT.iter().filter_map(|name| {
            let value = parts.headers.get(name)?.to_str().ok()?;
            Some((name.as_str(), value))
        });
        let answer = Answer {
            status: parts.status.as_u16(),
            headers: serde_json::to_string(&told.collect::<Vec<_>>()).unwrap_or_default(),
            body: body.to_vec(),
        };
        idempotency::keep(op, backend, key, answer).await
    };
    if let Err(error) = kept {
        tracing::warn!(request_id = %op.request_id, %error, "an answer could not be kept under its idempotency key");
    }
    Response::from_parts(parts, Body::from(body))
}

fn replay(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, answer.body).into_response();
    let told: Vec<(String, String)> = serde_json::from_str(&answer.headers).unwrap_or_default();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    for (name, value) in told {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    response
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("018f3c1e-0000-7000-8000-000000000001", true)]
    #[case("", false)]
    #[case("two words", false)]
    #[case("schlüssel", false)]
    fn a_key_is_visible_ascii(#[case] key: &str, #[case] usable: bool) {
        let value = HeaderValue::from_bytes(key.as_bytes()).unwrap();
        assert_eq!(key_of(&value).is_some(), usable);
    }
}
