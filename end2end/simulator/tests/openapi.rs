//! Holds the stand-in's answers against the public OpenAPI description of NetSapiens.
//!
//! The description is not part of the project: the test that needs it is asked for with
//! `NETSAPIENS_OPENAPI=/path/to/it.json cargo test --package simulator --test openapi -- --ignored`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails by panicking"
)]

use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, header},
};
use chrono::{DateTime, TimeDelta};
use serde_json::{Value, json};
use simulator::{Account, Clock, NumberSeed, Seed, StandIn};
use tower::ServiceExt;

/// The environment variable with the path of the description.
const DESCRIPTION: &str = "NETSAPIENS_OPENAPI";
const HOST: &str = "a.example";
const KEY: &str = "nss_demo_key";

/// A request, and where the description tells of its answer.
struct Asked {
    method: Method,
    /// As it is asked for.
    path: &'static str,
    /// As the description writes it.
    described: &'static str,
    body: Option<Value>,
    status: u16,
}

fn asked(method: Method, path: &'static str, described: &'static str, body: Option<Value>, status: u16) -> Asked {
    Asked {
        method,
        path,
        described,
        body,
        status,
    }
}

fn subscription() -> Value {
    json!({
        "model": "message",
        "post-url": "https://here.example/x",
        "domain": "new.example",
        "subscription-expires-datetime": "2030-01-31 12:00:00",
    })
}

fn sign_in(password: &str) -> Value {
    let account = Account::default();
    json!({
        "grant_type": "password",
        "client_id": account.client_id,
        "client_secret": account.client_secret,
        "username": account.username,
        "password": password,
    })
}

/// One of everything that the portal asks for, in an order in which it can be answered.
fn everything() -> Vec<Asked> {
    let password = Account::default().password;
    let one = "/subscriptions/{id}";
    let deletion = json!({ "subscription_id": "seeded", "domain": "voice.example" });
    let later = json!({ "subscription-expires-datetime": "2031-01-31 12:00:00" });
    vec![
        asked(Method::GET, "/apikeys/~", "/apikeys/~", None, 200),
        asked(Method::POST, "/tokens", "/tokens", Some(sign_in(&password)), 200),
        asked(Method::POST, "/tokens", "/tokens", Some(sign_in("wrong")), 401),
        asked(Method::GET, "/subscriptions", "/subscriptions", None, 200),
        asked(
            Method::GET,
            "/domains/voice.example/subscriptions",
            "/domains/{domain}/subscriptions",
            None,
            200,
        ),
        asked(
            Method::POST,
            "/subscriptions",
            "/subscriptions",
            Some(subscription()),
            200,
        ),
        asked(
            Method::POST,
            "/subscriptions",
            "/subscriptions",
            Some(subscription()),
            409,
        ),
        asked(Method::GET, "/subscriptions/seeded", one, None, 200),
        asked(Method::PUT, "/subscriptions/seeded", one, Some(later), 202),
        asked(Method::DELETE, "/subscriptions/seeded", one, Some(deletion), 202),
        asked(Method::GET, "/smsnumbers", "/smsnumbers", None, 200),
        asked(
            Method::GET,
            "/domains/voice.example/smsnumbers",
            "/domains/{domain}/smsnumbers",
            None,
            200,
        ),
    ]
}

fn stand_in() -> StandIn {
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let stand_in = StandIn::new(Clock::standing_at(now));
    let mut world = stand_in.world();
    world.accounts.push(Account::default());
    let seed = Seed {
        host: HOST.to_owned(),
        domain: "voice.example".to_owned(),
        post_url: "https://here.example/x".to_owned(),
        days_left: 5,
        id: Some("seeded".to_owned()),
    };
    world.seed(seed, now);
    world.seed_numbers(&NumberSeed {
        host: HOST.to_owned(),
        domain: "voice.example".to_owned(),
        first: 12_065_550_100,
        count: 12,
    });
    drop(world);
    stand_in
}

