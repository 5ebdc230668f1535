//! API tokens: making, listing and revoking one's own, and signing in with one. Who runs the server makes them for others.
//!
//! A token stands for its account: with each request the account's present roles are read, and what the token is limited
//! to is taken out of them. What is left are the only grants that the rest of the program sees.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::{
    access::{Action, Grant, Resource, Role, allowed},
    account::EmailAddress,
    api_token::{ApiTokenDraft, ApiTokenInput, ApiTokenRow, MAX_TOKENS, NewApiToken, limited},
    audit::{AuditAction, AuditSubject},
    error::Error,
    ids::{ApiTokenId, EnterpriseId},
};
use sea_orm::{DatabaseTransaction, DbErr};

use crate::{
    Backend,
    access::authorize,
    auth::{LastUse, new_token, token_hash, token_hint},
    context::{Actor, OpContext, SignedIn, TokenInUse},
    error::{fault, internal},
    services::session,
    store::{
        self,
        api_token::{NewToken, StoredToken},
        audit::Log,
    },
};

/// How often a token's last use is written down: not with every request.
const USED_EVERY: TimeDelta = TimeDelta::minutes(1);

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::ApiToken,
};

/// The signed-in person's tokens, the latest first.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::Forbidden`] for a token; [`Error::Unavailable`] or [`Error::Internal`] when
/// the database fails.
pub async fn list(ctx: &OpContext, backend: &Backend) -> Result<Vec<ApiTokenRow>, Error> {
    let signed_in = person(ctx, Action::Read)?;
    store::api_token::list(backend.database(), signed_in.account.id, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}

/// Makes a token for the signed-in person, and tells it this once.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::Forbidden`] for a token, and for whoever may not make one there;
/// [`Error::NotFound`] when the enterprise is not in reach; [`Error::Invalid`] with every broken rule;
/// [`Error::Conflict`] when there are too many tokens.
pub async fn create(ctx: &OpContext, backend: &Backend, input: &ApiTokenInput) -> Result<NewApiToken, Error> {
    let signed_in = person(ctx, Action::Create)?;
    let draft = input.check().map_err(|fields| Error::Invalid { fields })?;
    let enterprise = reach(ctx, backend, signed_in, &draft).await?;
    make(ctx, backend, signed_in, draft, enterprise).await
}

/// Makes a token for the account with that sign-in name, and tells it this once: what its owner could make, no more.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but the system, and when the account may not make such tokens; [`Error::Invalid`]
/// with every broken rule, and when nobody signs in with that name; otherwise as [`create`].
pub async fn issue(
    ctx: &OpContext,
    backend: &Backend,
    email: &str,
    input: &ApiTokenInput,
) -> Result<NewApiToken, Error> {
    if !matches!(ctx.actor, Actor::System(_)) {
        return Err(Error::Forbidden {
            action: Action::Create,
            resource: Resource::ApiToken,
        });
    }
    let owner = Arc::new(owner(ctx, backend, email).await?);
    let draft = input.check().map_err(|fields| Error::Invalid { fields })?;
    let as_owner = OpContext {
        actor: Actor::Account(Arc::clone(&owner)),
        ..ctx.clone()
    };
    let enterprise = reach(&as_owner, backend, &owner, &draft).await?;
    make(ctx, backend, &owner, draft, enterprise).await
}

/// Whoever signs in with that name.
async fn owner(ctx: &OpContext, backend: &Backend, email: &str) -> Result<SignedIn, Error> {
    let nobody = || Error::invalid("email", "Nobody signs in with this e-mail address.");
    let email = EmailAddress::parse(email).map_err(|_| nobody())?;
    let found = store::account::credentials(backend.database(), &email)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or_else(nobody)?;
    session::actor(ctx, backend, found.account.id).await?.ok_or_else(nobody)
}

async fn make(
    ctx: &OpContext,
    backend: &Backend,
    owner: &SignedIn,
    draft: ApiTokenDraft,
    enterprise: Option<EnterpriseId>,
) -> Result<NewApiToken, Error> {
    let secret = new_token();
    let secret_hash = token_hash(&secret).ok_or_else(|| fault(ctx, "a new token is not well-formed", &"check"))?;
    let id = ApiTokenId(store::new_id());
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let account = owner.account.id;
    if store::api_token::count(&db, account).await.map_err(failed)? >= MAX_TOKENS {
        let message = format!("This account has {MAX_TOKENS} tokens already. Revoke one that is no longer needed.");
        return Err(Error::conflict("name", message));
    }
    let new = NewToken {
        id,
        account,
        enterprise,
        name: draft.name,
        secret_hash,
        hint: token_hint(&secret),
        role: draft.role,
        expires_at: ctx.now + TimeDelta::days(i64::from(draft.days)),
    };
    store::api_token::insert(&db, new, ctx.now).await.map_err(failed)?;
    let row = store::api_token::find(&db, account, id, ctx.now)
        .await
        .map_err(failed)?
        .ok_or(NOT_FOUND)?;
    audit(&db, ctx, owner, enterprise, (None, Some(&row)))
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    Ok(NewApiToken { secret, row })
}

/// Ends one of the signed-in person's tokens at once. Whoever has a token may do that, whatever their role is by now.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::Forbidden`] for a token; [`Error::NotFound`] when the person has no such
/// token.
pub async fn revoke(ctx: &OpContext, backend: &Backend, id: ApiTokenId) -> Result<(), Error> {
    let signed_in = person(ctx, Action::Delete)?;
    let account = signed_in.account.id;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let row = store::api_token::find(&db, account, id, ctx.now)
        .await
        .map_err(failed)?
        .ok_or(NOT_FOUND)?;
    let enterprise = match &row.enterprise {
        Some(enterprise) => store::enterprise::reach(&db, &enterprise.slug).await.map_err(failed)?,
        None => None,
    };
    if !store::api_token::delete(&db, account, id).await.map_err(failed)? {
        return Err(NOT_FOUND);
    }
    audit(
        &db,
        ctx,
        signed_in,
        enterprise.map(|found| found.id),
        (Some(&row), None),
    )
    .await
    .map_err(failed)?;
    db.commit().await.map_err(failed)
}

/// Who asks with this token, with what it leaves of their present roles.
///
/// # Errors
/// [`Error::SignedOut`] when it is no token, was revoked, has ended, or its account is disabled: which of these is not
/// told. [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn authenticate(ctx: &OpContext, backend: &Backend, secret: &str) -> Result<SignedIn, Error> {
    let failed = |error| internal(ctx, error);
    let hash = token_hash(secret).ok_or(Error::SignedOut)?;
    let token = store::api_token::by_hash(backend.database(), &hash, ctx.now)
        .await
        .map_err(failed)?
        .ok_or(Error::SignedOut)?;
    let signed_in = session::actor(ctx, backend, token.account)
        .await?
        .ok_or(Error::SignedOut)?;
    let grants = left_by(backend, &token, &signed_in.grants).await.map_err(failed)?;
    if token.last_used_at.is_none_or(|last| ctx.now - last >= USED_EVERY) {
        let last_use = LastUse::Token {
            id: token.id,
            at: ctx.now,
            from: ctx.peer,
        };
        last_use.write_down(backend);
    }
    Ok(SignedIn {
        grants,
        token: Some(TokenInUse {
            id: token.id,
            name: token.name,
        }),
        ..signed_in
    })
}

