//! Credentials of the demo content's carrier profiles, where a stand-in answers for their carriers.

use chrono::TimeDelta;
use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::CarrierProfileId,
};

use super::{ALDER, content};
use crate::{
    Backend,
    access::authorize,
    context::OpContext,
    crypto::{Place, Secret},
    error::{fault, internal},
    store,
};

/// The key that the stand-in takes for the first profile, and one that it refuses for the second.
const KEYS: [(usize, &str); 2] = [(1, "nss_demo_key"), (2, "nss_revoked_key")];
/// When the domains are tried first: late enough that somebody who has just signed in sees the expired one renewed.
const FIRST_TRY: TimeDelta = TimeDelta::seconds(90);

/// Gives the profiles on NetSapiens credentials, and their domains a first renewal shortly.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but the system; [`Error::NotSupported`] without keys; [`Error::Unavailable`] or
/// [`Error::Internal`] when the database fails.
pub async fn connect(ctx: &OpContext, backend: &Backend) -> Result<(), Error> {
    if !matches!(ctx.actor, crate::context::Actor::System(_)) {
        return Err(Error::Forbidden {
            action: Action::Create,
            resource: Resource::CarrierProfile,
        });
    }
    let slug = EnterpriseSlug::parse(ALDER).map_err(|error| Error::invalid("enterprise", error.to_string()))?;
    let scope = authorize(ctx, backend, &slug, Action::Update, Resource::CarrierProfile).await?;
    let keys = backend.keys()?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    for (n, key) in KEYS {
        let profile = CarrierProfileId(content::profile(n));
        let place = Place {
            enterprise: scope.enterprise().0,
            profile: profile.0,
            field: "api_key",
        };
        let sealed = keys
            .seal(place, &Secret::from(key))
            .map_err(|error| fault(ctx, "a demo credential cannot be encrypted", &error))?;
        store::carrier_credential::set(&db, &scope, profile, "api_key", sealed, ctx.now)
            .await
            .map_err(failed)?;
        for row in store::domain_subscription::wanted(&db, &scope, profile)
            .await
            .map_err(failed)?
        {
            store::domain_subscription::set_next_attempt(&db, &scope, &row, ctx.now + FIRST_TRY)
                .await
                .map_err(failed)?;
        }
    }
    db.commit().await.map_err(failed)
}
