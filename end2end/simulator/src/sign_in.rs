//! Both ways to sign in: keys, and tokens for a password.

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Account, StandIn, Version,
    api::{Problem, account},
    world::Token,
};

pub(crate) fn router() -> Router<StandIn> {
    Router::new()
        .route("/v2/apikeys/~", get(api_key))
        .route("/v2/tokens", post(tokens))
        .route("/oauth2/token/", post(old_tokens))
}

async fn api_key(State(stand_in): State<StandIn>, headers: HeaderMap) -> Result<Json<Value>, Problem> {
    let world = stand_in.world();
    let (account, token) = account(&world, &headers)?;
    if token.is_some() {
        return Err(Problem(StatusCode::NOT_FOUND, "No such key"));
    }
    let scope = match world.switches.version {
        Version::V44 => "scope",
        Version::V45 => "user-scope",
    };
    Ok(Json(json!({
        "description": "Key of the messaging portal",
        "key-id": "nss_standin1",
        scope: account.scope,
        "reseller": account.reseller,
        "domain": account.domain,
    })))
}

async fn tokens(State(stand_in): State<StandIn>, Json(asked): Json<Value>) -> Result<Json<Value>, Problem> {
    if stand_in.world().switches.oauth2_only {
        return Err(Problem(StatusCode::NOT_FOUND, "No Route Found"));
    }
    sign_in(&stand_in, &asked)
}

async fn old_tokens(State(stand_in): State<StandIn>, Json(asked): Json<Value>) -> Result<Json<Value>, Problem> {
    sign_in(&stand_in, &asked)
}

fn sign_in(stand_in: &StandIn, asked: &Value) -> Result<Json<Value>, Problem> {
    let now = stand_in.clock().now();
    let mut world = stand_in.world();
    let field = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
    let account = match field("grant_type").as_str() {
        "password" => world
            .accounts
            .iter()
            .find(|account| {
                account.client_id == field("client_id")
                    && account.client_secret == field("client_secret")
                    && account.username == field("username")
                    && account.password == field("password")
            })
            .cloned(),
        "refresh_token" => world.refresh.remove(&field("refresh_token")),
        _ => return Err(Problem(StatusCode::BAD_REQUEST, "Unknown grant type")),
    };
    let Some(account) = account else {
        return Err(Problem(StatusCode::UNAUTHORIZED, "Invalid credentials"));
    };
    let seconds = world.switches.token_seconds;
    let (access, refresh) = (Uuid::new_v4().simple().to_string(), Uuid::new_v4().simple().to_string());
    let mut answer = signed_in(&account, world.switches.version);
    answer["access_token"] = json!(access);
    answer["refresh_token"] = json!(refresh);
    answer["expires_in"] = json!(seconds);
    world.sign_ins += 1;
    world.refresh.insert(refresh, account.clone());
    let until = now + TimeDelta::seconds(seconds);
    world.tokens.insert(access, Token { account, until });
    Ok(Json(answer))
}

/// What a sign-in tells beside the tokens.
fn signed_in(account: &Account, version: Version) -> Value {
    let user = account.username.split('@').next().unwrap_or_default();
    json!({
        "token_type": "Bearer",
        "client_id": account.client_id,
        "username": account.username,
        "uid": account.username,
        "login": account.username,
        "user": user,
        "user_email": "portal@voice.example",
        "displayName": "Messaging Portal",
        "department": "",
        "scope": account.scope,
        "domain": account.domain,
        "territory": account.reseller,
        "apiversion": match version { Version::V44 => "44.1.0", Version::V45 => "45.0.0" },
    })
}