/// The person who asks themselves: a token makes, lists and revokes no tokens.
fn person(ctx: &OpContext, action: Action) -> Result<&SignedIn, Error> {
    match &ctx.actor {
        Actor::Account(signed_in) if signed_in.token.is_none() => Ok(signed_in),
        Actor::Account(_) => Err(Error::Forbidden {
            action,
            resource: Resource::ApiToken,
        }),
        Actor::Anonymous | Actor::System(_) => Err(Error::SignedOut),
    }
}

/// Checks that the person may make such a token; tells the enterprise it is limited to.
async fn reach(
    ctx: &OpContext,
    backend: &Backend,
    signed_in: &SignedIn,
    draft: &ApiTokenDraft,
) -> Result<Option<EnterpriseId>, Error> {
    let (enterprise, role) = match &draft.enterprise {
        Some(slug) => {
            let scope = authorize(ctx, backend, slug, Action::Create, Resource::ApiToken).await?;
            (Some(scope.enterprise()), scope.role())
        }
        None => (None, strongest(signed_in)?),
    };
    if draft.role < role {
        return Err(Error::invalid("role", "A token cannot be allowed more than you are."));
    }
    Ok(enterprise)
}

/// The strongest role of somebody who may make tokens somewhere.
fn strongest(signed_in: &SignedIn) -> Result<Role, Error> {
    let roles = signed_in.grants.iter().map(|grant| match grant {
        Grant::Provider { .. } => Role::ProviderAdmin,
        Grant::Enterprise { role, .. } => *role,
    });
    roles
        .filter(|role| allowed(*role, Action::Create, Resource::ApiToken))
        .min()
        .ok_or(Error::Forbidden {
            action: Action::Create,
            resource: Resource::ApiToken,
        })
}

