//! Importing Teams users.
//!
//! People are found by Microsoft's object id, then by sign-in name. Sign-in names are unique and may go from one person to
//! another within a file, so the file is read twice: first to learn who is in it and who waits for whose name (`plan`),
//! then to carry it out.

mod missing;
mod plan;

use std::{
    collections::{HashMap, HashSet},
    io::{Read, Seek},
};

use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::TeamsUserId,
    import::{FieldChange, FieldValue, RowOutcome, UserImportSummary},
    teams_user::LicenseState,
};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

pub use self::missing::MissingUsers;
use self::plan::{Plan, Survey};
use super::{Alike, Import, ImportError, ImportOptions, RowSink, reader::Reader, rejected, settle};
use crate::{
    Backend,
    access::authorize,
    context::OpContext,
    error::fault,
    import::{FileError, ImportFile, ParsedRow, UserColumns, UserRow},
    store::teams_user::bulk::{self, NewUser, StoredUser, UserChange},
};

type Row = ParsedRow<UserRow>;

/// Adds the people of a file and changes those that are there already: only what the file tells, and a licence that is
/// known never to unknown. Nobody is deleted; `missing` says what becomes of people who are not in the file.
///
/// # Errors
/// As [`authorize`]; [`ImportError`] when the file, the database or the report fails. Nothing was changed then.
pub async fn users<R: Read + Seek + Send + 'static>(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    file: ImportFile<R, UserColumns>,
    missing: MissingUsers,
    options: &ImportOptions,
    sink: &mut impl RowSink,
) -> Result<UserImportSummary, ImportError> {
    let (summary, db) = users_within(ctx, backend, enterprise, file, missing, options, sink).await?;
    settle(ctx, db, options.mode).await?;
    Ok(summary)
}

/// The same, with the transaction still open in which everything was done.
///
/// # Errors
/// As [`users`].
pub(crate) async fn users_within<R: Read + Seek + Send + 'static>(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    file: ImportFile<R, UserColumns>,
    missing: MissingUsers,
    options: &ImportOptions,
    sink: &mut impl RowSink,
) -> Result<(UserImportSummary, DatabaseTransaction), ImportError> {
    let scope = authorize(ctx, backend, enterprise, Action::Import, Resource::TeamsUser).await?;
    let import = Import::begin(ctx, backend, &scope, Resource::TeamsUser, options).await?;
    let mut survey = Survey::default();
    let mut reader = Reader::start(file);
    while let Some(batch) = reader.next().await {
        let accepted = survey.register(&batch);
        let stored = Stored::of(&import, accepted.iter().copied()).await?;
        survey.compare(&accepted, &stored);
    }
    let file = reader.finish(ctx).await?;
    let file = rewound(ctx, file).await?;
    let mut users = Users {
        import,
        plan: survey.plan(),
        present: HashSet::new(),
    };
    let mut reader = Reader::start(file);
    while let Some(batch) = reader.next().await {
        users.batch(batch, sink).await?;
    }
    reader.finish(ctx).await?;
    let summary = missing::look_for(&users.import, &users.present, missing, sink).await?;
    let db = users.import.finish(&summary).await?;
    Ok((summary, db))
}

/// The file to be read again. Its header is read at once, and a file may be slow.
async fn rewound<R: Read + Seek + Send + 'static>(
    ctx: &OpContext,
    file: ImportFile<R, UserColumns>,
) -> Result<ImportFile<R, UserColumns>, ImportError> {
    let rewound = tokio::task::spawn_blocking(|| file.rewound()).await;
    let rewound: Result<_, Error> = rewound.map_err(|error| fault(ctx, "reading an import broke down", &error));
    Ok(rewound??)
}

/// The people in the portal that the rows of a batch may be about.
struct Stored {
    by_object_id: HashMap<Uuid, StoredUser>,
    by_key: HashMap<String, StoredUser>,
}

impl Stored {
    async fn of(import: &Import<'_>, rows: impl Iterator<Item = &Row> + Clone) -> Result<Self, Error> {
        let contents = rows.filter_map(|row| row.content.as_ref().ok());
        let object_ids: Vec<Uuid> = contents.clone().filter_map(|row| row.object_id).collect();
        let keys: Vec<String> = contents.map(|row| row.user_principal_name.key()).collect();
        let found = bulk::stored(&import.db, import.scope, &object_ids, &keys).await;
        let found = found.map_err(|error| import.failed(error))?;
        let with_object_id = found.iter().filter_map(|user| Some((user.object_id?, user.clone())));
        Ok(Self {
            by_object_id: with_object_id.collect(),
            by_key: found.iter().map(|user| (user.key.clone(), user.clone())).collect(),
        })
    }

    /// The person with the row's object id.
    fn same_person(&self, row: &UserRow) -> Option<&StoredUser> {
        self.by_object_id.get(&row.object_id?)
    }

    /// Who has the row's sign-in name at the moment.
    fn holder(&self, row: &UserRow) -> Option<&StoredUser> {
        self.by_key.get(&row.user_principal_name.key())
    }
}

/// An import of users under way.
struct Users<'i> {
    import: Import<'i>,
    plan: Plan,
    /// The people of the portal who are in the file.
    present: HashSet<TeamsUserId>,
}

