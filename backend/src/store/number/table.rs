//! The Numbers table: a page at a time, all of it, and single rows; one query each, however many rows.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use chrono::{DateTime, Utc};
use domain::{
    access::Resource,
    carrier_profile::CarrierKind,
    ids::PhoneNumberId,
    number::{
        ListedNumber, ListedProfile, NumberCarrier, NumberService, NumberSettings, PhoneNumberRow, Release,
        ReleaseCause, TABLE,
    },
    table::WholeList,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, RelationDef,
    Select,
    sea_query::{CaseStatement, Condition, Expr, ExprTrait, Func, Query, SelectStatement},
};
use uuid::Uuid;

use super::{assignee, e164, settings_of};
use crate::{
    access::EnterpriseScope,
    entities::{carrier_profile, number_assignment, phone_number, sms_group, teams_user},
    store::{
        table::{self, Tabular, Whole, complete_as_read},
        table_sql::{SqlColumn, SqlList, SqlTable},
        unknown_value, whole_list,
    },
};

#[derive(FromQueryResult)]
pub(crate) struct TableRow {
    id: Uuid,
    version: i64,
    e164: String,
    sms_capable: bool,
    teams_user_id: Option<Uuid>,
    teams_user_name: Option<String>,
    sms_group_id: Option<Uuid>,
    sms_group_name: Option<String>,
    profile_name: Option<String>,
    carrier_kind: Option<String>,
    released_at: Option<DateTime<Utc>>,
    released_by: Option<String>,
    released_from: Option<String>,
}

/// What the carrier profile of a number is called where it is looked at once more.
const SAME: &str = "same";

/// Where the columns of the Numbers table are found.
static SQL_TABLE: LazyLock<SqlTable> = LazyLock::new(|| {
    let number = |column: phone_number::Column| Expr::col((phone_number::Entity, column));
    SqlTable::new(
        &TABLE,
        number(phone_number::Column::Id),
        [
            SqlColumn::OnePhone(number(phone_number::Column::E164)),
            SqlColumn::Text(assignee_search()),
            SqlColumn::Text(Expr::col((
                carrier_profile::Entity,
                carrier_profile::Column::NameSearch,
            ))),
            SqlColumn::Choice(service()),
            SqlColumn::Date(number(phone_number::Column::ReleasedAt)),
        ],
    )
    .also_found_by(SqlList::new(
        outer_profile_again(),
        Expr::col((SAME, carrier_profile::Column::CarrierSearch)),
    ))
});

/// The folded name of whom a number serves; a number serves a person or a group.
fn assignee_search() -> Expr {
    Func::coalesce([
        Expr::col((teams_user::Entity, teams_user::Column::DisplayNameSearch)),
        Expr::col((sms_group::Entity, sms_group::Column::NameSearch)),
    ])
    .into()
}

/// The stored form of what the Services chip says.
fn service() -> Expr {
    let assigned = Expr::col((number_assignment::Entity, number_assignment::Column::PhoneNumberId)).is_not_null();
    let capable = Expr::col((phone_number::Entity, phone_number::Column::SmsCapable));
    CaseStatement::new()
        .case(capable.eq(false), NumberService::NotCapable.as_str())
        .case(assigned, NumberService::Assigned.as_str())
        .finally(NumberService::Free.as_str())
        .into()
}

/// The profile of the outer query once more, for a text of it that no column shows; none where that has none.
fn outer_profile_again() -> SelectStatement {
    Query::select()
        .from_as(carrier_profile::Entity, SAME)
        .and_where(
            Expr::col((SAME, carrier_profile::Column::Id))
                .equals((carrier_profile::Entity, carrier_profile::Column::Id)),
        )
        .take()
}

impl Tabular for PhoneNumberRow {
    const RESOURCE: Resource = Resource::PhoneNumber;
    type Entity = phone_number::Entity;
    type Stored = TableRow;

