//! Importing phone numbers.

use std::{
    collections::HashMap,
    io::{Read, Seek},
};

use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{CarrierProfileId, PhoneNumberId},
    import::{ImportSummary, RowOutcome},
    number::{NumberChange, NumberSettings},
    phone::PhoneNumber,
};
use sea_orm::DatabaseTransaction;

use super::{Alike, Import, ImportError, ImportOptions, RowSink, reader::Reader, rejected, settle};
use crate::{
    Backend,
    access::authorize_keeper,
    context::OpContext,
    import::{ImportFile, NumberColumns, NumberRow, ParsedRow, quoted},
    store::{
        self,
        carrier_profile::name_key,
        number::bulk::{self, StoredNumber},
    },
};

type Row = ParsedRow<NumberRow>;

/// Adds the numbers of a file and changes those that are there already: only what the row tells. A number that the file
/// has twice is taken from its first row.
///
/// # Errors
/// As [`authorize_keeper`]; [`ImportError`] when the file, the database or the report fails. Nothing was changed then.
pub async fn numbers<R: Read + Seek + Send + 'static>(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    file: ImportFile<R, NumberColumns>,
    options: &ImportOptions,
    sink: &mut impl RowSink,
) -> Result<ImportSummary, ImportError> {
    let (summary, db) = numbers_within(ctx, backend, enterprise, file, options, sink).await?;
    settle(ctx, db, options.mode).await?;
    Ok(summary)
}

/// The same, with the transaction still open in which everything was done.
///
/// # Errors
/// As [`numbers`].
pub(crate) async fn numbers_within<R: Read + Seek + Send + 'static>(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    file: ImportFile<R, NumberColumns>,
    options: &ImportOptions,
    sink: &mut impl RowSink,
) -> Result<(ImportSummary, DatabaseTransaction), ImportError> {
    let scope = authorize_keeper(ctx, backend, enterprise, Action::Import).await?;
    let import = Import::begin(ctx, backend, &scope, Resource::PhoneNumber, options).await?;
    let profiles = store::carrier_profile::ids_by_name(&import.db, &scope).await;
    let mut numbers = Numbers {
        profiles: profiles.map_err(|error| import.failed(error))?,
        import,
        first_lines: HashMap::new(),
    };
    let mut reader = Reader::start(file);
    while let Some(batch) = reader.next().await {
        numbers.batch(batch, sink).await?;
    }
    reader.finish(ctx).await?;
    let summary = numbers.import.rows;
    let db = numbers.import.finish(&summary).await?;
    Ok((summary, db))
}

/// An import of numbers under way.
struct Numbers<'i> {
    import: Import<'i>,
    profiles: HashMap<String, CarrierProfileId>,
    /// On which line a number stands first. The one thing that grows with the file: some 20 bytes a number.
    first_lines: HashMap<PhoneNumber, u32>,
}

/// What the rows of a batch come to.
struct Changes {
    new: Vec<(PhoneNumber, NumberSettings)>,
    changed: Alike<NumberChange, PhoneNumberId>,
}

impl Numbers<'_> {
    async fn batch(&mut self, rows: Vec<Row>, sink: &mut impl RowSink) -> Result<(), ImportError> {
        let checked: Vec<_> = rows.iter().map(|row| self.check(row)).collect();
        let numbers: Vec<PhoneNumber> = checked.iter().flatten().map(|(number, _)| *number).collect();
        let stored = bulk::stored(&self.import.db, self.import.scope, &numbers).await;
        let stored = stored.map_err(|error| self.import.failed(error))?;
        let mut changes = Changes {
            new: Vec::new(),
            changed: Alike::new(),
        };
        let outcomes = checked.into_iter().map(|checked| match checked {
            Ok((number, change)) => changes.decide(number, change, stored.get(&number)),
            Err(reason) => rejected(reason),
        });
        let outcomes: Vec<RowOutcome> = outcomes.collect();
        if self.import.writes() {
            self.write(&changes).await?;
        }
        self.import.report(rows.into_iter().zip(outcomes).collect(), sink).await
    }

    /// The number and what is to be changed of it, or why not.
    fn check(&mut self, row: &Row) -> Result<(PhoneNumber, NumberChange), String> {
        let content = row.content.as_ref().map_err(Clone::clone)?;
        let line = u32::try_from(row.line).unwrap_or(u32::MAX);
        let first = *self.first_lines.entry(content.number).or_insert(line);
        if first != line {
            return Err(format!("The same number stands on line {first} already."));
        }
        let carrier_profile = match &content.carrier_profile {
            None => None,
            Some(name) => Some(self.profile(name)?),
        };
        let change = NumberChange {
            carrier_profile,
            ..content.change.clone()
        };
        Ok((content.number, change))
    }

    fn profile(&self, name: &str) -> Result<CarrierProfileId, String> {
        let found = self.profiles.get(&name_key(name)).copied();
        found.ok_or_else(|| format!("There is no carrier profile {} in this enterprise.", quoted(name)))
    }

    async fn write(&self, changes: &Changes) -> Result<(), Error> {
        let Import { db, scope, ctx, .. } = &self.import;
        let failed = |error| self.import.failed(error);
        bulk::insert(db, scope, &changes.new, ctx.now).await.map_err(failed)?;
        for (change, ids) in changes.changed.groups() {
            bulk::change(db, scope, ids, change, ctx.now).await.map_err(failed)?;
        }
        Ok(())
    }
}

impl Changes {
    fn decide(&mut self, number: PhoneNumber, change: NumberChange, stored: Option<&StoredNumber>) -> RowOutcome {
        let Some(stored) = stored else {
            self.new.push((number, change.applied_to(&NumberSettings::default())));
            return RowOutcome::Added;
        };
        if change.applied_to(&stored.settings) == stored.settings {
            return RowOutcome::Unchanged;
        }
        self.changed.add(change, stored.id);
        RowOutcome::Updated
    }
}
