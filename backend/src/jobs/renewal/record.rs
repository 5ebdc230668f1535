//! Writes down what a turn came to: with an audit entry whenever something is different now, so that open pages follow.

use chrono::{DateTime, Utc};
use domain::{
    access::Resource,
    audit::{AuditAction, AuditSubject},
    domain_subscription::RenewalStatus,
};
use sea_orm::DbErr;

use super::profile::{Fate, Visit, is_due};
use crate::{
    carriers::{CarrierError, RENEW_BEFORE, RemoteSubscription},
    context::OpContext,
    store::{self, domain_subscription::WantedRow},
};

impl Visit<'_> {
    /// Writes the fate of a domain down; answers with when it is due again. `retry` is when what failed is tried again.
    pub(super) async fn record(
        &self,
        mut fate: Fate,
        retry: Option<DateTime<Utc>>,
    ) -> Result<Option<DateTime<Utc>>, DbErr> {
        if fate.left {
            return Ok(None);
        }
        self.note_foreign(&fate).await?;
        let before = fate.row.clone();
        if let Some(error) = fate.error {
            set_failed(&mut fate.row, error, retry);
        } else if fate.shows(self)
            && let Some(remote) = fate.remote.clone()
        {
            self.set_alive(&mut fate, &remote);
        }
        let next = fate.row.next_attempt_at;
        if is_told_already(&before, &fate.row) {
            if let Some(next) = next.filter(|next| before.next_attempt_at != Some(*next)) {
                let db = self.renewal.backend.database();
                store::domain_subscription::set_next_attempt(db, &self.scope, &before, next).await?;
            }
        } else {
            self.write(&mut fate.row).await?;
        }
        Ok(next)
    }

    /// Writes down what others have subscribed on the domain, if that is another now. Before anything else, so that a page
    /// that hears of the rest reads it too.
    async fn note_foreign(&self, fate: &Fate) -> Result<(), DbErr> {
        let Some(foreign) = fate.foreign.as_ref().filter(|foreign| **foreign != fate.row.foreign) else {
            return Ok(());
        };
        let db = self.renewal.backend.database();
        store::domain_subscription::set_foreign(db, &self.scope, fate.row.id, foreign).await
    }

    fn set_alive(&self, fate: &mut Fate, remote: &RemoteSubscription) {
        let now = self.renewal.timing.now();
        let due = is_due(&fate.row, now);
        let row = &mut fate.row;
        row.status = RenewalStatus::Idle;
        row.failure = None;
        row.subscription_id = Some(remote.id.clone());
        row.subscribed_at = remote.created_at.or(row.subscribed_at);
        row.expires_at = remote.expires_at;
        if fate.acted {
            row.last_renewed_at = Some(now);
            row.settles_at = fate.unsettled;
        }
        row.asked = false;
        if fate.acted || due {
            row.next_attempt_at = remote.expires_at.map(|end| end - RENEW_BEFORE);
        }
    }

    /// Writes the row with its audit entry, unless somebody changed it or gave it up; tells whether it was written.
    pub(super) async fn write(&self, row: &mut WantedRow) -> Result<bool, DbErr> {
        let now = self.renewal.timing.now();
        let ctx = OpContext {
            now,
            ..self.ctx.clone()
        };
        let db = store::begin_write(self.renewal.backend.database()).await?;
        let before = store::domain_subscription::find(&db, &self.scope, row.id, now).await?;
        if !store::domain_subscription::set_renewal(&db, &self.scope, row, now).await? {
            db.rollback().await?;
            return Ok(false);
        }
        let after = store::domain_subscription::find(&db, &self.scope, row.id, now).await?;
        let subject = AuditSubject {
            action: AuditAction::Update,
            resource: Resource::DomainSubscription,
            id: Some(row.id.0),
        };
        store::audit::write(&db, &ctx, &self.scope, subject, before.as_ref(), after.as_ref()).await?;
        db.commit().await?;
        row.version += 1;
        Ok(true)
    }
}

fn set_failed(row: &mut WantedRow, error: CarrierError, retry: Option<DateTime<Utc>>) {
    row.status = RenewalStatus::Failed;
    row.failure = Some(error.to_string());
    row.next_attempt_at = retry;
}

/// Whether nothing but the time of the next try has changed: a carrier that stays away for a day is one entry in the
/// audit log, not three hundred. What has become well is told with the time of the next renewal.
fn is_told_already(before: &WantedRow, after: &WantedRow) -> bool {
    before.status == after.status
        && before.failure == after.failure
        && before.subscription_id == after.subscription_id
        && before.subscribed_at == after.subscribed_at
        && before.expires_at == after.expires_at
        && before.last_renewed_at == after.last_renewed_at
        && before.asked == after.asked
}
