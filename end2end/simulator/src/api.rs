//! The routes of NetSapiens that the portal uses. Those of numbers and of signing in are in files of their own.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{delete, get},
};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Account, DateForm, StandIn, Subscription, Version, World, Write, numbers, sign_in, world::Effect};

pub(crate) fn router() -> Router<StandIn> {
    Router::new()
        .route("/v2/subscriptions", get(list).post(create))
        .route("/v2/subscriptions/{id}", delete(remove).put(update).get(read))
        .route("/v2/domains/{domain}/subscriptions", get(list_of_domain))
        .merge(numbers::router())
        .merge(sign_in::router())
}

/// An answer that is no success.
pub(crate) struct Problem(pub(crate) StatusCode, pub(crate) &'static str);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({ "code": self.0.as_u16(), "message": self.1 });
        (self.0, Json(body)).into_response()
    }
}

/// The name of the server that was asked, without its port.
pub(crate) fn host(headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    host.split(':').next().unwrap_or_default().to_ascii_lowercase()
}

/// Who asks; also keys of accounts sign in by themselves.
pub(crate) fn account(world: &World, headers: &HeaderMap) -> Result<(Account, Option<DateTime<Utc>>), Problem> {
    let refused = Problem(StatusCode::UNAUTHORIZED, "Unauthorized");
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let Some(bearer) = bearer else { return Err(refused) };
    if let Some(account) = world.accounts.iter().find(|account| account.api_key == bearer) {
        return Ok((account.clone(), None));
    }
    world
        .tokens
        .get(bearer)
        .map(|token| (token.account.clone(), Some(token.until)))
        .ok_or(refused)
}

#[derive(Deserialize)]
pub(crate) struct Paging {
    start: Option<usize>,
    limit: Option<usize>,
}

impl Paging {
    /// From where on, and how many at most.
    pub(crate) fn of(&self, world: &World) -> (usize, usize) {
        if world.switches.ignores_paging {
            return (0, usize::MAX);
        }
        let most = world.switches.most_in_a_page;
        (self.start.unwrap_or(0), self.limit.unwrap_or(most).min(most))
    }
}

async fn list(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    Query(paging): Query<Paging>,
) -> Result<Json<Vec<Value>>, Problem> {
    let world = stand_in.world();
    let (account, _) = account(&world, &headers)?;
    Ok(Json(found(&world, &host(&headers), &account, &paging, |_| true)))
}

async fn list_of_domain(
    State(stand_in): State<StandIn>,
    Path(domain): Path<String>,
    headers: HeaderMap,
    Query(paging): Query<Paging>,
) -> Result<Json<Vec<Value>>, Problem> {
    let world = stand_in.world();
    let (account, _) = account(&world, &headers)?;
    if world.switches.version == Version::V44 {
        return Err(Problem(StatusCode::NOT_FOUND, "No Route Found"));
    }
    let of_domain = |subscription: &Subscription| subscription.domain.eq_ignore_ascii_case(&domain);
    Ok(Json(found(&world, &host(&headers), &account, &paging, of_domain)))
}

fn found(
    world: &World,
    host: &str,
    account: &Account,
    paging: &Paging,
    wanted: impl Fn(&Subscription) -> bool,
) -> Vec<Value> {
    let (start, limit) = paging.of(world);
    let visible = world
        .subscriptions
        .iter()
        .filter(|subscription| subscription.host == host && account.sees(&subscription.domain) && wanted(subscription));
    visible
        .skip(start)
        .take(limit)
        .map(|subscription| shown(world, subscription))
        .collect()
}

async fn read(
    State(stand_in): State<StandIn>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    let world = stand_in.world();
    let (account, _) = account(&world, &headers)?;
    let subscription = visible(&world, &headers, &account, &id)?;
    Ok(Json(shown(&world, subscription)))
}

fn visible<'w>(
    world: &'w World,
    headers: &HeaderMap,
    account: &Account,
    id: &str,
) -> Result<&'w Subscription, Problem> {
    let host = host(headers);
    world
        .subscriptions
        .iter()
        .find(|subscription| subscription.id == id && subscription.host == host && account.sees(&subscription.domain))
        .ok_or(Problem(StatusCode::NOT_FOUND, "Subscription not found"))
}

fn log(world: &mut World, now: DateTime<Utc>, headers: &HeaderMap, method: &str, id: Option<&str>) {
    world.writes.push(Write {
        at: now,
        host: host(headers),
        method: method.to_owned(),
        id: id.map(str::to_owned),
    });
}