    fn columns(_now: DateTime<Utc>) -> Cow<'static, SqlTable> {
        Cow::Borrowed(LazyLock::force(&SQL_TABLE))
    }

    fn select(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Select<phone_number::Entity> {
        base(scope)
    }

    fn counted(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Select<phone_number::Entity> {
        phone_number::Entity::find().filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
    }

    fn id_of(stored: &TableRow) -> Uuid {
        stored.id
    }

    complete_as_read!(row);
}

impl Whole for PhoneNumberRow {
    type Id = PhoneNumberId;
    type Listed = ListedNumber;

    async fn all(
        db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        ids: &[PhoneNumberId],
        now: DateTime<Utc>,
    ) -> Result<WholeList<ListedNumber>, DbErr> {
        let stored = table::stored::<Self>(db, scope, ids, now).await?;
        let mut profiles = Profiles::default();
        let numbers: Vec<ListedNumber> = stored
            .into_iter()
            .map(|found| row(found).map(|row| profiles.listed(row)))
            .collect::<Result<_, _>>()?;
        Ok(whole_list(profiles.listed, numbers))
    }
}

/// The row of one number.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: PhoneNumberId,
) -> Result<Option<PhoneNumberRow>, DbErr> {
    let found: Option<TableRow> = base(scope)
        .filter(phone_number::Column::Id.eq(id.0))
        .into_model()
        .one(db)
        .await?;
    found.map(row).transpose()
}

/// What these numbers can do and where they are at home.
pub(crate) async fn settings(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[PhoneNumberId],
) -> Result<HashMap<PhoneNumberId, NumberSettings>, DbErr> {
    let rows = phone_number::Entity::find()
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(phone_number::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((PhoneNumberId(row.id), settings_of(row)?)))
        .collect()
}

/// The carrier profiles of a list so far. Their names are unique in an enterprise.
#[derive(Default)]
struct Profiles {
    places: HashMap<String, u32>,
    listed: Vec<ListedProfile>,
}

impl Profiles {
    fn place(&mut self, carrier: NumberCarrier) -> u32 {
        let Self { places, listed } = self;
        *places.entry(carrier.profile.clone()).or_insert_with(|| {
            let place = u32::try_from(listed.len()).unwrap_or(u32::MAX);
            listed.push(ListedProfile {
                name: carrier.profile,
                kind: carrier.kind,
            });
            place
        })
    }

    fn listed(&mut self, row: PhoneNumberRow) -> ListedNumber {
        ListedNumber {
            id: row.id,
            version: row.version,
            e164: row.e164,
            sms: row.sms,
            assignee: row.assignee.map(Into::into),
            profile: row.carrier.map(|carrier| self.place(carrier)),
            released: row.released,
        }
    }
}

/// The tenant's numbers with whom they serve and what they send through; each join finds one row at most. For those who
/// have nothing to do with carriers no profile is found, so neither rows nor search, filters and order know of one.
fn base(scope: &EnterpriseScope) -> Select<phone_number::Entity> {
    let profile = phone_number::Entity::belongs_to(carrier_profile::Entity)
        .from(phone_number::Column::CarrierProfileId)
        .to(carrier_profile::Column::Id);
    let profile: RelationDef = if scope.shows_carriers() {
        profile.into()
    } else {
        profile
            .on_condition(|_, _| Condition::all().add(Expr::cust("1 = 0")))
            .into()
    };
    super::of(scope)
        .join(JoinType::LeftJoin, profile)
        .columns([
            phone_number::Column::Version,
            phone_number::Column::ReleasedBy,
            phone_number::Column::ReleasedFrom,
        ])
        .column_as(carrier_profile::Column::Name, "profile_name")
        .column(carrier_profile::Column::CarrierKind)
}

fn row(row: TableRow) -> Result<PhoneNumberRow, DbErr> {
    let carrier = row
        .profile_name
        .zip(row.carrier_kind)
        .map(|(profile, kind)| {
            let kind = CarrierKind::parse(&kind).ok_or_else(|| unknown_value("carrier", &kind))?;
            Ok::<_, DbErr>(NumberCarrier { profile, kind })
        })
        .transpose()?;
    let released = match (row.released_at, row.released_by, row.released_from) {
        (Some(at), Some(by), Some(from)) => Some(Release {
            at,
            cause: ReleaseCause::parse(&by).ok_or_else(|| unknown_value("cause of a release", &by))?,
            from,
        }),
        _ => None,
    };
    Ok(PhoneNumberRow {
        id: PhoneNumberId(row.id),
        version: row.version,
        e164: e164(&row.e164)?,
        sms: row.sms_capable,
        assignee: assignee(
            row.teams_user_id.zip(row.teams_user_name),
            row.sms_group_id.zip(row.sms_group_name),
        ),
        carrier,
        released,
    })
}