async fn answer(stand_in: &StandIn, asked: &Asked) -> Value {
    let mut request = Request::builder()
        .method(asked.method.clone())
        .uri(format!("/ns-api/v2{}", asked.path))
        .header(header::HOST, HOST)
        .header(header::AUTHORIZATION, format!("Bearer {KEY}"));
    let body = match &asked.body {
        Some(body) => {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        }
        None => Body::empty(),
    };
    let response = stand_in.router().oneshot(request.body(body).unwrap()).await.unwrap();
    assert_eq!(
        response.status().as_u16(),
        asked.status,
        "{} {}",
        asked.method,
        asked.path
    );
    let bytes = to_bytes(response.into_body(), 1024 * 1024).await.unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// The schema of an answer, with everything of the description that it may refer to.
fn schema(description: &Value, asked: &Asked) -> Value {
    let method = asked.method.as_str().to_lowercase();
    let described = &description["paths"][asked.described][&method]["responses"][asked.status.to_string()];
    let nothing = Value::Null;
    let response = match described["$ref"].as_str() {
        Some(elsewhere) => description
            .pointer(elsewhere.trim_start_matches('#'))
            .unwrap_or(&nothing),
        None => described,
    };
    let mut schema = response["content"]["application/json"]["schema"].clone();
    let Some(fields) = schema.as_object_mut() else {
        panic!(
            "The description tells nothing of {method} {} with {}.",
            asked.described, asked.status
        );
    };
    fields.insert("components".to_owned(), description["components"].clone());
    schema
}

/// What the description finds wrong with an answer.
fn deviations(description: &Value, asked: &Asked, answer: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(&schema(description, asked)).unwrap();
    let found = validator.iter_errors(answer);
    found
        .map(|error| {
            format!(
                "{} {} at {}: {error}",
                asked.method,
                asked.described,
                error.instance_path()
            )
        })
        .collect()
}

#[tokio::test]
#[ignore = "opt-in: needs the public OpenAPI description of NetSapiens, whose path is in NETSAPIENS_OPENAPI"]
async fn every_answer_is_as_the_public_description_says() {
    let Ok(path) = std::env::var(DESCRIPTION) else {
        panic!("{DESCRIPTION} is not set; it must name the file with the description.");
    };
    let description: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let stand_in = stand_in();
    let mut found = Vec::new();
    for asked in everything() {
        let answer = answer(&stand_in, &asked).await;
        let is_empty = answer.as_array().is_some_and(Vec::is_empty);
        assert!(!is_empty, "{}: an empty list proves nothing", asked.path);
        found.extend(deviations(&description, &asked, &answer));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// That the test above can fail.
#[tokio::test]
async fn an_answer_that_deviates_is_found() {
    let number = json!({
        "type": "object",
        "properties": { "number": { "type": "string" }, "mms-capable": { "$ref": "#/components/schemas/Flag" } },
        "required": ["number"],
    });
    let listed = json!({ "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Number" } } });
    let description = json!({
        "paths": { "/smsnumbers": { "get": { "responses": { "200": { "$ref": "#/components/responses/Numbers" } } } } },
        "components": {
            "responses": { "Numbers": { "content": { "application/json": listed } } },
            "schemas": { "Number": number, "Flag": { "type": "boolean" } },
        },
    });
    let numbers = asked(Method::GET, "/smsnumbers", "/smsnumbers", None, 200);
    let stand_in = stand_in();
    let fits = answer(&stand_in, &numbers).await;
    assert_eq!(deviations(&description, &numbers, &fits), Vec::<String>::new());
    stand_in.world().seed_odd_numbers(HOST, "voice.example", 12_065_550_200);
    let odd = answer(&stand_in, &numbers).await;
    let found = deviations(&description, &numbers, &odd);
    // A number in place of a text, words in place of yes and no, and nothing at all.
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[0].starts_with("GET /smsnumbers at /12/number: "), "{found:?}");
}