/// What a token leaves of its account's grants. A provider's grant that is limited becomes one for each of the
/// enterprises it reaches.
async fn left_by(backend: &Backend, token: &StoredToken, grants: &[Grant]) -> Result<Vec<Grant>, DbErr> {
    if token.enterprise.is_none() && token.role == Role::ProviderAdmin {
        return Ok(grants.to_vec());
    }
    let reached = store::enterprise::list_for(backend.database(), grants).await?;
    let within = reached
        .into_iter()
        .filter(|found| token.enterprise.is_none_or(|only| only == found.id));
    let left = within.filter_map(|found| {
        let own = grants
            .iter()
            .filter_map(|grant| grant.role_at(found.id, found.provider));
        Some(Grant::Enterprise {
            enterprise: found.id,
            role: limited(own.min()?, token.role),
        })
    });
    Ok(left.collect())
}

/// Writes down that a token was made or revoked: in the log of its enterprise, or else in that of everything it reaches.
async fn audit(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    signed_in: &SignedIn,
    enterprise: Option<EnterpriseId>,
    (before, after): (Option<&ApiTokenRow>, Option<&ApiTokenRow>),
) -> Result<(), DbErr> {
    let subject = AuditSubject {
        action: if after.is_some() {
            AuditAction::Create
        } else {
            AuditAction::Delete
        },
        resource: Resource::ApiToken,
        id: after.or(before).map(|row| row.id.0),
    };
    for log in logs(db, signed_in, enterprise).await? {
        store::audit::write_to(db, ctx, log, subject, before, after).await?;
    }
    Ok(())
}

/// In one order for everybody, so that nobody waits for somebody who waits for them.
async fn logs(
    db: &DatabaseTransaction,
    signed_in: &SignedIn,
    enterprise: Option<EnterpriseId>,
) -> Result<Vec<Log>, DbErr> {
    let grants = &signed_in.grants;
    let providers = grants.iter().filter_map(|grant| match grant {
        Grant::Provider { provider } if enterprise.is_none() => Some(Log {
            enterprise: None,
            provider: Some(*provider),
        }),
        Grant::Provider { .. } | Grant::Enterprise { .. } => None,
    });
    let mut logs: Vec<Log> = providers.collect();
    // With a limit, that enterprise, also when it is out of reach by now; without one, those reached one by one.
    let reached: Vec<Grant> = match enterprise {
        Some(enterprise) => vec![Grant::Enterprise {
            enterprise,
            role: Role::EnterpriseViewer,
        }],
        None => {
            let one_by_one = grants.iter().filter(|grant| matches!(grant, Grant::Enterprise { .. }));
            one_by_one.copied().collect()
        }
    };
    let found = store::enterprise::list_for(db, &reached).await?;
    logs.extend(found.into_iter().map(|found| Log {
        enterprise: Some(found.id),
        provider: Some(found.provider),
    }));
    logs.sort_unstable();
    logs.dedup();
    Ok(logs)
}
