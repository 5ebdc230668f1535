//! Accounts, as the command line makes them and gives them new passwords.

use domain::{
    access::{Action, Resource, Role},
    account::{EmailAddress, SignedInAccount},
    enterprise::{EnterpriseSlug, organization_name},
    error::Error,
    ids::{AccountId, EnterpriseId, ProviderId},
    membership::MemberState,
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend,
    access::authorize,
    auth::one_time_password,
    context::{Actor, OpContext},
    error::{internal, is_unique_violation},
    services::{membership, session::password_fault},
    store,
};

/// The name of the provider that the first start makes; the console renames it.
const FIRST_PROVIDER: &str = "Your provider";

/// Who to make an account for.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The sign-in name.
    pub email: String,
    /// The person's name.
    pub display_name: String,
    /// The role at one enterprise; none for a provider admin.
    pub at: Option<(EnterpriseSlug, Role)>,
}

/// Makes an account with a password that is told once. Without any provider, as at the first start, it makes that too.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but the system; [`Error::Invalid`] when the e-mail address or the name breaks a
/// rule; [`Error::Conflict`] when the e-mail address is taken; [`Error::NotFound`] for an unknown enterprise.
pub async fn create(ctx: &OpContext, backend: &Backend, new: &NewAccount) -> Result<String, Error> {
    only_the_system(ctx, Action::Create)?;
    let email = email_address(&new.email)?;
    let display_name =
        organization_name(&new.display_name).map_err(|error| Error::invalid("display_name", format!("It {error}.")))?;
    let scope = match &new.at {
        Some((slug, role)) => {
            let scope = authorize(ctx, backend, slug, Action::Create, Resource::Membership).await?;
            Some((scope.provider(), scope.enterprise(), *role))
        }
        None => None,
    };
    let (password, hash) = new_password(ctx, backend).await?;
    let account = SignedInAccount {
        id: AccountId(store::new_id()),
        display_name,
        email,
    };
    insert(ctx, backend, &account, &hash, scope).await?;
    Ok(password)
}

async fn insert(
    ctx: &OpContext,
    backend: &Backend,
    account: &SignedInAccount,
    hash: &str,
    scope: Option<(ProviderId, EnterpriseId, Role)>,
) -> Result<(), Error> {
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let provider = match scope {
        Some((provider, ..)) => provider,
        None => first_provider(ctx, &db).await?,
    };
    store::account::insert(&db, account, hash, ctx.now)
        .await
        .map_err(|error| {
            if is_unique_violation(&error) {
                return Error::conflict("email", "An account with this e-mail address exists already.");
            }
            internal(ctx, error)
        })?;
    let at = scope.map(|(_, enterprise, role)| (enterprise, role));
    store::account::grant(&db, account.id, provider, at, ctx.now)
        .await
        .map_err(failed)?;
    membership::audit_password(&db, ctx, account, None)
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)
}

/// Gives the account with that sign-in name a new password, which is told once, in place of the one it has. Its sessions
/// end, and links to a new password do not work any more.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but the system; [`Error::Invalid`] when no account has that name;
/// [`Error::Conflict`] when the account is disabled.
pub async fn reset_password(ctx: &OpContext, backend: &Backend, email: &str) -> Result<String, Error> {
    only_the_system(ctx, Action::Update)?;
    let email = email_address(email)?;
    let (password, hash) = new_password(ctx, backend).await?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let found = store::account::credentials(&db, &email)
        .await
        .map_err(failed)?
        .ok_or_else(|| Error::invalid("email", "No account has this e-mail address."))?;
    if found.disabled {
        return Err(Error::conflict("email", "This account is disabled. Enable it first."));
    }
    let before = match found.password_hash {
        Some(_) => MemberState::Active,
        None => MemberState::PasswordReset,
    };
    let account = found.account;
    store::account::set_password(&db, account.id, Some(hash))
        .await
        .map_err(failed)?;
    store::session::delete_of_account(&db, account.id)
        .await
        .map_err(failed)?;
    store::invitation::delete_all_resets(&db, account.id)
        .await
        .map_err(failed)?;
    membership::audit_password(&db, ctx, &account, Some(before))
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    Ok(password)
}

fn only_the_system(ctx: &OpContext, action: Action) -> Result<(), Error> {
    match ctx.actor {
        Actor::System(_) => Ok(()),
        Actor::Anonymous | Actor::Account(_) => Err(Error::Forbidden {
            action,
            resource: Resource::Membership,
        }),
    }
}

fn email_address(text: &str) -> Result<EmailAddress, Error> {
    EmailAddress::parse(text).map_err(|error| Error::invalid("email", format!("It {error}.")))
}

/// A password that is told once, and its hash.
async fn new_password(ctx: &OpContext, backend: &Backend) -> Result<(String, String), Error> {
    let password = one_time_password();
    let hash = backend.passwords().hash(password.clone()).await;
    let hash = hash.map_err(|error| password_fault(ctx, &error))?;
    Ok((password, hash))
}

async fn first_provider(ctx: &OpContext, db: &impl ConnectionTrait) -> Result<ProviderId, Error> {
    let failed = |error| internal(ctx, error);
    match store::account::first_provider(db).await.map_err(failed)? {
        Some(provider) => Ok(provider),
        None => store::account::insert_provider(db, FIRST_PROVIDER, ctx.now)
            .await
            .map_err(failed),
    }
}

/// Whether anybody can sign in at all; false at the very first start.
///
/// # Errors
/// [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn any(ctx: &OpContext, backend: &Backend) -> Result<bool, Error> {
    store::account::any(backend.database())
        .await
        .map_err(|error| internal(ctx, error))
}
