//! Who asks in tests.

use std::sync::Arc;

use chrono::Utc;
use domain::{
    access::Role,
    account::{EmailAddress, SignedInAccount},
    ids::{AccountId, EnterpriseId, ProviderId, RequestId},
};

use crate::{
    Backend,
    auth::one_time_password,
    context::{Actor, OpContext},
    services::session,
    store,
};

/// A stored hash that fits no password; these accounts never sign in.
const NO_PASSWORD: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Nobody is signed in.
#[must_use]
pub fn anonymous() -> OpContext {
    context(Actor::Anonymous)
}

pub(super) fn context(actor: Actor) -> OpContext {
    OpContext {
        actor,
        request_id: RequestId(store::new_id()),
        now: Utc::now(),
        peer: None,
    }
}

/// A new account with a role at the provider, or at one of its enterprises, asks.
pub(super) async fn account(backend: &Backend, provider: ProviderId, at: Option<(EnterpriseId, Role)>) -> OpContext {
    let id = AccountId(store::new_id());
    let account = SignedInAccount {
        id,
        display_name: "Test Person".to_owned(),
        email: EmailAddress::parse(&format!("{}@test.example", id.0.simple())).unwrap(),
    };
    let now = Utc::now();
    store::account::insert(backend.database(), &account, NO_PASSWORD, now)
        .await
        .unwrap();
    store::account::grant(backend.database(), id, provider, at, now)
        .await
        .unwrap();
    let signed_in = session::actor(&anonymous(), backend, id)
        .await
        .unwrap()
        .expect("the account is there");
    context(Actor::Account(Arc::new(signed_in)))
}

/// A new account that can sign in; tells its password. No log tells of it, as of nothing that tests begin with.
pub(super) async fn with_password(
    backend: &Backend,
    provider: ProviderId,
    email: &str,
    at: Option<(EnterpriseId, Role)>,
) -> String {
    let password = one_time_password();
    let hash = backend.passwords().hash(password.clone()).await.unwrap();
    let account = SignedInAccount {
        id: AccountId(store::new_id()),
        display_name: "Ada Brandt".to_owned(),
        email: EmailAddress::parse(email).unwrap(),
    };
    let now = Utc::now();
    store::account::insert(backend.database(), &account, &hash, now)
        .await
        .unwrap();
    store::account::grant(backend.database(), account.id, provider, at, now)
        .await
        .unwrap();
    password
}
