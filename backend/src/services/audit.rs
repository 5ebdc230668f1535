//! The audit log, as people and the command line read it. Writing it is part of each change, see `store::audit`.

use domain::{
    access::{Action, Resource},
    audit::{AuditEntry, AuditEventRow, AuditHistory, chain::Flaw},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::AuditEventId,
    table::{Page, TableQuery},
};
use uuid::Uuid;

use super::{export::Export, table};
use crate::{
    Backend,
    access::authorize,
    context::{Actor, OpContext},
    error::internal,
    store,
};

/// One page of the audit log.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Page<AuditEventRow>, Error> {
    table::list::<AuditEventRow>(ctx, backend, enterprise, query).await
}

/// The entries that `query` finds, in its order, whatever the page, with everything that changed; for files.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn export(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Export<AuditEntry>, Error> {
    table::export::<AuditEntry>(ctx, backend, enterprise, query).await
}

/// One entry with everything that changed.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such entry in this enterprise.
pub async fn get(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: AuditEventId,
) -> Result<AuditEntry, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::AuditEvent).await?;
    store::audit::find(backend.database(), &scope, id)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(Error::NotFound {
            resource: Resource::AuditEvent,
        })
}

/// What was done to the thing of that kind and id; nothing for one that was never there.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn history(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    resource: Resource,
    id: Uuid,
) -> Result<AuditHistory, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::AuditEvent).await?;
    store::audit::history(backend.database(), &scope, resource, id)
        .await
        .map_err(|error| internal(ctx, error))
}

/// What a check of one chain has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainReport {
    /// Whose chain it is: an enterprise's name in addresses, a provider's name, or the installation.
    pub name: String,
    /// How many entries it has.
    pub entries: u64,
    /// The hash of the last entry, which stands for all before it.
    pub last: String,
    /// What is wrong; nothing when the chain is as it was written.
    pub flaws: Vec<Flaw>,
}

/// Checks every chain of the installation, by name, while entries may be added.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but the system; [`Error::Unavailable`] or [`Error::Internal`] when the database
/// fails.
pub async fn verify(ctx: &OpContext, backend: &Backend) -> Result<Vec<ChainReport>, Error> {
    if !matches!(ctx.actor, Actor::System(_)) {
        return Err(Error::Forbidden {
            action: Action::Read,
            resource: Resource::AuditEvent,
        });
    }
    let chains = store::audit::chains(backend.database()).await;
    let mut reports = Vec::new();
    for (name, chain) in chains.map_err(|error| internal(ctx, error))? {
        let store::audit::VerifiedChain { entries, last, flaws } = store::audit::verify(backend.database(), chain)
            .await
            .map_err(|error| internal(ctx, error))?;
        reports.push(ChainReport {
            name,
            entries,
            last,
            flaws,
        });
    }
    Ok(reports)
}
