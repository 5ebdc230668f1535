//! Deleting a domain: marked first, removed at the carrier next, and gone when the carrier has confirmed. Where another
//! enterprise has the carrier's subscription too, it stays there.
//!
//! Only the mark belongs to the request. The rest happens behind it and shows in the table; what a stopped server leaves
//! marked is taken up at the next start. Each step names the version it read, so that two who do the same do it once, and
//! no renewal that began before brings the domain back.
//!
//! A carrier may have been asked to subscribe the domain just before, and may do so after it was looked at. So the row
//! stays until nothing can appear there any more and another look has found nothing of ours.

use std::time::Duration;

use domain::{
    access::{Action, Resource},
    audit::AuditAction,
    domain_subscription::{DomainSubscriptionRow, RenewalStatus},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::DomainSubscriptionId,
};
use sea_orm::{DatabaseTransaction, DbErr};

use super::{
    NOT_FOUND,
    rows::{audit, can_reach, lacks_credentials, no_adapter, outdated, read},
};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    carriers::{Access, CarrierError, Subscription, SubscriptionApi},
    context::{Actor, OpContext},
    error::internal,
    services::carrier_profile::access_of,
    store::{self, domain_subscription::AtCarrier},
};

/// How long a carrier may take to remove a subscription.
const PATIENCE: Duration = Duration::from_secs(60);
/// Who goes on with deletions, in the audit log.
const WORKER: Actor = Actor::System("deletion of domains");

/// Begins to delete the domain that was read as `version`, and answers with its row as it is being deleted. Failures at
/// the carrier show in the row afterwards; deleting can be tried again then.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when it is gone; [`Error::Outdated`] when somebody changed it;
/// [`Error::Conflict`] when it is being deleted already; [`Error::NotSupported`] when the portal cannot talk to its
/// carrier, or has no credentials for it.
pub async fn delete(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: DomainSubscriptionId,
    version: i64,
) -> Result<DomainSubscriptionRow, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Delete, Resource::DomainSubscription).await?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let before = read(&db, ctx, &scope, id).await?;
    let at_carrier = store::domain_subscription::at_carrier(&db, &scope, id).await;
    let at_carrier = at_carrier.map_err(failed)?.ok_or(NOT_FOUND)?;
    check(backend, &before, &at_carrier, version)?;
    check_credentials(ctx, backend, (&db, &scope), &at_carrier).await?;
    let marked =
        store::domain_subscription::set_status(&db, &scope, id, version, (RenewalStatus::Deleting, None), ctx.now);
    if !marked.await.map_err(failed)? {
        return Err(outdated(&read(&db, ctx, &scope, id).await?));
    }
    let after = read(&db, ctx, &scope, id).await?;
    audit(&db, ctx, &scope, AuditAction::Update, (Some(&before), Some(&after)))
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    tokio::spawn(Deletion::new(ctx, backend, scope, id).run());
    Ok(after)
}

/// Goes on with every deletion that was under way when the program last stopped; call it once, at the start. Answers with
/// their number.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but the system; [`Error::Unavailable`] or [`Error::Internal`] when the database
/// fails.
pub async fn resume_deletions(ctx: &OpContext, backend: &Backend) -> Result<usize, Error> {
    if !matches!(ctx.actor, Actor::System(_)) {
        return Err(Error::Forbidden {
            action: Action::Delete,
            resource: Resource::DomainSubscription,
        });
    }
    let left = store::domain_subscription::being_deleted(backend.database())
        .await
        .map_err(|error| internal(ctx, error))?;
    for (enterprise, id) in &left {
        let scope = authorize(ctx, backend, enterprise, Action::Delete, Resource::DomainSubscription).await?;
        tokio::spawn(Deletion::new(ctx, backend, scope, *id).run());
    }
    Ok(left.len())
}

/// Whether the domain can be deleted now, by us.
fn check(backend: &Backend, row: &DomainSubscriptionRow, at: &AtCarrier, version: i64) -> Result<(), Error> {
    if row.version != version {
        return Err(outdated(row));
    }
    if row.is_being_deleted() {
        return Err(Error::conflict("domain", "This domain is being deleted already."));
    }
    if at.may_be_there() && !can_reach(backend, at.carrier) {
        return Err(Error::NotSupported {
            message: format!(
                "{} Nothing was changed. Ask your provider to remove the subscription.",
                no_adapter(at.carrier)
            ),
        });
    }
    Ok(())
}

/// Whether the profile has what the carrier asks for, where there is something to remove at the carrier.
async fn check_credentials(
    ctx: &OpContext,
    backend: &Backend,
    within: (&DatabaseTransaction, &EnterpriseScope),
    at: &AtCarrier,
) -> Result<(), Error> {
    if !at.may_be_there() || !lacks_credentials(ctx, backend, within, (at.carrier, at.profile)).await? {
        return Ok(());
    }
    Err(Error::NotSupported {
        message: "The carrier profile has no credentials, so the subscription cannot be removed at the carrier. \
                  Nothing was changed. Ask your provider to set them."
            .to_owned(),
    })
}

/// One deletion on its way, behind the request that began it.
struct Deletion {
    ctx: OpContext,
    backend: Backend,
    scope: EnterpriseScope,
    id: DomainSubscriptionId,
}

impl Deletion {
    fn new(asked: &OpContext, backend: &Backend, scope: EnterpriseScope, id: DomainSubscriptionId) -> Self {
        let ctx = OpContext {
            actor: WORKER,
            request_id: asked.request_id,
            now: asked.now,
            peer: None,
        };
        Self {
            ctx,
            backend: backend.clone(),
            scope,
            id,
        }
    }

