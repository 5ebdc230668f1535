//! Requests to subscribe domains again: an enterprise files one, its provider answers it.

use domain::{
    access::{Action, Resource},
    audit::{AuditAction, AuditSubject},
    domain_subscription::DomainSubscriptionRow,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{DomainSubscriptionId, ResubscriptionRequestId},
    resubscription_request::{RequestAnswerInput, RequestRow, ResubscriptionRequest, TABLE},
    table::{Page, TableIndex, TableQuery, WHOLE_LIST_ROWS, WholeList},
};
use sea_orm::{DatabaseTransaction, DbErr};

use crate::{
    Backend,
    access::{EnterpriseScope, authorize, authorize_provider},
    context::OpContext,
    error::{internal, is_foreign_key_violation, is_unique_violation},
    store,
};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::ResubscriptionRequest,
};
const NO_DOMAIN: Error = Error::NotFound {
    resource: Resource::DomainSubscription,
};

/// Asks the provider to subscribe a domain again that does not receive messages.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such domain in this enterprise; [`Error::Conflict`] when it
/// receives messages, is being deleted, or a request for it is open.
pub async fn file(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    domain: DomainSubscriptionId,
) -> Result<ResubscriptionRequest, Error> {
    let scope = authorize(
        ctx,
        backend,
        enterprise,
        Action::Create,
        Resource::ResubscriptionRequest,
    )
    .await?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let row = store::domain_subscription::find(&db, &scope, domain, ctx.now).await;
    check(&row.map_err(failed)?.ok_or(NO_DOMAIN)?)?;
    let id = ResubscriptionRequestId(store::new_id());
    store::resubscription_request::insert(&db, ctx, &scope, id, domain)
        .await
        .map_err(|error| not_filed(ctx, error))?;
    let filed = read(&db, ctx, &scope, id).await?;
    audit(&db, ctx, &scope, AuditAction::Create, (None, &filed))
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    Ok(filed)
}

async fn rows(ctx: &OpContext, backend: &Backend, ids: &[ResubscriptionRequestId]) -> Result<Vec<RequestRow>, Error> {
    let scope = authorize_provider(ctx, Action::Read, Resource::ResubscriptionRequest)?;
    store::resubscription_request::queue(backend.database(), &scope, ids)
        .await
        .map_err(|error| internal(ctx, error))
}

/// Requests are few beside what they are about, so their table is answered in memory.
fn index(rows: &[RequestRow]) -> TableIndex {
    TableIndex::build(&TABLE, rows, RequestRow::indexed)
}

/// One page of the provider's queue of requests, of all its enterprises.
///
/// # Errors
/// As [`authorize_provider`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list(ctx: &OpContext, backend: &Backend, query: &TableQuery) -> Result<Page<RequestRow>, Error> {
    let rows = rows(ctx, backend, &[]).await?;
    Ok(index(&rows).evaluate(query, ctx.now).page_of(&rows))
}

/// All rows of the queue, or those of `ids` if there are any; for browsers that answer queries by themselves.
///
/// # Errors
/// As [`list`].
pub async fn list_all(
    ctx: &OpContext,
    backend: &Backend,
    ids: &[ResubscriptionRequestId],
) -> Result<WholeList<RequestRow>, Error> {
    let rows = rows(ctx, backend, ids).await?;
    if rows.len() as u64 > WHOLE_LIST_ROWS {
        return Ok(WholeList::TooLong);
    }
    Ok(WholeList::Rows((), rows))
}

/// The rows of the queue that `query` finds, in its order, whatever the page; for files.
///
/// # Errors
/// As [`list`].
pub async fn export(ctx: &OpContext, backend: &Backend, query: &TableQuery) -> Result<Vec<RequestRow>, Error> {
    let rows = rows(ctx, backend, &[]).await?;
    let places = index(&rows).matching(query, ctx.now);
    let found = places.into_iter().filter_map(|place| rows.get(place as usize).cloned());
    Ok(found.collect())
}

/// One request of the queue.
///
/// # Errors
/// As [`list`]; [`Error::NotFound`] when no enterprise of the provider has such a request.
pub async fn get(ctx: &OpContext, backend: &Backend, id: ResubscriptionRequestId) -> Result<RequestRow, Error> {
    rows(ctx, backend, &[id]).await?.pop().ok_or(NOT_FOUND)
}

/// Answers an open request; for the provider.
///
/// # Errors
/// As [`authorize`]; [`Error::Invalid`] when a rule for the answer is broken; [`Error::NotFound`] when there is no such
/// request in this enterprise; [`Error::Conflict`] when it has been answered already.
pub async fn answer(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: ResubscriptionRequestId,
    input: &RequestAnswerInput,
) -> Result<ResubscriptionRequest, Error> {
    let scope = authorize(
        ctx,
        backend,
        enterprise,
        Action::Update,
        Resource::ResubscriptionRequest,
    )
    .await?;
    let answer = input.check().map_err(|fields| Error::Invalid { fields })?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let before = read(&db, ctx, &scope, id).await?;
    let answered = store::resubscription_request::answer(&db, ctx, &scope, id, &answer)
        .await
        .map_err(failed)?;
    if !answered {
        return Err(Error::conflict("verdict", "This request has been answered already."));
    }
    let after = read(&db, ctx, &scope, id).await?;
    audit(&db, ctx, &scope, AuditAction::Update, (Some(&before), &after))
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    Ok(after)
}

/// Whether there is anything to ask for.
fn check(row: &DomainSubscriptionRow) -> Result<(), Error> {
    if row.is_being_deleted() {
        return Err(Error::conflict("domain", "This domain is being deleted."));
    }
    if !row.can_be_requested() {
        let message = "This domain is subscribed and receives messages. There is nothing to ask for.";
        return Err(Error::conflict("domain", message));
    }
    if row.open_request().is_some() {
        return Err(already_open());
    }
    Ok(())
}

fn already_open() -> Error {
    Error::conflict(
        "domain",
        "A request for this domain is open already. Your provider has not answered it yet.",
    )
}

/// Two who ask at once meet at the constraint that one request is open at a time.
fn not_filed(ctx: &OpContext, error: DbErr) -> Error {
    if is_unique_violation(&error) {
        return already_open();
    }
    if is_foreign_key_violation(&error) {
        return NO_DOMAIN;
    }
    internal(ctx, error)
}

async fn read(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    id: ResubscriptionRequestId,
) -> Result<ResubscriptionRequest, Error> {
    store::resubscription_request::find(db, scope, id)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)
}

async fn audit(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    action: AuditAction,
    (before, after): (Option<&ResubscriptionRequest>, &ResubscriptionRequest),
) -> Result<(), DbErr> {
    let subject = AuditSubject {
        action,
        resource: Resource::ResubscriptionRequest,
        id: Some(after.id.0),
    };
    store::audit::write(db, ctx, scope, subject, before, Some(after)).await
}
