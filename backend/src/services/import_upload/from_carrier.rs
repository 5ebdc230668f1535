//! A file that nobody uploads: the numbers that a carrier lists, to be checked and imported as any other file.
//!
//! Credentials may see more than one customer of a provider has. So what is asked for is what belongs to the domains that
//! the profile has in this enterprise; everything only the provider may list, where the profile has none yet.

use std::{sync::Arc, time::Duration};

use domain::{
    access::{Resource, Role},
    domain_subscription::DomainName,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::CarrierProfileId,
    import::{ImportKind, ImportUpload, MAX_ROWS},
};
use tokio::sync::mpsc;

use super::{
    may,
    receive::{ReceiveError, Receiving, receive},
};
use crate::{
    Backend,
    access::EnterpriseScope,
    carriers::{Access, CarrierAdapter, CarrierError, RemoteNumber},
    context::OpContext,
    error::{fault, internal},
    import::{CARRIER_HEADER, carrier_rows},
    services::carrier_profile::access_of,
    store,
};

/// How long listing may take; shorter than the request that asks for it may.
const PATIENCE: Duration = Duration::from_secs(9 * 60);
/// How many answers wait for the database.
const ANSWERS_AHEAD: usize = 2;
/// What the file is called where the enterprise's own people have nothing to do with carriers.
const UNNAMED: &str = "Numbers from the carrier";
/// The field that the reasons belong to.
const FIELD: &str = "profile";

/// Has the carrier of a profile list its numbers, and keeps them as a file that can be looked at, checked and imported.
/// Changes nothing else. Waits for its turn while others list.
///
/// # Errors
/// As for receiving a file with numbers; [`Error::NotFound`] when there is no such profile; [`Error::NotSupported`] when
/// the portal cannot talk to its carrier; [`Error::Conflict`] at the profile with why the carrier lists nothing, in the
/// words of trying the connection; [`Error::Unavailable`] when its turn does not come.
pub async fn receive_from_carrier(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    profile: CarrierProfileId,
) -> Result<ImportUpload, Error> {
    let scope = may(ctx, backend, enterprise, ImportKind::Numbers).await?;
    let source = Source::find(ctx, backend, &scope, profile).await?;
    let mut receiving = receive(ctx, backend, enterprise, ImportKind::Numbers, &source.file_name()).await?;
    let mut too_late = Error::Unavailable;
    let listing = async {
        // Whoever waits here holds no connection.
        let _turn = backend.listings().of(scope.enterprise()).await?;
        too_late = refused("The carrier takes too long to list its numbers.");
        take_in(ctx, &mut receiving, &source).await
    };
    let listed = tokio::time::timeout(PATIENCE, listing).await;
    match listed.unwrap_or(Err(too_late)) {
        Ok(()) => receiving.finish().await,
        Err(error) => {
            receiving.abandon().await;
            Err(error)
        }
    }
}

fn refused(reason: impl Into<String>) -> Error {
    Error::conflict(FIELD, reason)
}

fn not_listed(error: CarrierError) -> Error {
    refused(error.to_string())
}

fn too_many() -> Error {
    refused(format!(
        "The carrier lists more than {MAX_ROWS} numbers or 50 MB, the most that can be imported at once."
    ))
}

/// Where numbers come from.
struct Source {
    adapter: Arc<dyn CarrierAdapter>,
    access: Access,
    /// The profile's name.
    profile: String,
    /// Whether everybody who reads of the file may know it.
    may_be_named: bool,
    /// Whose numbers are listed; everything the credentials see where there is none.
    domains: Vec<DomainName>,
}

impl Source {
    async fn find(
        ctx: &OpContext,
        backend: &Backend,
        scope: &EnterpriseScope,
        id: CarrierProfileId,
    ) -> Result<Self, Error> {
        const NOT_FOUND: Error = Error::NotFound {
            resource: Resource::CarrierProfile,
        };
        let failed = |error| internal(ctx, error);
        let db = backend.database();
        let profile = store::carrier_profile::details(db, scope, id).await.map_err(failed)?;
        let profile = profile.ok_or(NOT_FOUND)?;
        let adapter = backend
            .carriers()
            .get(profile.carrier)
            .ok_or_else(|| Error::NotSupported {
                message: format!(
                    "The portal cannot talk to {} yet. Nothing was changed.",
                    profile.carrier.label()
                ),
            })?;
        let wanted = store::domain_subscription::wanted(db, scope, id)
            .await
            .map_err(failed)?;
        let domains: Vec<DomainName> = wanted.into_iter().map(|row| row.domain).collect();
        if domains.is_empty() && scope.role() != Role::ProviderAdmin {
            return Err(refused(
                "This carrier profile has no domain yet, so the numbers of your enterprise cannot be told from those of \
                 others. Ask your provider.",
            ));
        }
        let (_, access) = access_of(backend, scope, id).await.map_err(failed)?.ok_or(NOT_FOUND)?;
        Ok(Self {
            adapter,
            access: access.map_err(not_listed)?,
            profile: profile.name,
            may_be_named: scope.shows_carriers_to_its_people(),
            domains,
        })
    }

    /// The name of the file, by which the audit log and the tasks know where numbers came from.
    fn file_name(&self) -> String {
        if !self.may_be_named {
            return UNNAMED.to_owned();
        }
        // What separates folders would cut the name.
        format!("{} (from the carrier)", self.profile.replace(['/', '\\'], "-"))
    }
}

/// Writes what the carrier lists into the file, as it comes.
async fn take_in(ctx: &OpContext, receiving: &mut Receiving, source: &Source) -> Result<(), Error> {
    let (found, answers) = mpsc::channel(ANSWERS_AHEAD);
    let listing = source.adapter.list_numbers(&source.access, &source.domains, found);
    let (listed, written) = tokio::join!(listing, write(ctx, receiving, &source.profile, answers));
    // Where writing ended early, listing did too, and that is why.
    let rows = written?;
    listed.map_err(not_listed)?;
    if rows == 0 {
        return Err(refused(
            "The carrier lists no numbers for the domains of this carrier profile.",
        ));
    }
    tracing::info!(request_id = %ctx.request_id, rows, "the numbers of a carrier profile were listed");
    Ok(())
}

/// Tells how many rows were written.
async fn write(
    ctx: &OpContext,
    receiving: &mut Receiving,
    profile: &str,
    mut answers: mpsc::Receiver<Vec<RemoteNumber>>,
) -> Result<u64, Error> {
    let mut rows = 0;
    put(receiving, CARRIER_HEADER.as_bytes()).await?;
    while let Some(numbers) = answers.recv().await {
        rows += numbers.len() as u64;
        if rows > MAX_ROWS {
            return Err(too_many());
        }
        let written = carrier_rows(profile, &numbers)
            .map_err(|error| fault(ctx, "the numbers of a carrier could not be written down", &error))?;
        put(receiving, &written).await?;
    }
    Ok(rows)
}

async fn put(receiving: &mut Receiving, bytes: &[u8]) -> Result<(), Error> {
    receiving.write(bytes).await.map_err(|error| match error {
        ReceiveError::TooLarge => too_many(),
        ReceiveError::Refused(error) => error,
    })
}
