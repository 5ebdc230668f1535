//! Requests that may be sent again: a key that a script chooses stands for one request, and whoever sends it once more
//! gets the answer of the first time. Keys belong to a token and are forgotten after a day.

use std::time::Duration;

use chrono::TimeDelta;
use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::ApiTokenId,
};

use crate::{
    Backend,
    access::{authorize_provider, authorize_within},
    context::OpContext,
    error::{internal, is_unique_violation},
    store::{self, idempotency_key::KeptAnswer},
};

/// For how long an answer is kept.
pub const KEPT_FOR: TimeDelta = TimeDelta::hours(24);
/// How long after the time that it may take a request that has not been answered counts as lost, as after a stop of the
/// server.
const LOST_AFTER: TimeDelta = TimeDelta::seconds(90);

/// An answer as it is kept and given again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its HTTP status.
    pub status: u16,
    /// The headers that belong to it, as JSON.
    pub headers: String,
    /// Its body.
    pub body: Vec<u8>,
}

/// What to do with a request that carries a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Carry it out, then [`keep`] its answer or [`give_up`].
    New,
    /// Give this answer once more.
    Replay(Answer),
    /// The first one is still being answered.
    InFlight,
    /// The key stands for another request.
    Taken,
}

/// Notes that a request about `enterprise`, or else about the provider, with this key is being carried out, unless one was
/// before. It may take `longest`; until then nobody carries it out a second time. An answer is given again to whoever may
/// read the enterprise or runs a provider by now, which is what every answer about it can be read with.
///
/// # Errors
/// [`Error::SignedOut`] without a token; as `authorize` or `authorize_provider` for an answer that would be given again;
/// [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn begin(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: Option<&EnterpriseSlug>,
    key: &str,
    request_hash: &[u8],
    longest: Duration,
) -> Result<Begun, Error> {
    let token = token(ctx)?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    store::idempotency_key::forget(&db, ctx.now - KEPT_FOR)
        .await
        .map_err(failed)?;
    if let Some(known) = store::idempotency_key::find(&db, token, key).await.map_err(failed)? {
        if known.request_hash != request_hash {
            return Ok(Begun::Taken);
        }
        if let Some(KeptAnswer { status, headers, body }) = known.answer {
            match enterprise {
                Some(enterprise) => {
                    authorize_within(ctx, &db, enterprise, Action::Read, Resource::Enterprise).await?;
                }
                None => {
                    authorize_provider(ctx, Action::Read, Resource::Provider)?;
                }
            }
            return Ok(Begun::Replay(Answer { status, headers, body }));
        }
        if !is_lost(ctx.now - known.created_at, longest) {
            return Ok(Begun::InFlight);
        }
        store::idempotency_key::delete(&db, token, key).await.map_err(failed)?;
    }
    match store::idempotency_key::insert(&db, token, key, request_hash, ctx.now).await {
        Ok(()) => db.commit().await.map_err(failed).map(|()| Begun::New),
        // Somebody was faster by a moment.
        Err(error) if is_unique_violation(&error) => Ok(Begun::InFlight),
        Err(error) => Err(failed(error)),
    }
}

/// Whether a request that began so long ago and has not been answered is not being answered any more.
fn is_lost(age: TimeDelta, longest: Duration) -> bool {
    let longest = TimeDelta::from_std(longest).unwrap_or(KEPT_FOR);
    age >= longest.min(KEPT_FOR) + LOST_AFTER
}

/// Keeps the answer of a request that [`begin`] let through.
///
/// # Errors
/// [`Error::SignedOut`] without a token; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn keep(ctx: &OpContext, backend: &Backend, key: &str, answer: Answer) -> Result<(), Error> {
    let Answer { status, headers, body } = answer;
    let kept = KeptAnswer { status, headers, body };
    store::idempotency_key::keep(backend.database(), token(ctx)?, key, kept)
        .await
        .map_err(|error| internal(ctx, error))
}

/// Frees the key of a request that came to nothing, so that it can be sent again.
///
/// # Errors
/// As [`keep`].
pub async fn give_up(ctx: &OpContext, backend: &Backend, key: &str) -> Result<(), Error> {
    store::idempotency_key::delete(backend.database(), token(ctx)?, key)
        .await
        .map_err(|error| internal(ctx, error))
}

fn token(ctx: &OpContext) -> Result<ApiTokenId, Error> {
    ctx.token().map(|token| token.id).ok_or(Error::SignedOut)
}
