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
    import::{FieldChange, FieldValue, ImportSummary, RowOutcome},
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

/// How many settings a number has.
const SETTINGS: usize = 6;

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
    let names = store::carrier_profile::names(&import.db, &scope).await;
    let mut numbers = Numbers {
        profiles: Profiles::new(names.map_err(|error| import.failed(error))?),
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
    profiles: Profiles,
    /// On which line a number stands first. The one thing that grows with the file: some 20 bytes a number.
    first_lines: HashMap<PhoneNumber, u32>,
}

/// The carrier profiles of the enterprise.
struct Profiles {
    names: HashMap<CarrierProfileId, String>,
    /// Their ids by [`name_key`].
    ids: HashMap<String, CarrierProfileId>,
    /// The settings of a new number of which a file tells nothing more, one by one.
    untold: [FieldValue; SETTINGS],
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
        let profiles = &self.profiles;
        let outcomes = checked.into_iter().map(|checked| match checked {
            Ok((number, change)) => changes.decide(number, change, stored.get(&number), profiles),
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
            Some(name) => Some(self.profiles.called(name)?),
        };
        let change = NumberChange {
            carrier_profile,
            ..content.change.clone()
        };
        Ok((content.number, change))
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

impl Profiles {
    fn new(names: HashMap<CarrierProfileId, String>) -> Self {
        Self {
            ids: names.iter().map(|(id, name)| (name_key(name), *id)).collect(),
            untold: values(&names, &NumberSettings::default()),
            names,
        }
    }

    fn called(&self, name: &str) -> Result<CarrierProfileId, String> {
        let found = self.ids.get(&name_key(name)).copied();
        found.ok_or_else(|| format!("There is no carrier profile {} in this enterprise.", quoted(name)))
    }

    /// What matters about a new number: whether it can do SMS, and what else it can do and has.
    fn values_of_new(&self, settings: &NumberSettings) -> Vec<FieldValue> {
        let values = values(&self.names, settings).into_iter().zip(&self.untold);
        values
            .filter(|(value, untold)| value != *untold || matches!(value, FieldValue::Sms(_)))
            .map(|(value, _)| value)
            .collect()
    }

    fn changes(&self, before: &NumberSettings, after: &NumberSettings) -> Vec<FieldChange> {
        let after = values(&self.names, after);
        let values = values(&self.names, before).into_iter().zip(after);
        values
            .filter_map(|(before, after)| FieldChange::between(before, after))
            .collect()
    }
}

/// The settings of a number one by one, its carrier profile by its name.
fn values(names: &HashMap<CarrierProfileId, String>, settings: &NumberSettings) -> [FieldValue; SETTINGS] {
    // A number may have got a profile that was added while the import runs.
    let name = |id: CarrierProfileId| names.get(&id).map_or_else(|| "unknown".to_owned(), Clone::clone);
    [
        FieldValue::Sms(settings.sms),
        FieldValue::Mms(settings.mms),
        FieldValue::GroupMms(settings.group_mms),
        FieldValue::Voice(settings.voice),
        FieldValue::CarrierProfile(settings.carrier_profile.map(name)),
        FieldValue::Domain(settings.domain.clone()),
    ]
}

impl Changes {
    fn decide(
        &mut self,
        number: PhoneNumber,
        change: NumberChange,
        stored: Option<&StoredNumber>,
        profiles: &Profiles,
    ) -> RowOutcome {
        let Some(stored) = stored else {
            let settings = change.applied_to(&NumberSettings::default());
            let values = profiles.values_of_new(&settings);
            self.new.push((number, settings));
            return RowOutcome::Added { values };
        };
        let settings = change.applied_to(&stored.settings);
        if settings == stored.settings {
            return RowOutcome::Unchanged;
        }
        self.changed.add(change, stored.id);
        RowOutcome::Updated {
            changes: profiles.changes(&stored.settings, &settings),
        }
    }
}
