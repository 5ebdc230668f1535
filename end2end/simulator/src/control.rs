//! The control page and the routes behind it.

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect},
    routing::{get, post},
};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{NumberSeed, Seed, StandIn, Switches};

pub(crate) fn router() -> Router<StandIn> {
    Router::new()
        .route("/", get(page))
        .route("/control/state", get(state))
        .route("/control/switches", get(switches).put(set_switches))
        .route("/control/clock", post(move_clock))
        .route("/control/expire", post(expire))
        .route("/control/seed", post(seed))
        .route("/control/numbers", post(seed_numbers))
        .route("/control/pump", post(pump))
        .route("/inbound/netsapiens", post(take))
}

/// Takes events and forgets them, so that the demo has a receiver.
async fn take(_body: axum::body::Bytes) -> StatusCode {
    StatusCode::OK
}

async fn state(State(stand_in): State<StandIn>) -> Json<Value> {
    let world = stand_in.world();
    Json(json!({
        "now": stand_in.clock().now(),
        "subscriptions": world.subscriptions,
        "writes": world.writes.len(),
        "most_writes_a_second": world.most_writes_a_second(),
        "sign_ins": world.sign_ins,
    }))
}

async fn switches(State(stand_in): State<StandIn>) -> Json<Switches> {
    Json(stand_in.world().switches.clone())
}

async fn set_switches(State(stand_in): State<StandIn>, Json(switches): Json<Switches>) -> StatusCode {
    stand_in.world().switches = switches;
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Moved {
    /// How far forward.
    minutes: i64,
}

async fn move_clock(State(stand_in): State<StandIn>, Form(moved): Form<Moved>) -> Redirect {
    stand_in.clock().advance(TimeDelta::minutes(moved.minutes));
    Redirect::to("/")
}

#[derive(Deserialize)]
struct Chosen {
    /// Every domain without one.
    domain: Option<String>,
}

async fn expire(State(stand_in): State<StandIn>, Query(chosen): Query<Chosen>) -> Redirect {
    let now = stand_in.clock().now();
    stand_in.world().expire(chosen.domain.as_deref(), now);
    Redirect::to("/")
}

async fn seed(State(stand_in): State<StandIn>, Json(seed): Json<Seed>) -> impl IntoResponse {
    let now = stand_in.clock().now();
    let id = stand_in.world().seed(seed, now);
    (StatusCode::CREATED, Json(json!({ "id": id })))
}

/// Adds numbers, and some odd ones after them.
async fn seed_numbers(State(stand_in): State<StandIn>, Json(seed): Json<NumberSeed>) -> StatusCode {
    let mut world = stand_in.world();
    world.seed_numbers(&seed);
    world.seed_odd_numbers(&seed.host, &seed.domain, seed.first + seed.count);
    StatusCode::CREATED
}

async fn pump(State(stand_in): State<StandIn>) -> Json<Value> {
    let taken = stand_in.pump(&reqwest::Client::new()).await;
    Json(json!({ "taken": taken }))
}

async fn page(State(stand_in): State<StandIn>) -> Html<String> {
    let now = stand_in.clock().now();
    let rows: String = stand_in
        .world()
        .subscriptions
        .iter()
        .map(|subscription| {
            let [host, domain, id] =
                [&subscription.host, &subscription.domain, &subscription.id].map(|text| escaped(text));
            let state = if subscription.expires_at > now {
                "lives"
            } else {
                "expired"
            };
            let until = subscription.expires_at.format("%Y-%m-%d %H:%M:%S");
            format!(
                "<tr><td>{host}</td><td>{domain}</td><td>{id}</td><td>{until} ({state})</td><td>{}</td><td>\
                 <form method=\"post\" action=\"/control/expire?domain={domain}\"><button>Expire {domain}</button>\
                 </form></td></tr>",
                subscription.posts
            )
        })
        .collect();
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>NetSapiens stand-in</title>\
         <h1>NetSapiens stand-in</h1><p>Its time is {}.</p>\
         <form method=\"post\" action=\"/control/clock\"><label>Put its clock forward by \
         <input name=\"minutes\" value=\"60\" size=\"6\" inputmode=\"numeric\"> minutes</label> <button>Move</button></form>\
         <form method=\"post\" action=\"/control/expire\"><button>Expire all subscriptions</button></form>\
         <table><caption>Subscriptions</caption><thead><tr><th>Host</th><th>Domain</th><th>Id</th><th>Expires</th>\
         <th>Events sent</th><th>Actions</th></tr></thead><tbody>{rows}</tbody></table>\
         <p>Switches: GET and PUT /control/switches. State: GET /control/state. Events: POST /control/pump. Numbers: POST \
         /control/numbers.</p></html>",
        now.format("%Y-%m-%d %H:%M:%S UTC")
    ))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
