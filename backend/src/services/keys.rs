//! Replacing the key that secrets are encrypted with.
//!
//! Each value changes its key in one statement of its own, so that a rotation that is killed leaves values under the old
//! key and values under the new one, and both can be read. The next one goes on with what is left.

use domain::{
    access::{Action, Resource},
    error::Error,
};

use crate::{
    Backend,
    context::{Actor, OpContext},
    crypto::CryptoError,
    error::{fault, internal},
    store,
};

/// How many values are read at a time.
const AT_ONCE: u64 = 100;

/// What a rotation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The key that encrypts from now on.
    pub key_id: String,
    /// Whether it was made now; if not, an earlier rotation that was cut off has been finished.
    pub made: bool,
    /// How many values were encrypted anew.
    pub values: u64,
}

/// Makes a new key and encrypts every secret with it; goes on with a rotation that was cut off, without making another
/// key. Where the keys are given from outside, the first of them is the new one. `changed` is told after each value how
/// many are done.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but the system; [`Error::NotSupported`] without keys; [`Error::Conflict`] when
/// another rotation has added a key meanwhile; [`Error::Unavailable`] or [`Error::Internal`] when the database fails or a
/// value cannot be read.
pub async fn rotate(ctx: &OpContext, backend: &Backend, mut changed: impl FnMut(u64)) -> Result<Rotation, Error> {
    if !matches!(ctx.actor, Actor::System(_)) {
        return Err(Error::Forbidden {
            action: Action::Update,
            resource: Resource::CarrierProfile,
        });
    }
    let keys = backend.keys()?;
    let unusable = |error: CryptoError| fault(ctx, "the keys cannot be used", &error);
    let db = backend.database();
    let failed = |error| internal(ctx, error);
    let mut key_id = keys.first_id().map_err(unusable)?;
    let left = store::sealed::under_other_keys(db, &key_id, 1).await.map_err(failed)?;
    let made = left.is_empty() && keys.is_file();
    if made {
        let used = store::sealed::keys_in_use(db).await.map_err(failed)?;
        key_id = keys.add(&used).map_err(unusable)?;
    }
    let mut values = 0;
    loop {
        let left = store::sealed::under_other_keys(db, &key_id, AT_ONCE)
            .await
            .map_err(failed)?;
        if left.is_empty() {
            return Ok(Rotation { key_id, made, values });
        }
        for before in left {
            let place = before.place();
            let secret = keys.unseal(place, before.sealed()).map_err(unusable)?;
            let sealed = keys.seal(place, &secret).map_err(unusable)?;
            if sealed.key_id != key_id {
                return Err(another_began());
            }
            if store::sealed::change_key(db, &before, sealed).await.map_err(failed)? {
                values += 1;
                changed(values);
            }
        }
    }
}

/// With a key that is not the first one any more this rotation would never come to an end.
fn another_began() -> Error {
    let message = "Another rotation has begun in the meantime. When it has ended, start this command again.";
    Error::conflict("keys", message)
}
