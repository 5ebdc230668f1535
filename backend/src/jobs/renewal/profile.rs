//! One turn of one profile.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use domain::{
    access::{Action, Resource},
    domain_subscription::{ForeignSubscriptions, RenewalStatus},
};
use sea_orm::DbErr;

use super::{LASTS, LASTS_NEARLY, Renewal, of, pause};
use crate::{
    access::{EnterpriseScope, authorize},
    carriers::{
        Access, CarrierAdapter, CarrierError, RENEW_BEFORE, RemoteSubscription, Step, SubscriptionApi, Wanted, Wish,
        plan,
    },
    context::OpContext,
    services::carrier_profile::access_of,
    store::{
        self,
        carrier_renewal::{self, Turn},
        domain_subscription::WantedRow,
    },
};

/// Below our address, where this kind of carrier sends.
const PATH: &str = "/netsapiens";
/// How long to wait before each look whether what was accepted shows.
const LOOKS: [u64; 5] = [1, 2, 4, 8, 15];

/// A domain and what became of it in this turn.
pub(super) struct Fate {
    pub(super) row: WantedRow,
    /// What the carrier has, as far as we have seen.
    pub(super) remote: Option<RemoteSubscription>,
    /// Whether anything was changed at the carrier, and there is no doubt of it.
    pub(super) acted: bool,
    /// Until when what was asked for in earlier turns may still take effect.
    pub(super) unsettled: Option<DateTime<Utc>>,
    /// Whether the domain was changed by others in the meantime, or is not wanted any more: it is left alone.
    pub(super) left: bool,
    pub(super) error: Option<CarrierError>,
    /// What others have subscribed on the domain, where the carrier could be asked.
    pub(super) foreign: Option<ForeignSubscriptions>,
}

impl Fate {
    fn new(row: WantedRow) -> Self {
        Self {
            row,
            remote: None,
            acted: false,
            unsettled: None,
            left: false,
            error: None,
            foreign: None,
        }
    }
}

/// What a turn came to.
struct Compared {
    fates: Vec<Fate>,
    /// Why nothing at all could be found out.
    error: Option<CarrierError>,
}

/// A turn under way.
pub(super) struct Visit<'v> {
    pub(super) renewal: &'v Renewal,
    pub(super) turn: &'v Turn,
    pub(super) ctx: OpContext,
    pub(super) scope: EnterpriseScope,
    pub(super) inbound: String,
}

impl Renewal {
    /// Has one turn, to its end.
    pub(super) async fn look_after(&self, turn: Turn) -> Result<(), DbErr> {
        let db = self.backend.database();
        let ctx = self.context();
        let (action, resource) = (Action::Update, Resource::DomainSubscription);
        let inbound = self.backend.inbound_url().map(str::to_owned);
        let scope = authorize(&ctx, &self.backend, &turn.enterprise, action, resource).await;
        let (Ok(scope), Some(inbound)) = (scope, inbound) else {
            let later = self.timing.now() + of(self.settings.check);
            return carrier_renewal::end(db, &turn, later, turn.failures).await;
        };
        let visit = Visit {
            renewal: self,
            turn: &turn,
            ctx,
            scope,
            inbound,
        };
        let rows = store::domain_subscription::wanted(db, &visit.scope, turn.profile).await?;
        let Compared { fates, error } = visit.compare(rows).await?;
        let failed = error.or_else(|| fates.iter().find_map(|fate| fate.error));
        let failures = if failed.is_some() {
            turn.failures.saturating_add(1)
        } else {
            0
        };
        let now = self.timing.now();
        let retry = failed.map(|error| now + pause(failures, error));
        let mut due_at = now + of(self.settings.check);
        for fate in fates {
            let next = visit.record(fate, retry).await?;
            due_at = Ord::min(due_at, next.unwrap_or(due_at));
        }
        carrier_renewal::end(db, &turn, retry.unwrap_or(due_at), failures).await
    }
}

