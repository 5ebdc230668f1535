//! Changing and deleting many numbers: in one transaction, so as a whole or not at all, with an audit entry and an answer
//! for each. Those it cannot be done to are left as they are.

use std::collections::HashMap;

use domain::{
    access::{Action, Resource},
    audit::AuditAction,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::PhoneNumberId,
    number::{
        BulkAnswer, MAX_SELECTED, NumberPatch, NumberSettings, PhoneNumberRow, Selection, SkippedNumber, TABLE,
        WhySkipped,
    },
    table::TableQuery,
};
use uuid::Uuid;

use super::{Change, edit::Recorded};
use crate::{Backend, access::authorize_keeper, context::OpContext, error::internal, store};

/// Changes what the selected numbers can do, or their carrier profile. Left as they are: those that are like that
/// already, those that serve somebody when SMS is to be taken from them, and those that are gone.
///
/// # Errors
/// As [`super::update`]; [`Error::Invalid`] at `selection` for more than [`MAX_SELECTED`] numbers.
pub async fn update_many(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    selection: &Selection,
    patch: &NumberPatch,
) -> Result<BulkAnswer, Error> {
    let scope = authorize_keeper(ctx, backend, enterprise, Action::Update).await?;
    let change = Change::begin(ctx, backend, &scope).await?;
    change.check_profile(patch).await?;
    let mut chosen = change.chosen(selection).await?;
    let mut answer = chosen.gone();
    let mut changes = Vec::new();
    for row in &chosen.rows {
        let Some(before) = chosen.settings.remove(&row.id) else {
            continue;
        };
        let after = patch.applied_to(&before);
        match row.assignee.as_ref().filter(|_| before.sms && !after.sms) {
            Some(assignee) => answer.skipped.push(assigned(row, assignee.name())),
            None if before == after => answer.skipped.push(skipped(row, WhySkipped::Unchanged)),
            None => {
                answer.done.push(row.id);
                changes.push((row, before, after));
            }
        }
    }
    store::number::patch(&change.db, &scope, &answer.done, patch, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))?;
    for (row, before, after) in changes {
        let recorded = |settings| Recorded {
            e164: row.e164,
            settings,
        };
        let (before, after) = (recorded(before), recorded(after));
        change
            .audit(
                AuditAction::Update,
                Resource::PhoneNumber,
                row.id,
                Some(&before),
                Some(&after),
            )
            .await?;
    }
    change.commit().await?;
    Ok(answer)
}

/// Deletes the selected numbers. Left as they are: those that serve somebody, and those that are gone.
///
/// # Errors
/// As [`super::delete`]; [`Error::Invalid`] at `selection` for more than [`MAX_SELECTED`] numbers.
pub async fn delete_many(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    selection: &Selection,
) -> Result<BulkAnswer, Error> {
    let scope = authorize_keeper(ctx, backend, enterprise, Action::Delete).await?;
    let change = Change::begin(ctx, backend, &scope).await?;
    let mut chosen = change.chosen(selection).await?;
    let mut answer = chosen.gone();
    let mut deleted = Vec::new();
    for row in &chosen.rows {
        let Some(settings) = chosen.settings.remove(&row.id) else {
            continue;
        };
        match &row.assignee {
            Some(assignee) => answer.skipped.push(assigned(row, assignee.name())),
            None => {
                answer.done.push(row.id);
                deleted.push(Recorded {
                    e164: row.e164,
                    settings,
                });
            }
        }
    }
    store::number::delete(&change.db, &scope, &answer.done)
        .await
        .map_err(|error| internal(ctx, error))?;
    for (id, before) in answer.done.iter().zip(&deleted) {
        change
            .audit(AuditAction::Delete, Resource::PhoneNumber, *id, Some(before), None)
            .await?;
    }
    change.commit().await?;
    Ok(answer)
}

/// The numbers of a selection, locked and as they are now.
struct Chosen {
    asked: Vec<PhoneNumberId>,
    rows: Vec<PhoneNumberRow>,
    settings: HashMap<PhoneNumberId, NumberSettings>,
}

impl Chosen {
    /// An answer that so far only names those that are gone.
    fn gone(&self) -> BulkAnswer {
        let gone = self.asked.iter().filter(|id| !self.settings.contains_key(*id));
        BulkAnswer {
            done: Vec::new(),
            skipped: gone
                .map(|id| SkippedNumber {
                    id: *id,
                    number: None,
                    why: WhySkipped::Gone,
                })
                .collect(),
        }
    }
}

impl Change<'_> {
    async fn chosen(&self, selection: &Selection) -> Result<Chosen, Error> {
        let asked = self.asked(selection).await?;
        self.lock(&asked).await?;
        let ids: Vec<Uuid> = asked.iter().map(|id| id.0).collect();
        let rows = store::table::rows::<PhoneNumberRow>(&self.db, self.scope, &ids, self.ctx.now)
            .await
            .map_err(|error| self.internal(error))?;
        let settings = store::number::settings(&self.db, self.scope, &asked)
            .await
            .map_err(|error| self.internal(error))?;
        Ok(Chosen { asked, rows, settings })
    }

    /// The ids, each once.
    async fn asked(&self, selection: &Selection) -> Result<Vec<PhoneNumberId>, Error> {
        let mut ids = match selection {
            Selection::Ids(ids) => ids.clone(),
            Selection::Query(text) => {
                let query = TableQuery::parse_lenient(text, &TABLE);
                store::table::matching::<PhoneNumberRow>(&self.db, self.scope, &query, self.ctx.now)
                    .await
                    .map_err(|error| self.internal(error))?
                    .into_iter()
                    .map(PhoneNumberId)
                    .collect()
            }
        };
        ids.sort_unstable();
        ids.dedup();
        if ids.len() > MAX_SELECTED {
            let message = format!(
                "These are {} numbers. At most {MAX_SELECTED} can be changed at once; filter them into smaller parts.",
                ids.len()
            );
            return Err(Error::invalid("selection", message));
        }
        Ok(ids)
    }
}

fn skipped(row: &PhoneNumberRow, why: WhySkipped) -> SkippedNumber {
    SkippedNumber {
        id: row.id,
        number: Some(row.e164),
        why,
    }
}

fn assigned(row: &PhoneNumberRow, to: &str) -> SkippedNumber {
    skipped(row, WhySkipped::Assigned(to.to_owned()))
}
