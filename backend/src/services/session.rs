//! Signing in and out.

use domain::{
    account::{EmailAddress, PASSWORD_MAX_CHARS, SignedInAccount},
    error::Error,
    ids::AccountId,
};

use crate::{
    Backend,
    auth::PasswordError,
    context::{OpContext, SignedIn},
    error::{fault, internal},
    store,
};

/// The one answer to every failed sign-in, whatever was wrong with it.
const WRONG: &str = "The e-mail address or the password is wrong.";

/// Checks a sign-in name and a password. Whether the name exists shows neither in the answer nor in its time.
///
/// # Errors
/// [`Error::Invalid`] when they do not fit; [`Error::TooManyRequests`] after too many failures;
/// [`Error::Unavailable`] when too many people sign in at this moment.
pub async fn sign_in(
    ctx: &OpContext,
    backend: &Backend,
    email: &str,
    password: &str,
) -> Result<SignedInAccount, Error> {
    let email = EmailAddress::parse(email).map_err(|_| wrong())?;
    if password.chars().count() > PASSWORD_MAX_CHARS {
        return Err(wrong());
    }
    backend
        .throttle()
        .attempt(&email, ctx.peer, ctx.now)
        .map_err(|seconds| Error::TooManyRequests { seconds })?;
    let Some(account) = judge(ctx, backend, &email, password)
        .await
        .inspect_err(|_| backend.throttle().not_judged(&email, ctx.peer))?
    else {
        tracing::info!(request_id = %ctx.request_id, "a sign-in failed");
        return Err(wrong());
    };
    backend.throttle().succeeded(&email, ctx.peer);
    store::account::signed_in(backend.database(), account.id, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))?;
    Ok(account)
}

/// The account that name and password fit, if there is one and it is not disabled.
async fn judge(
    ctx: &OpContext,
    backend: &Backend,
    email: &EmailAddress,
    password: &str,
) -> Result<Option<SignedInAccount>, Error> {
    let found = store::account::credentials(backend.database(), email)
        .await
        .map_err(|error| internal(ctx, error))?;
    let usable = found.filter(|found| !found.disabled);
    let hash = usable.as_ref().and_then(|found| found.password_hash.clone());
    let fits = backend
        .passwords()
        .verify(password.to_owned(), hash)
        .await
        .map_err(|error| password_fault(ctx, &error))?;
    Ok(usable.filter(|_| fits).map(|found| found.account))
}

fn wrong() -> Error {
    Error::invalid("email", WRONG)
}

/// The answer to a password that could not be checked or hashed.
pub(crate) fn password_fault(ctx: &OpContext, error: &PasswordError) -> Error {
    match error {
        PasswordError::Busy => Error::Unavailable,
        PasswordError::Hash(_) => fault(ctx, "a password could not be hashed", error),
    }
}

/// The person behind a session, with their present roles; none when the account is gone or disabled.
///
/// # Errors
/// [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn actor(ctx: &OpContext, backend: &Backend, account: AccountId) -> Result<Option<SignedIn>, Error> {
    let found = store::account::find(backend.database(), account)
        .await
        .map_err(|error| internal(ctx, error))?;
    let Some(found) = found.filter(|found| !found.disabled) else {
        return Ok(None);
    };
    let grants = store::account::grants(backend.database(), account)
        .await
        .map_err(|error| internal(ctx, error))?;
    Ok(Some(SignedIn {
        account: found.account,
        grants,
        token: None,
    }))
}

/// The person for whom work is done that they asked for earlier, with their present roles; somebody who is disabled by now
/// has none. None when the account is gone.
///
/// # Errors
/// As [`actor`].
pub(crate) async fn asked_earlier(
    ctx: &OpContext,
    backend: &Backend,
    account: AccountId,
) -> Result<Option<SignedIn>, Error> {
    if let Some(person) = actor(ctx, backend, account).await? {
        return Ok(Some(person));
    }
    let found = store::account::find(backend.database(), account)
        .await
        .map_err(|error| internal(ctx, error))?;
    Ok(found.map(|found| SignedIn {
        account: found.account,
        grants: Vec::new(),
        token: None,
    }))
}

/// Ends every session of the signed-in person, in all browsers.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn sign_out_everywhere(ctx: &OpContext, backend: &Backend) -> Result<(), Error> {
    let account = ctx.account()?.id;
    store::session::delete_of_account(backend.database(), account)
        .await
        .map_err(|error| internal(ctx, error))
}
