//! The Numbers table: a page at a time, all of it, and single rows; one query each, however many rows.

use std::{borrow::Cow, collections::HashMap};

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
        table_sql::{SqlColumn, SqlSet, SqlTable},
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

/// The places of the columns that are read from joins.
const ASSIGNED_TO: usize = 1;
/// See [`ASSIGNED_TO`].
const CARRIER: usize = 2;
/// See [`ASSIGNED_TO`].
const SERVICES: usize = 3;

/// Where the columns of the tenant's Numbers table are found. Names are looked through once, by themselves, and not for each
/// number.
fn sql_table(scope: &EnterpriseScope) -> SqlTable {
    let number = |column: phone_number::Column| Expr::col((phone_number::Entity, column));
    let profile = Expr::col((carrier_profile::Entity, carrier_profile::Column::NameSearch));
    SqlTable::new(
        &TABLE,
        number(phone_number::Column::Id),
        [
            SqlColumn::OnePhone(number(phone_number::Column::E164)),
            SqlColumn::TextAmong(assignee_search(), vec![of_people(scope), of_groups(scope)]),
            SqlColumn::TextAmong(profile, of_profiles(scope).into_iter().collect()),
            SqlColumn::Choice(service()),
            SqlColumn::Date(number(phone_number::Column::ReleasedAt)),
        ],
    )
    .joined_columns([ASSIGNED_TO, CARRIER, SERVICES])
}

/// The numbers of the outer query by the people they serve.
fn of_people(scope: &EnterpriseScope) -> SqlSet {
    let person = |column: teams_user::Column| Expr::col((teams_user::Entity, column));
    let people = Query::select()
        .column((teams_user::Entity, teams_user::Column::Id))
        .from(teams_user::Entity)
        .and_where(person(teams_user::Column::EnterpriseId).eq(scope.enterprise().0))
        .take();
    assigned(
        scope,
        number_assignment::Column::TeamsUserId,
        people,
        person(teams_user::Column::DisplayNameSearch),
    )
}

/// The numbers of the outer query by the groups they serve.
fn of_groups(scope: &EnterpriseScope) -> SqlSet {
    let group = |column: sms_group::Column| Expr::col((sms_group::Entity, column));
    let groups = Query::select()
        .column((sms_group::Entity, sms_group::Column::Id))
        .from(sms_group::Entity)
        .and_where(group(sms_group::Column::EnterpriseId).eq(scope.enterprise().0))
        .take();
    assigned(
        scope,
        number_assignment::Column::SmsGroupId,
        groups,
        group(sms_group::Column::NameSearch),
    )
}

/// The numbers of the outer query whose `assignee` is one of `holders`, by the text `name` of those.
fn assigned(
    scope: &EnterpriseScope,
    assignee: number_assignment::Column,
    holders: SelectStatement,
    name: Expr,
) -> SqlSet {
    let assignment = |column: number_assignment::Column| Expr::col((number_assignment::Entity, column));
    let numbers = Query::select()
        .column((number_assignment::Entity, number_assignment::Column::PhoneNumberId))
        .from(number_assignment::Entity)
        .and_where(assignment(number_assignment::Column::EnterpriseId).eq(scope.enterprise().0))
        .take();
    let outer = Expr::col((phone_number::Entity, phone_number::Column::Id));
    SqlSet::new(outer, holders, [name]).through(numbers, assignment(assignee))
}

/// The numbers of the outer query by the names and carriers of their profiles; none for those who have nothing to do with
/// carriers.
fn of_profiles(scope: &EnterpriseScope) -> Option<SqlSet> {
    let profile = |column: carrier_profile::Column| Expr::col((carrier_profile::Entity, column));
    let profiles = Query::select()
        .column((carrier_profile::Entity, carrier_profile::Column::Id))
        .from(carrier_profile::Entity)
        .and_where(profile(carrier_profile::Column::EnterpriseId).eq(scope.enterprise().0))
        .take();
    let texts = [
        carrier_profile::Column::NameSearch,
        carrier_profile::Column::CarrierSearch,
    ];
    let outer = Expr::col((phone_number::Entity, phone_number::Column::CarrierProfileId));
    scope
        .shows_carriers()
        .then(|| SqlSet::new(outer, profiles, texts.map(profile)))
}

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

impl Tabular for PhoneNumberRow {
    const RESOURCE: Resource = Resource::PhoneNumber;
    type Entity = phone_number::Entity;
    type Stored = TableRow;

    fn columns(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Cow<'static, SqlTable> {
        Cow::Owned(sql_table(scope))
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