impl Visit<'_> {
    /// Brings what the carrier has in line with what is wanted.
    async fn compare(&self, rows: Vec<WantedRow>) -> Result<Compared, DbErr> {
        let mut fates: Vec<Fate> = rows.into_iter().map(Fate::new).collect();
        let (adapter, access) = match self.reach().await? {
            Ok(reached) => reached,
            Err(error) => return Ok(self.failed(fates, error)),
        };
        let Some(api) = adapter.subscriptions() else {
            return Ok(self.failed(fates, CarrierError::Invalid));
        };
        let found = match api.list(&access).await {
            Ok(found) => found,
            Err(error) => return Ok(self.failed(fates, error)),
        };
        let now = self.renewal.timing.now();
        let wanted: Vec<Wanted> = fates.iter().map(|fate| self.wanted(&fate.row, now)).collect();
        let steps = plan(&wanted, &found, now);
        for fate in &mut fates {
            fate.foreign = Some(foreign_in(&steps, &fate.row));
        }
        self.carry_out(api, &access, &steps, &mut fates).await?;
        self.look_again(api, &access, &mut fates).await?;
        Ok(Compared { fates, error: None })
    }

    /// The adapter and the credentials of the profile.
    async fn reach(&self) -> Result<Result<(Arc<dyn CarrierAdapter>, Access), CarrierError>, DbErr> {
        let backend = &self.renewal.backend;
        let Some((kind, access)) = access_of(backend, &self.scope, self.turn.profile).await? else {
            return Ok(Err(CarrierError::NoCredentials));
        };
        let adapter = backend.carriers().get(kind).ok_or(CarrierError::Invalid);
        Ok(access.and_then(|access| Ok((adapter?, access))))
    }

    /// Nothing could be found out: those that are due have failed.
    fn failed(&self, mut fates: Vec<Fate>, error: CarrierError) -> Compared {
        let now = self.renewal.timing.now();
        let (enterprise, profile) = (&self.turn.enterprise, self.turn.profile);
        tracing::warn!(%enterprise, %profile, %error, "the subscriptions of a profile could not be looked after");
        for fate in fates.iter_mut().filter(|fate| is_due(&fate.row, now)) {
            fate.error = Some(error);
        }
        Compared {
            fates,
            error: Some(error),
        }
    }

    pub(super) fn wanted(&self, row: &WantedRow, now: DateTime<Utc>) -> Wanted {
        Wanted {
            domain: row.domain.clone(),
            known_id: row.subscription_id.clone(),
            expires_at: row.expires_at,
            due: is_due(row, now),
            lasting: if row.asked { LASTS_NEARLY } else { RENEW_BEFORE },
            post_url: format!("{}{PATH}", self.inbound),
            address: self.inbound.clone(),
        }
    }

    pub(super) fn wish(&self, row: &WantedRow) -> Wish {
        Wish {
            domain: row.domain.clone(),
            post_url: format!("{}{PATH}", self.inbound),
            expires_at: self.renewal.timing.now() + LASTS,
        }
    }

    /// Reads until everything that was accepted shows: a carrier answers first and acts later.
    async fn look_again(&self, api: &dyn SubscriptionApi, access: &Access, fates: &mut [Fate]) -> Result<(), DbErr> {
        for seconds in LOOKS {
            if !fates.iter().any(|fate| fate.acted && !fate.shows(self)) {
                return Ok(());
            }
            self.renewal.timing.wait(Duration::from_secs(seconds)).await;
            self.stay().await?;
            let Ok(found) = api.list(access).await else { continue };
            let now = self.renewal.timing.now();
            for fate in fates.iter_mut().filter(|fate| fate.acted) {
                let wanted = self.wanted(&fate.row, now);
                fate.remote = found.iter().find(|found| is_wanted(&wanted, found, now)).cloned();
            }
        }
        for fate in fates.iter_mut() {
            if fate.acted && !fate.shows(self) {
                fate.acted = false;
                fate.error = Some(CarrierError::NotShown);
                // The carrier was asked once; that it grants less than a year must not lead to asking for ever.
                fate.row.asked = false;
            }
        }
        Ok(())
    }

    /// Keeps the turn. Somebody who has taken it over does the same as we do, so losing it does no harm but to the pace.
    pub(super) async fn stay(&self) -> Result<(), DbErr> {
        let (db, until) = (self.renewal.backend.database(), self.renewal.until());
        if carrier_renewal::keep(db, self.turn, until).await? {
            return Ok(());
        }
        Err(DbErr::Custom("somebody else has the turn".to_owned()))
    }
}

impl Fate {
    /// Whether the carrier shows what is wanted.
    pub(super) fn shows(&self, visit: &Visit<'_>) -> bool {
        let now = visit.renewal.timing.now();
        let wanted = visit.wanted(&self.row, now);
        self.remote
            .as_ref()
            .is_some_and(|remote| is_wanted(&wanted, remote, now))
    }
}

/// Whether a subscription is ours, alive, and needs nothing.
fn is_wanted(wanted: &Wanted, found: &RemoteSubscription, now: DateTime<Utc>) -> bool {
    found.domain.eq_ignore_ascii_case(wanted.domain.as_str())
        && found.post_url == wanted.post_url
        && found.expires_at.is_some_and(|end| end - now > wanted.lasting)
}

/// What others have subscribed on the domain of a row.
fn foreign_in(steps: &[Step], row: &WantedRow) -> ForeignSubscriptions {
    let of_row = steps.iter().filter_map(|step| match step {
        Step::Foreign(domain, foreign) if *domain == row.domain => Some(foreign.clone()),
        _ => None,
    });
    of_row.collect()
}

/// Whether it is time to try.
pub(super) fn is_due(row: &WantedRow, now: DateTime<Utc>) -> bool {
    row.status == RenewalStatus::Renewing || row.next_attempt_at.is_none_or(|next| next <= now)
}
