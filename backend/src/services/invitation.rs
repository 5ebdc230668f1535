//! One-time links: making them, and using them. Only the hash of a link's token is kept.

use std::sync::Arc;

use domain::{
    access::{Action, Grant, Resource, Role},
    account::{EmailAddress, SignedInAccount},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{AccountId, InvitationId},
    invitation::{AcceptInput, INVITATION_LIFE, InvitationDetails, InvitationKind, OneTimeLink},
    membership::MemberRow,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use sha2::{Digest, Sha256};

use crate::{
    Backend,
    access::{EnterpriseScope, authorize_within},
    auth::one_time_password,
    context::{Actor, OpContext, SignedIn},
    error::{internal, is_unique_violation},
    services::{
        membership,
        session::{self, password_fault},
    },
    store::{
        self,
        invitation::{Link, NewLink},
    },
};

/// Somebody was quicker with another link.
const MADE_NOW: &str = "This account was made a moment ago. Reload the page.";

/// A link that is of no use, whatever the reason: who guesses tokens learns nothing.
fn no_such_link() -> Error {
    Error::Gone {
        message:
            "This link does not work any more. It was used already, was replaced by a newer one, or is older than 7 \
                  days. Ask your provider for a new one."
                .to_owned(),
    }
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Makes a link in a transaction. Whoever asks has removed the one that it replaces.
pub(super) async fn make(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    email: &EmailAddress,
    role: Role,
    account: Option<AccountId>,
) -> Result<OneTimeLink, Error> {
    let token = one_time_password();
    let link = OneTimeLink {
        id: InvitationId(store::new_id()),
        email: email.clone(),
        token,
        expires_at: ctx.now + INVITATION_LIFE,
    };
    let new = NewLink {
        id: link.id,
        kind: match account {
            Some(_) => InvitationKind::PasswordReset,
            None => InvitationKind::Invitation,
        },
        email,
        role,
        account,
        token_hash: hash(&link.token),
        now: ctx.now,
        expires_at: link.expires_at,
    };
    match store::invitation::insert(db, scope, new).await {
        Ok(()) => Ok(link),
        Err(error) if is_unique_violation(&error) => Err(Error::conflict(
            "email",
            "Somebody else has just made a link for this person.",
        )),
        Err(error) => Err(internal(ctx, error)),
    }
}

/// The link of a token and its enterprise, if it can be used now.
async fn usable(
    ctx: &OpContext,
    db: &impl ConnectionTrait,
    token: &str,
) -> Result<(Link, EnterpriseSlug, String), Error> {
    let failed = |error| internal(ctx, error);
    let found = store::invitation::by_hash(db, &hash(token)).await.map_err(failed)?;
    let link = found
        .filter(|link| !link.used && link.expires_at > ctx.now)
        .ok_or_else(no_such_link)?;
    let (slug, name) = store::invitation::enterprise_of(db, &link)
        .await
        .map_err(failed)?
        .ok_or_else(no_such_link)?;
    Ok((link, slug, name))
}

/// What a link is for; for whoever has it.
///
/// # Errors
/// [`Error::Gone`] when it does not work, whatever the reason; [`Error::Unavailable`] or [`Error::Internal`] when the
/// database fails.
pub async fn details(ctx: &OpContext, backend: &Backend, token: &str) -> Result<InvitationDetails, Error> {
    let (link, _, enterprise) = usable(ctx, backend.database(), token).await?;
    let known = known(ctx, backend, &link.email).await?;
    Ok(InvitationDetails {
        kind: link.kind,
        email: link.email,
        enterprise,
        role: link.role,
        has_account: matches!(known, Known::WithRole),
    })
}

/// What there is of the person whom an invitation is for.
enum Known {
    Nobody,
    /// An account that nothing is left of but its name: nobody could give it a new password or let it sign in again, so it
    /// begins anew.
    WithoutRole(AccountId),
    WithRole,
}

async fn known(ctx: &OpContext, backend: &Backend, email: &EmailAddress) -> Result<Known, Error> {
    let (db, failed) = (backend.database(), |error| internal(ctx, error));
    let Some(found) = store::account::credentials(db, email).await.map_err(failed)? else {
        return Ok(Known::Nobody);
    };
    let id = found.account.id;
    let grants = store::account::grants(db, id).await.map_err(failed)?;
    Ok(if grants.is_empty() {
        Known::WithoutRole(id)
    } else {
        Known::WithRole
    })
}

/// Uses a link: makes the account with its role, or gives an account that is there the role after asking for its password,
/// or sets the new password. An account without any role is made anew. Answers whose account it is, to be signed in.
///
/// # Errors
/// [`Error::Gone`] when the link does not work; [`Error::Invalid`] when name or password break a rule or the password is
/// wrong; [`Error::TooManyRequests`] after too many wrong ones; [`Error::Conflict`] when the person has a role already;
/// [`Error::NotFound`] while the enterprise is suspended.
pub async fn accept(
    ctx: &OpContext,
    backend: &Backend,
    token: &str,
    input: &AcceptInput,
) -> Result<SignedInAccount, Error> {
    let (link, slug, _) = usable(ctx, backend.database(), token).await?;
    if link.kind == InvitationKind::PasswordReset {
        return set_password(ctx, backend, &link, &slug, input).await;
    }
    let known = known(ctx, backend, &link.email).await?;
    let id = match known {
        Known::WithRole => {
            let account = session::sign_in(ctx, backend, link.email.as_str(), &input.password)
                .await
                .map_err(wrong_password)?;
            join(ctx, backend, &link, &slug, &account, Begins::Before).await?;
            return Ok(account);
        }
        Known::WithoutRole(id) => Some(id),
        Known::Nobody => None,
    };
    let (display_name, password) = input.check_new_account().map_err(|fields| Error::Invalid { fields })?;
    let account = SignedInAccount {
        id: id.unwrap_or_else(|| AccountId(store::new_id())),
        display_name,
        email: link.email.clone(),
    };
    let hash = hashed(ctx, backend, password).await?;
    let begins = match id {
        Some(_) => Begins::Anew(&hash),
        None => Begins::Now(&hash),
    };
    join(ctx, backend, &link, &slug, &account, begins).await?;
    Ok(account)
}

/// The form has no field for the sign-in name, so what is wrong is told at the password.
fn wrong_password(error: Error) -> Error {
    match error {
        Error::Invalid { .. } => Error::invalid("password", "This is not the password of your account."),
        other => other,
    }
}

async fn hashed(ctx: &OpContext, backend: &Backend, password: String) -> Result<String, Error> {
    let hash = backend.passwords().hash(password).await;
    hash.map_err(|error| password_fault(ctx, &error))
}

/// When the account that joins begins, and with which hash of a password.
#[derive(Clone, Copy)]
enum Begins<'h> {
    /// It is there and stays as it is.
    Before,
    Now(&'h str),
    /// It is there without any role.
    Anew(&'h str),
}

/// Gives an account its role.
async fn join(
    ctx: &OpContext,
    backend: &Backend,
    link: &Link,
    slug: &EnterpriseSlug,
    account: &SignedInAccount,
    begins: Begins<'_>,
) -> Result<(), Error> {
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let person = as_person(ctx, link, account);
    let scope = authorize_within(&person, &db, slug, Action::Read, Resource::Membership).await?;
    // Before the link, as whoever replaces it does.
    store::provider::lock_people(&db, &scope).await.map_err(failed)?;
    use_up(ctx, &db, link).await?;
    match begins {
        Begins::Before => {}
        Begins::Now(hash) => store::account::insert(&db, account, hash, ctx.now)
            .await
            .map_err(|error| taken(ctx, error, MADE_NOW))?,
        Begins::Anew(hash) => begin_anew(ctx, &db, account, hash).await?,
    }
    store::membership::insert(&db, &scope, account.id, link.role, ctx.now)
        .await
        .map_err(|error| taken(ctx, error, "You have a role at this enterprise already. Sign in."))?;
    let member = member(ctx, &db, &scope, account.id).await?;
    membership::audit_added(&db, &person, &scope, &member)
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)
}

/// Makes an account without any role that of the person whom the link is for: nothing opens it any more that did before.
async fn begin_anew(
    ctx: &OpContext,
    db: &DatabaseTransaction,
    account: &SignedInAccount,
    hash: &str,
) -> Result<(), Error> {
    let failed = |error| internal(ctx, error);
    // Somebody may have given it a role since: then it is not this link's to open.
    store::account::lock(db, account.id).await.map_err(failed)?;
    let grants = store::account::grants(db, account.id).await.map_err(failed)?;
    if !grants.is_empty() {
        return Err(Error::conflict("password", MADE_NOW));
    }
    store::account::begin_anew(db, account, hash).await.map_err(failed)?;
    store::session::delete_of_account(db, account.id)
        .await
        .map_err(failed)?;
    store::api_token::delete_of_account(db, account.id)
        .await
        .map_err(failed)
}

fn taken(ctx: &OpContext, error: sea_orm::DbErr, message: &str) -> Error {
    if is_unique_violation(&error) {
        return Error::conflict("password", message);
    }
    internal(ctx, error)
}

async fn set_password(
    ctx: &OpContext,
    backend: &Backend,
    link: &Link,
    slug: &EnterpriseSlug,
    input: &AcceptInput,
) -> Result<SignedInAccount, Error> {
    let password = input
        .check_password()
        .map_err(|field| Error::Invalid { fields: vec![field] })?;
    let hash = hashed(ctx, backend, password).await?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let id = link.account.ok_or_else(no_such_link)?;
    let account = store::account::find(&db, id).await.map_err(failed)?;
    let account = account
        .filter(|found| !found.disabled)
        .ok_or_else(no_such_link)?
        .account;
    let person = as_person(ctx, link, &account);
    let scope = authorize_within(&person, &db, slug, Action::Read, Resource::Membership).await?;
    // Before the link, as whoever replaces it does.
    store::provider::lock_people(&db, &scope).await.map_err(failed)?;
    use_up(ctx, &db, link).await?;
    // Since the link was made the person may have come to a role that its maker does not give.
    if store::membership::is_shared(&db, link.provider, id)
        .await
        .map_err(failed)?
    {
        return Err(no_such_link());
    }
    let before = member(ctx, &db, &scope, id).await?;
    store::account::set_password(&db, id, Some(hash))
        .await
        .map_err(failed)?;
    store::session::delete_of_account(&db, id).await.map_err(failed)?;
    let after = member(ctx, &db, &scope, id).await?;
    membership::audit_changed(&db, &person, &scope, &before, &after)
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    Ok(account)
}

async fn use_up(ctx: &OpContext, db: &DatabaseTransaction, link: &Link) -> Result<(), Error> {
    let used = store::invitation::use_up(db, link, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))?;
    if used { Ok(()) } else { Err(no_such_link()) }
}

/// The request as that of the person whom the link is for: the audit log names them.
fn as_person(ctx: &OpContext, link: &Link, account: &SignedInAccount) -> OpContext {
    let signed_in = SignedIn {
        account: account.clone(),
        grants: vec![Grant::Enterprise {
            enterprise: link.enterprise,
            role: link.role,
        }],
        token: None,
    };
    OpContext {
        actor: Actor::Account(Arc::new(signed_in)),
        ..ctx.clone()
    }
}

/// The role of the account at the enterprise; a link whose role was taken away meanwhile does not work any more.
async fn member(
    ctx: &OpContext,
    db: &DatabaseTransaction,
    scope: &EnterpriseScope,
    account: AccountId,
) -> Result<MemberRow, Error> {
    store::membership::of_account(db, scope, account)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or_else(no_such_link)
}