    /// Does it. When the database fails the row stays marked, for the next start.
    async fn run(mut self) {
        if let Err(error) = self.remove().await {
            let (request_id, domain) = (self.ctx.request_id, self.id);
            tracing::error!(%request_id, %domain, %error, "deleting a domain was not finished");
        }
    }

    async fn remove(&mut self) -> Result<(), DbErr> {
        let timing = self.backend.carriers().timing().clone();
        loop {
            let at = store::domain_subscription::at_carrier(self.backend.database(), &self.scope, self.id).await?;
            let Some(at) = at else { return Ok(()) };
            let unsettled = at.settles_at.and_then(|end| (end - timing.now()).to_std().ok());
            let is_shared = self.is_shared(&at).await?;
            let failure = if is_shared {
                None
            } else {
                self.remove_at_carrier(&at).await?.err()
            };
            self.ctx.now = timing.now();
            match (failure, unsettled) {
                (Some(reason), _) => return self.tell_failure(at.version, &reason).await,
                (None, Some(left)) if !is_shared && !left.is_zero() => timing.wait(left).await,
                (None, _) => return self.remove_row(&at).await,
            }
        }
    }

    /// Whether messages of another enterprise come through the same subscription: then it stays at the carrier.
    async fn is_shared(&self, at: &AtCarrier) -> Result<bool, DbErr> {
        let Some(host) = at.host.as_deref() else {
            return Ok(false);
        };
        store::domain_subscription::is_held_at(self.backend.database(), &at.domain, host).await
    }

    /// Removes it at the carrier, or says why that failed.
    async fn remove_at_carrier(&self, at: &AtCarrier) -> Result<Result<(), String>, DbErr> {
        if !at.may_be_there() {
            // The carrier never had one. It may not even let us ask: that can be why.
            return Ok(Ok(()));
        }
        let access = match access_of(&self.backend, &self.scope, at.profile).await? {
            Some((_, Ok(access))) => access,
            // The carrier is asked in any case: adapters say best what is missing.
            Some((_, Err(CarrierError::NoCredentials))) | None => Access {
                profile: at.profile,
                host: at.host.clone(),
                stamp: 0,
                credentials: Vec::new(),
            },
            Some((_, Err(error))) => return Ok(Err(error.to_string())),
        };
        let adapter = self.backend.carriers().get(at.carrier);
        let Some(api) = adapter.as_ref().and_then(|adapter| adapter.subscriptions()) else {
            return Ok(Err(no_adapter(at.carrier)));
        };
        let removing = self.remove_all(api, &access, at);
        Ok(match tokio::time::timeout(PATIENCE, removing).await {
            Ok(done) => done.map_err(|error| error.to_string()),
            Err(_) => Err(CarrierError::Transient.to_string()),
        })
    }

    /// Removes the subscription that we know of, and any other of ours on the domain: one whose making was never answered
    /// is known to the carrier alone.
    async fn remove_all(&self, api: &dyn SubscriptionApi, access: &Access, at: &AtCarrier) -> Result<(), CarrierError> {
        let mut ids: Vec<String> = at.subscription_id.iter().cloned().collect();
        if let Some(address) = self.backend.inbound_url().filter(|_| !access.credentials.is_empty()) {
            let found = api.list(access).await?;
            let ours = found.into_iter().filter(|found| found.sends_below(&at.domain, address));
            let others = ours.filter(|found| at.subscription_id.as_ref() != Some(&found.id));
            ids.extend(others.map(|found| found.id));
        }
        for id in ids {
            let subscription = Subscription {
                profile: at.profile,
                host: at.host.clone(),
                domain: at.domain.clone(),
                id,
            };
            match api.delete(access, &subscription).await {
                // What the carrier does not know is gone.
                Ok(_) | Err(CarrierError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn remove_row(&self, at: &AtCarrier) -> Result<(), DbErr> {
        let db = store::begin_write(self.backend.database()).await?;
        let before = store::domain_subscription::find(&db, &self.scope, self.id, self.ctx.now).await?;
        if let Some(before) = before
            && store::domain_subscription::remove(&db, &self.scope, self.id, at.version).await?
        {
            if let Some(host) = at.host.as_deref() {
                // Who has come to want the domain while it was removed has it made anew.
                store::domain_subscription::wake_at(&db, &at.domain, host, self.ctx.now).await?;
            }
            audit(&db, &self.ctx, &self.scope, AuditAction::Delete, (Some(&before), None)).await?;
        }
        db.commit().await
    }

    async fn tell_failure(&self, version: i64, reason: &str) -> Result<(), DbErr> {
        let (scope, id, now) = (&self.scope, self.id, self.ctx.now);
        let db = store::begin_write(self.backend.database()).await?;
        let Some(before) = store::domain_subscription::find(&db, scope, id, now).await? else {
            return Ok(());
        };
        let failed = (RenewalStatus::DeletionFailed, Some(reason));
        if before.is_being_deleted()
            && store::domain_subscription::set_status(&db, scope, id, version, failed, now).await?
        {
            let after = store::domain_subscription::find(&db, scope, id, now).await?;
            audit(
                &db,
                &self.ctx,
                scope,
                AuditAction::Update,
                (Some(&before), after.as_ref()),
            )
            .await?;
        }
        db.commit().await
    }
}
