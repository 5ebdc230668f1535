//! From stored credentials to what an adapter is given.

use domain::{carrier_profile::CarrierKind, ids::CarrierProfileId};
use sea_orm::DbErr;

use crate::{
    Backend,
    access::EnterpriseScope,
    carriers::{Access, CarrierError},
    crypto::Place,
    store::{self, carrier_credential::StoredCredential},
};

/// The carrier of a profile and how to reach it, or why its credentials cannot be used; nothing when there is no such
/// profile.
pub(crate) async fn access_of(
    backend: &Backend,
    scope: &EnterpriseScope,
    profile: CarrierProfileId,
) -> Result<Option<(CarrierKind, Result<Access, CarrierError>)>, DbErr> {
    let db = backend.database();
    let Some(head) = store::carrier_profile::head(db, scope, profile).await? else {
        return Ok(None);
    };
    let stored = store::carrier_credential::of_profile(db, scope, profile).await?;
    if stored.is_empty() {
        return Ok(Some((head.carrier, Err(CarrierError::NoCredentials))));
    }
    let access = opened(backend, &stored).map(|credentials| Access {
        profile,
        host: head.host,
        stamp: stored
            .iter()
            .map(|credential| credential.set_at.timestamp_micros())
            .max()
            .unwrap_or_default(),
        credentials,
    });
    Ok(Some((head.carrier, access)))
}

type Credentials = Vec<(String, crate::crypto::Secret)>;

fn opened(backend: &Backend, stored: &[StoredCredential]) -> Result<Credentials, CarrierError> {
    let keys = backend.keys().map_err(|_| CarrierError::Unreadable)?;
    stored
        .iter()
        .map(|credential| {
            let place = Place {
                enterprise: credential.enterprise,
                profile: credential.profile,
                field: &credential.field,
            };
            let secret = keys.unseal(place, &credential.sealed).map_err(|error| {
                tracing::error!(profile = %credential.profile, field = credential.field.as_str(), %error, "a credential cannot be read");
                CarrierError::Unreadable
            })?;
            Ok((credential.field.clone(), secret))
        })
        .collect()
}
