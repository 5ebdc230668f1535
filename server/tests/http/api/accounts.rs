//! Who can sign in: invited, disabled, reset and told of by scripts of the provider.

use backend::context::OpContext;
use domain::access::Role;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::support::{Script, json, of_clinic, problem, token, token_at};
use crate::support::TestServer;

/// The row of whoever asks in `ctx`.
async fn account_of(script: &Script<'_>, ctx: &OpContext) -> Value {
    let listed = json(&script.get(&of_clinic("accounts")).await);
    let email = ctx.account().unwrap().email.to_string();
    let rows = listed["rows"].as_array().unwrap();
    rows.iter().find(|row| row["email"] == *email).unwrap().clone()
}

async fn address_of(script: &Script<'_>, ctx: &OpContext) -> String {
    let row = account_of(script, ctx).await;
    of_clinic(&format!("accounts/{}", row["id"].as_str().unwrap()))
}

#[tokio::test]
async fn somebody_is_invited_and_the_link_is_told_once() {
    let server = TestServer::start().await;
    server.portal.enterprise("alder-clinics").await;
    let script = Script::of_provider(&server).await;
    let input = json!({ "email": "new@company.example", "role": "enterprise_viewer" });
    let invited = script.post(&of_clinic("invitations"), &input).await;
    assert_eq!(invited.status, StatusCode::CREATED, "{}", invited.body);
    let link = json(&invited)["path"].as_str().unwrap().to_owned();
    assert!(link.starts_with("/invitation/"), "{link}");
    let row = script.get(invited.header("location")).await;
    assert_eq!(json(&row)["state"], "invited");
    assert!(!row.body.contains(&link));

    let id = json(&invited)["id"].as_str().unwrap().to_owned();
    let renewed = script
        .post(&of_clinic(&format!("invitations/{id}/renew")), &json!({}))
        .await;
    assert_eq!(renewed.status, StatusCode::OK, "{}", renewed.body);
    assert_ne!(json(&renewed)["path"], json!(link));
    let id = json(&renewed)["id"].as_str().unwrap().to_owned();
    let address = of_clinic(&format!("invitations/{id}"));
    let withdrawn = script.send(Method::DELETE, &address, &[], None).await;
    assert_eq!(withdrawn.status, StatusCode::NO_CONTENT, "{}", withdrawn.body);
    let again = script.send(Method::DELETE, &address, &[], None).await;
    problem(&again, 404, "not_found");
    problem(
        &script
            .post(
                &of_clinic("invitations"),
                &json!({ "email": "new", "role": "enterprise_viewer" }),
            )
            .await,
        422,
        "invalid",
    );
}

/// The database holds no link that still works, not even as the answer of a request that may be sent again.
#[tokio::test]
async fn an_answer_with_a_link_is_not_kept() {
    let server = TestServer::start().await;
    server.portal.enterprise("alder-clinics").await;
    let script = Script::of_provider(&server).await;
    let (address, key) = (of_clinic("invitations"), [("idempotency-key", "one")]);
    let input = json!({ "email": "new@company.example", "role": "enterprise_viewer" });
    let first = script.send(Method::POST, &address, &key, Some(&input)).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM idempotency_key").await, 0);
    let second = script.send(Method::POST, &address, &key, Some(&input)).await;
    assert_eq!(second.header("idempotency-replayed"), "");
    assert_ne!(json(&second)["path"], json(&first)["path"], "the first is void");
    assert_eq!(server.portal.number("SELECT COUNT(*) FROM invitation").await, 1);
}

#[tokio::test]
async fn a_role_is_changed_from_what_it_was_and_taken_away() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let viewer = clinic.viewer().await;
    let script = Script::of_provider(&server).await;
    let address = address_of(&script, &viewer).await;
    let change = json!({ "was": "enterprise_viewer", "role": "enterprise_admin" });
    let changed = script.post(&format!("{address}/set-role"), &change).await;
    assert_eq!(json(&changed)["role"], "enterprise_admin", "{}", changed.body);
    problem(
        &script.post(&format!("{address}/set-role"), &change).await,
        409,
        "conflict",
    );
    let too_much = json!({ "was": "enterprise_admin", "role": "provider_admin" });
    problem(
        &script.post(&format!("{address}/set-role"), &too_much).await,
        422,
        "bad_body",
    );
    let last = script.send(Method::DELETE, &address, &[], None).await;
    problem(&last, 409, "conflict");
    clinic.admin().await;
    let removed = script.send(Method::DELETE, &address, &[], None).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT, "{}", removed.body);
}

#[tokio::test]
async fn an_account_is_disabled_enabled_and_reset() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    clinic.admin().await;
    let somebody = clinic.admin().await;
    let theirs = Script::with(&server, token(&server.portal, &somebody, Role::EnterpriseViewer).await);
    let script = Script::of_provider(&server).await;
    let address = address_of(&script, &somebody).await;
    let disabled = script.post(&format!("{address}/disable"), &json!({})).await;
    assert_eq!(json(&disabled)["state"], "disabled", "{}", disabled.body);
    problem(&theirs.get(&of_clinic("groups")).await, 401, "unauthenticated");
    let enabled = script.post(&format!("{address}/enable"), &json!({})).await;
    assert_eq!(json(&enabled)["state"], "active", "{}", enabled.body);
    assert_eq!(theirs.get(&of_clinic("groups")).await.status, StatusCode::OK);
    let reset = script.post(&format!("{address}/reset-password"), &json!({})).await;
    assert!(
        json(&reset)["path"].as_str().unwrap().starts_with("/invitation/"),
        "{}",
        reset.body
    );
    assert_eq!(json(&script.get(&address).await)["state"], "password_reset");
}

#[tokio::test]
async fn the_provider_sees_and_revokes_the_tokens_of_an_account() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let somebody = clinic.admin().await;
    let secret = token_at(&server.portal, &somebody, Some(clinic.slug()), Role::EnterpriseAdmin).await;
    let theirs = Script::with(&server, secret.clone());
    let script = Script::of_provider(&server).await;
    let address = format!("{}/tokens", address_of(&script, &somebody).await);
    let listed = script.get(&address).await;
    assert!(!listed.body.contains(&secret));
    let row = json(&listed)["rows"][0].clone();
    assert_eq!(
        (&row["name"], &row["enterprise"]),
        (&json!("Script"), &json!("alder-clinics"))
    );
    problem(&theirs.get(&address).await, 403, "forbidden");

    let address = format!("{address}/{}", row["id"].as_str().unwrap());
    let revoked = script.send(Method::DELETE, &address, &[], None).await;
    assert_eq!(revoked.status, StatusCode::NO_CONTENT, "{}", revoked.body);
    problem(&theirs.get(&of_clinic("groups")).await, 401, "unauthenticated");
    problem(
        &script.send(Method::DELETE, &address, &[], None).await,
        404,
        "not_found",
    );
}
