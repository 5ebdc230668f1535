//! Find anything: groups, people and numbers of one enterprise by a few typed words.

use domain::{
    access::{Action, Resource, allowed},
    enterprise::EnterpriseSlug,
    error::Error,
    finder::{Found, MOST_OF_A_KIND},
    table::{fold, searchable},
};

use crate::{Backend, access::authorize, context::OpContext, error::internal, store};

/// The best few of each kind that the asker may read; nothing while nothing is typed.
///
/// A group is found by its name, and by the names and sign-in names of its owner and members; a person by name and
/// sign-in name; a number by any part of it, typed in any usual form.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn find(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    search: &str,
) -> Result<Found, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::Enterprise).await?;
    let search = fold(&searchable(search));
    let mut found = Found::default();
    if search.is_empty() {
        return Ok(found);
    }
    let may_read = |resource| allowed(scope.role(), Action::Read, resource);
    let failed = |error| internal(ctx, error);
    let db = backend.database();
    if may_read(Resource::PhoneNumber) {
        found.numbers = store::finder::numbers(db, &scope, &search).await.map_err(failed)?;
    }
    if may_read(Resource::TeamsUser) {
        found.users = store::finder::people(db, &scope, &search).await.map_err(failed)?;
    }
    if may_read(Resource::SmsGroup) {
        found.groups = store::finder::groups(db, &scope, &search, &found.users)
            .await
            .map_err(failed)?;
    }
    found.users.truncate(MOST_OF_A_KIND);
    Ok(found)
}
