//! Every encrypted value, whichever table it lies in, for whoever replaces the keys.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, DbErr};

use super::{alert_destination, carrier_credential};
use crate::crypto::{Place, Sealed};

/// An encrypted value with where it stands.
#[derive(Clone, Debug)]
pub(crate) enum StoredValue {
    Credential(carrier_credential::StoredCredential),
    WebhookSecret(alert_destination::StoredSecret),
}

impl StoredValue {
    /// Where it stands.
    pub(crate) fn place(&self) -> Place<'_> {
        match self {
            Self::Credential(credential) => Place {
                enterprise: credential.enterprise,
                profile: credential.profile,
                field: &credential.field,
            },
            Self::WebhookSecret(secret) => Place::of_webhook(secret.provider, secret.destination),
        }
    }

    /// The value.
    pub(crate) fn sealed(&self) -> &Sealed {
        match self {
            Self::Credential(credential) => &credential.sealed,
            Self::WebhookSecret(secret) => &secret.sealed,
        }
    }
}

/// Some of the values that another key than `key_id` encrypts, at most `limit`; nothing only when there are none.
pub(crate) async fn under_other_keys(
    db: &impl ConnectionTrait,
    key_id: &str,
    limit: u64,
) -> Result<Vec<StoredValue>, DbErr> {
    let credentials = carrier_credential::under_other_keys(db, key_id, limit).await?;
    if !credentials.is_empty() {
        return Ok(credentials.into_iter().map(StoredValue::Credential).collect());
    }
    let secrets = alert_destination::under_other_keys(db, key_id, limit).await?;
    Ok(secrets.into_iter().map(StoredValue::WebhookSecret).collect())
}

/// Puts the same value under another key, unless it was set anew in the meantime; tells whether it was still the same.
pub(crate) async fn change_key(db: &impl ConnectionTrait, before: &StoredValue, sealed: Sealed) -> Result<bool, DbErr> {
    match before {
        StoredValue::Credential(credential) => carrier_credential::change_key(db, credential, sealed).await,
        StoredValue::WebhookSecret(secret) => alert_destination::change_key(db, secret, sealed).await,
    }
}

/// The names of all keys that some value was encrypted with.
pub(crate) async fn keys_in_use(db: &impl ConnectionTrait) -> Result<HashSet<String>, DbErr> {
    let mut used = carrier_credential::keys_in_use(db).await?;
    used.extend(alert_destination::keys_in_use(db).await?);
    Ok(used)
}