async fn create(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    Json(asked): Json<Value>,
) -> Result<Json<Value>, Problem> {
    let now = stand_in.clock().now();
    let mut world = stand_in.world();
    let (account, token) = account(&world, &headers)?;
    log(&mut world, now, &headers, "POST", None);
    let text = |name: &str, default: &str| asked[name].as_str().unwrap_or(default).to_owned();
    let subscription = Subscription {
        id: Uuid::new_v4().simple().to_string(),
        host: host(&headers),
        model: text("model", ""),
        post_url: text("post-url", ""),
        domain: text("domain", "*"),
        reseller: text("reseller", "*"),
        user: text("user", "*"),
        geo: text("subscription-geo-support", "no"),
        created_at: now,
        expires_at: match expiry(&asked)? {
            Some(given) => given,
            // As the real one: what is left of the token, or some twenty years with a key.
            None => token.unwrap_or_else(|| now + TimeDelta::days(world.switches.default_days)),
        },
        status: "pending".to_owned(),
        errors: 0,
        posts: 0,
    };
    if subscription.model.is_empty() || subscription.post_url.is_empty() {
        return Err(Problem(StatusCode::BAD_REQUEST, "model and post-url are required"));
    }
    if !account.sees(&subscription.domain) {
        return Err(Problem(StatusCode::FORBIDDEN, "No access to this domain"));
    }
    let same = |other: &Subscription| {
        other.host == subscription.host
            && other.domain.eq_ignore_ascii_case(&subscription.domain)
            && other.model == subscription.model
            && other.post_url == subscription.post_url
    };
    if world.subscriptions.iter().any(same) {
        return Err(Problem(StatusCode::CONFLICT, "Subscription already exists"));
    }
    let answer = shown(&world, &subscription);
    if world.switches.loses_creations {
        world.later(now, Effect::Create(subscription));
    } else {
        world.subscriptions.push(subscription);
    }
    Ok(Json(answer))
}

async fn update(
    State(stand_in): State<StandIn>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(asked): Json<Value>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let now = stand_in.clock().now();
    let mut world = stand_in.world();
    let (account, _) = account(&world, &headers)?;
    log(&mut world, now, &headers, "PUT", Some(&id));
    if ["domain", "user", "reseller"]
        .iter()
        .any(|fixed| !asked[*fixed].is_null())
    {
        return Err(Problem(StatusCode::BAD_REQUEST, "This cannot be changed"));
    }
    visible(&world, &headers, &account, &id)?;
    let effect = Effect::Update {
        id,
        post_url: asked["post-url"].as_str().map(str::to_owned),
        expires_at: expiry(&asked)?,
    };
    world.later(now, effect);
    Ok(accepted())
}

async fn remove(
    State(stand_in): State<StandIn>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let now = stand_in.clock().now();
    let mut world = stand_in.world();
    let (account, _) = account(&world, &headers)?;
    log(&mut world, now, &headers, "DELETE", Some(&id));
    let domain = visible(&world, &headers, &account, &id)?.domain.clone();
    if world.switches.version == Version::V45 {
        let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
        let fits = |name: &str, value: &str| {
            asked[name]
                .as_str()
                .is_some_and(|given| given.eq_ignore_ascii_case(value))
        };
        if !fits("subscription_id", &id) || !fits("domain", &domain) {
            return Err(Problem(
                StatusCode::BAD_REQUEST,
                "subscription_id and domain are required",
            ));
        }
    }
    world.later(now, Effect::Delete(id));
    Ok(accepted())
}

/// The answer to what takes effect later.
fn accepted() -> (StatusCode, Json<Value>) {
    let status = StatusCode::ACCEPTED;
    (status, Json(json!({ "code": status.as_u16(), "message": "Accepted" })))
}

/// The expiry that a request names.
fn expiry(asked: &Value) -> Result<Option<DateTime<Utc>>, Problem> {
    let Some(text) = asked["subscription-expires-datetime"].as_str() else {
        return Ok(None);
    };
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S")
        .map(|moment| Some(moment.and_utc()))
        .map_err(|_| Problem(StatusCode::BAD_REQUEST, "This is no date"))
}

fn shown(world: &World, subscription: &Subscription) -> Value {
    let date = |moment: DateTime<Utc>| match world.switches.dates {
        DateForm::Bare => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
        DateForm::Iso => moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
    };
    json!({
        "id": subscription.id,
        "model": subscription.model,
        "post-url": subscription.post_url,
        "domain": subscription.domain,
        "reseller": subscription.reseller,
        "user": subscription.user,
        "subscription-geo-support": subscription.geo,
        "subscription-creation-datetime": date(subscription.created_at),
        "subscription-expires-datetime": date(subscription.expires_at),
        "current-active-server": "core1",
        "status": subscription.status,
        "error-count": subscription.errors,
        "posts-count": subscription.posts,
    })
}
