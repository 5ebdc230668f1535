//! From stored credentials to what an adapter is given.

use domain::{carrier_profile::CarrierKind, ids::CarrierProfileId};
use sea_orm::DbErr;

use crate::{
    Backend,
    access::EnterpriseScope,
    carriers::{Access, CarrierError},
    crypto::Place,
    store::{self, carrier_credential::StoredCredential, carrier_profile::Head},
};

/// The carrier of a profile and how to reach it, or why its credentials cannot be used; nothing when there is no such
/// profile.
pub(crate) async fn access_of(
    backend: &Backend,
    scope: &EnterpriseScope,
    profile: CarrierProfileId,
) -> Result<Option<(CarrierKind, Result<Access, CarrierError>)>, DbErr> {
    let Some((head, stored)) = read(backend, scope, profile).await? else {
        return Ok(None);
    };
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

/// The profile and its credentials as they were at one moment: new ones must not go to the host before, nor old ones to the
/// new host. So the profile is read once more after them, until nobody has changed it in between.
async fn read(
    backend: &Backend,
    scope: &EnterpriseScope,
    profile: CarrierProfileId,
) -> Result<Option<(Head, Vec<StoredCredential>)>, DbErr> {
    let db = backend.database();
    let mut before = store::carrier_profile::head(db, scope, profile).await?;
    loop {
        let Some(head) = before else { return Ok(None) };
        let stored = store::carrier_credential::of_profile(db, scope, profile).await?;
        let after = store::carrier_profile::head(db, scope, profile).await?;
        if after.as_ref().is_some_and(|after| after.version == head.version) {
            return Ok(Some((head, stored)));
        }
        before = after;
    }
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

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use domain::access::{Action, Resource};
    use rstest::rstest;
    use sea_orm::ConnectionTrait;

    use super::*;
    use crate::{
        access::authorize,
        crypto::Secret,
        testing::{Engine, TestPortal},
    };

    /// How often the profile changes; each time its host and the time of its credential have the same number.
    const CHANGES: i64 = 200;

    async fn change(backend: &Backend, scope: &EnterpriseScope, profile: CarrierProfileId, n: i64) {
        let field = "secret";
        let place = Place {
            enterprise: scope.enterprise().0,
            profile: profile.0,
            field,
        };
        let sealed = backend.keys().unwrap().seal(place, &Secret::from("marked")).unwrap();
        let set_at: DateTime<Utc> = DateTime::from_timestamp(n, 0).unwrap();
        let db = store::begin_write(backend.database()).await.unwrap();
        let host = format!("UPDATE carrier_profile SET host = 'h{n}.example', version = version + 1");
        db.execute_unprepared(&host).await.unwrap();
        store::carrier_credential::set(&db, scope, profile, field, sealed, set_at)
            .await
            .unwrap();
        db.commit().await.unwrap();
    }

    #[rstest]
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn credentials_go_only_to_the_host_that_they_were_entered_for(
        #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    ) {
        let portal = TestPortal::open(engine).await;
        let clinic = portal.enterprise("alder-clinics").await;
        let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
        let (system, backend) = (portal.system(), portal.backend().clone());
        let (action, resource) = (Action::Update, Resource::CarrierProfile);
        let scope = authorize(&system, &backend, clinic.slug(), action, resource)
            .await
            .unwrap();
        change(&backend, &scope, profile, 0).await;
        let changing = tokio::spawn({
            let backend = backend.clone();
            async move {
                for n in 1..=CHANGES {
                    change(&backend, &scope, profile, n).await;
                }
            }
        });
        let mut done = false;
        while !done {
            done = changing.is_finished();
            let (_, access) = access_of(&backend, &scope, profile).await.unwrap().unwrap();
            let access = access.unwrap();
            let number = access.stamp / 1_000_000;
            assert_eq!(access.host, Some(format!("h{number}.example")));
        }
        changing.await.unwrap();
    }
}