/// What the rows of a batch come to.
struct Changes {
    vacated: Vec<TeamsUserId>,
    changed: Alike<UserChange, TeamsUserId>,
    new: Vec<NewUser>,
}

impl Users<'_> {
    async fn batch(&mut self, rows: Vec<Row>, sink: &mut impl RowSink) -> Result<(), ImportError> {
        let stored = Stored::of(&self.import, rows.iter()).await?;
        let mut changes = Changes {
            vacated: Vec::new(),
            changed: Alike::new(),
            new: Vec::new(),
        };
        let mut outcomes = Vec::with_capacity(rows.len());
        for row in &rows {
            outcomes.push(match &row.content {
                Err(reason) => rejected(reason),
                Ok(content) => self.decide(row.line, content, &stored, &mut changes)?,
            });
        }
        if self.import.writes() {
            self.write(&changes).await?;
        }
        self.import.report(rows.into_iter().zip(outcomes).collect(), sink).await
    }

    fn decide(
        &mut self,
        line: u64,
        row: &UserRow,
        stored: &Stored,
        changes: &mut Changes,
    ) -> Result<RowOutcome, FileError> {
        let holder = stored.holder(row);
        if let Some(reason) = self.plan.objection(line, row, holder)? {
            return Ok(rejected(reason));
        }
        let found = stored
            .same_person(row)
            .or_else(|| holder.filter(|holder| !self.plan.claims(holder, row)));
        if let Some(holder) = holder.filter(|holder| found.is_none_or(|found| found.id != holder.id)) {
            changes.vacated.push(holder.id);
        }
        let Some(found) = found else {
            let user = new_user(row);
            let values = values_of_new(&user);
            changes.new.push(user);
            return Ok(RowOutcome::Added { values });
        };
        self.present.insert(found.id);
        let change = change(found, row);
        if change == UserChange::default() {
            return Ok(RowOutcome::Unchanged);
        }
        let told = field_changes(found, &change);
        changes.changed.add(change, found.id);
        Ok(RowOutcome::Updated { changes: told })
    }

    /// Names are given up before they are taken, so that their order in the file does not matter.
    async fn write(&mut self, changes: &Changes) -> Result<(), Error> {
        let Import { db, scope, ctx, .. } = &self.import;
        let failed = |error| self.import.failed(error);
        for id in &changes.vacated {
            bulk::vacate_name(db, scope, *id).await.map_err(failed)?;
        }
        for (change, ids) in changes.changed.groups() {
            bulk::change(db, scope, ids, change, ctx.now).await.map_err(failed)?;
        }
        let added = bulk::insert(db, scope, &changes.new, ctx.now).await.map_err(failed)?;
        self.present.extend(added);
        Ok(())
    }
}

fn new_user(row: &UserRow) -> NewUser {
    NewUser {
        object_id: row.object_id,
        user_principal_name: row.user_principal_name.clone(),
        display_name: row.display_name.clone(),
        license: row.license,
        enabled: row.enabled.unwrap_or(true),
    }
}

/// What the row tells otherwise than the portal knows it.
fn change(stored: &StoredUser, row: &UserRow) -> UserChange {
    let name = &row.user_principal_name;
    UserChange {
        object_id: row.object_id.filter(|id| stored.object_id != Some(*id)),
        user_principal_name: (name.as_str() != stored.user_principal_name).then(|| name.clone()),
        display_name: (row.display_name != stored.display_name).then(|| row.display_name.clone()),
        license: Some(row.license).filter(|license| *license != LicenseState::Unknown && *license != stored.license),
        enabled: row.enabled.filter(|enabled| *enabled != stored.enabled),
    }
}

/// What matters about a new person.
fn values_of_new(user: &NewUser) -> Vec<FieldValue> {
    let mut values = vec![
        FieldValue::DisplayName(user.display_name.clone()),
        FieldValue::License(user.license),
    ];
    if !user.enabled {
        values.push(FieldValue::Enabled(false));
    }
    values
}

/// What a change changes of the person as the portal knows them.
fn field_changes(stored: &StoredUser, change: &UserChange) -> Vec<FieldChange> {
    let display_name = change.display_name.as_ref().map(|name| FieldChange {
        before: FieldValue::DisplayName(stored.display_name.clone()),
        after: FieldValue::DisplayName(name.clone()),
    });
    let user_principal_name = change.user_principal_name.as_ref().map(|name| FieldChange {
        before: FieldValue::UserPrincipalName(stored.user_principal_name.clone()),
        after: FieldValue::UserPrincipalName(name.to_string()),
    });
    let license = change.license.map(|license| FieldChange {
        before: FieldValue::License(stored.license),
        after: FieldValue::License(license),
    });
    let enabled = change.enabled.map(|enabled| FieldChange {
        before: FieldValue::Enabled(stored.enabled),
        after: FieldValue::Enabled(enabled),
    });
    let object_id = change.object_id.map(|id| FieldChange {
        before: FieldValue::ObjectId(stored.object_id),
        after: FieldValue::ObjectId(Some(id)),
    });
    [display_name, user_principal_name, license, enabled, object_id]
        .into_iter()
        .flatten()
        .collect()
}
