//! Carries a plan out, step by step. Before each step the row is looked at again, and gets written until when the step may
//! take effect at the carrier: a deletion waits that long, so that nothing brings a deleted domain back.

use chrono::TimeDelta;
use domain::domain_subscription::{DomainName, RenewalStatus};
use sea_orm::DbErr;

use super::profile::{Fate, Visit};
use crate::{
    carriers::{Access, CarrierError, RemoteSubscription, Step, Subscription, SubscriptionApi, Wanted, plan},
    store,
};

/// How long it may take until what was asked for has taken effect at the carrier or never will, counted from the beginning
/// of the step: longer than the requests of a step, with signing in, may take, and a carrier to do what it accepted.
const SETTLES: TimeDelta = TimeDelta::minutes(3);

/// Where a step is carried out.
#[derive(Clone, Copy)]
struct At<'a> {
    api: &'a dyn SubscriptionApi,
    access: &'a Access,
}

impl Visit<'_> {
    /// Carries the steps out. What fails is written down at its domain; where the whole carrier fails, the rest is left.
    pub(super) async fn carry_out(
        &self,
        api: &dyn SubscriptionApi,
        access: &Access,
        steps: &[Step],
        fates: &mut [Fate],
    ) -> Result<(), DbErr> {
        let at = At { api, access };
        let mut stopped = None;
        for step in steps {
            let domain = domain_of(step);
            let Some(fate) = fates.iter_mut().find(|fate| fate.row.domain == *domain) else {
                continue;
            };
            match step {
                Step::Keep(_, remote) => fate.remote = Some(remote.clone()),
                Step::Wait(_) | Step::Foreign(..) => {}
                Step::Create(_) | Step::Renew(..) if stopped.is_some() => fate.error = stopped,
                Step::Create(_) => self.try_step(at, fate, None, &mut stopped).await?,
                Step::Renew(_, id) => self.try_step(at, fate, Some(id), &mut stopped).await?,
                Step::Delete(_, id) => {
                    if stopped.is_none() && !fate.left {
                        self.remove_spare(at, fate, id).await?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Creates, or renews the subscription of that id.
    async fn try_step(
        &self,
        at: At<'_>,
        fate: &mut Fate,
        id: Option<&String>,
        stopped: &mut Option<CarrierError>,
    ) -> Result<(), DbErr> {
        self.stay().await?;
        if !self.begin(fate).await? {
            fate.left = true;
            return Ok(());
        }
        let done = match id {
            Some(id) => match at.api.renew(at.access, id, &self.wish(&fate.row)).await {
                Ok(()) => Ok(None),
                Err(CarrierError::NotFound) => self.create(at, fate).await,
                Err(error) => Err(error),
            },
            None => self.create(at, fate).await,
        };
        match done {
            Ok(made) => {
                fate.acted = true;
                if let Some(made) = made {
                    self.keep_made(fate, made).await?;
                }
            }
            Err(error) => {
                fate.error = Some(error);
                if is_refusal(error) {
                    self.settle(fate).await?;
                }
                if is_of_all(error) {
                    *stopped = Some(error);
                }
            }
        }
        Ok(())
    }

    /// Marks the row, so that everybody sees that it is under way, and a deletion knows how long to look; false when it is
    /// not as it was read.
    async fn begin(&self, fate: &mut Fate) -> Result<bool, DbErr> {
        let (db, now) = (self.renewal.backend.database(), self.renewal.timing.now());
        fate.unsettled = fate.row.settles_at.filter(|end| *end > now);
        fate.row.settles_at = Some(now + SETTLES);
        if fate.row.status == RenewalStatus::Idle {
            fate.row.status = RenewalStatus::Renewing;
            return self.write(&mut fate.row).await;
        }
        store::domain_subscription::set_settles_at(db, &self.scope, &fate.row).await
    }

    /// Nothing came of the step: only what was in doubt before it still is.
    async fn settle(&self, fate: &mut Fate) -> Result<(), DbErr> {
        fate.row.settles_at = fate.unsettled;
        let db = self.renewal.backend.database();
        // A deletion that has begun meanwhile waits in vain, which does no harm.
        store::domain_subscription::set_settles_at(db, &self.scope, &fate.row)
            .await
            .map(drop)
    }

    /// Subscribes; what is there already is adopted. Answers with a subscription that is new to us.
    async fn create(&self, at: At<'_>, fate: &Fate) -> Result<Option<RemoteSubscription>, CarrierError> {
        match at.api.create(at.access, &self.wish(&fate.row)).await {
            Ok(made) => Ok(Some(made)),
            Err(CarrierError::Conflict) => self.adopt(at, fate).await,
            Err(error) => Err(error),
        }
    }

    async fn adopt(&self, at: At<'_>, fate: &Fate) -> Result<Option<RemoteSubscription>, CarrierError> {
        let found = at.api.list(at.access).await?;
        let now = self.renewal.timing.now();
        let wanted = Wanted {
            due: true,
            ..self.wanted(&fate.row, now)
        };
        match plan(&[wanted], &found, now).into_iter().next() {
            Some(Step::Keep(_, found)) => Ok(Some(found)),
            Some(Step::Renew(_, id)) => {
                at.api.renew(at.access, &id, &self.wish(&fate.row)).await?;
                Ok(found.into_iter().find(|found| found.id == id))
            }
            _ => Err(CarrierError::Conflict),
        }
    }

    /// Writes the new id down at once. Whoever has changed the row meanwhile comes upon the subscription by themselves: the
    /// next turn, or the deletion, which looks again when everything has settled.
    async fn keep_made(&self, fate: &mut Fate, made: RemoteSubscription) -> Result<(), DbErr> {
        fate.row.subscription_id = Some(made.id.clone());
        fate.row.subscribed_at = made.created_at.or(Some(self.renewal.timing.now()));
        fate.row.expires_at = made.expires_at;
        if self.write(&mut fate.row).await? {
            fate.remote = Some(made);
        } else {
            fate.left = true;
            fate.acted = false;
        }
        Ok(())
    }

    async fn remove_spare(&self, at: At<'_>, fate: &Fate, id: &str) -> Result<(), DbErr> {
        self.stay().await?;
        let db = self.renewal.backend.database();
        if !store::domain_subscription::is_still(db, &self.scope, fate.row.id, fate.row.version).await? {
            return Ok(());
        }
        // One too many is no harm that an admin has to know of; the next turn tries again.
        if let Err(error) = at.api.delete(at.access, &self.subscription(at, fate, id)).await {
            tracing::info!(domain = %fate.row.domain, id, %error, "a spare subscription could not be removed");
        }
        Ok(())
    }

    fn subscription(&self, at: At<'_>, fate: &Fate, id: &str) -> Subscription {
        Subscription {
            profile: at.access.profile,
            host: at.access.host.clone(),
            domain: fate.row.domain.clone(),
            id: id.to_owned(),
        }
    }
}

fn domain_of(step: &Step) -> &DomainName {
    match step {
        Step::Create(domain)
        | Step::Renew(domain, _)
        | Step::Keep(domain, _)
        | Step::Wait(domain)
        | Step::Delete(domain, _)
        | Step::Foreign(domain, _) => domain,
    }
}

/// Whether the carrier certainly did nothing.
fn is_refusal(error: CarrierError) -> bool {
    matches!(
        error,
        CarrierError::Forbidden | CarrierError::NotFound | CarrierError::Invalid
    ) || is_of_all(error)
}

/// Whether the next request would fail the same way.
fn is_of_all(error: CarrierError) -> bool {
    match error {
        CarrierError::Auth { .. }
        | CarrierError::NoCredentials
        | CarrierError::Unreadable
        | CarrierError::NoHost
        | CarrierError::PrivateHost
        | CarrierError::Unreachable
        | CarrierError::Tls
        | CarrierError::RateLimited { .. } => true,
        CarrierError::Forbidden
        | CarrierError::NotFound
        | CarrierError::Conflict
        | CarrierError::Invalid
        | CarrierError::NotShown
        | CarrierError::Transient
        | CarrierError::Protocol => false,
    }
}
