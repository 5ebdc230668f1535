//! What is published: entries that are in the snapshots from one number on until another one replaces them.

use domain::{
    config_snapshot::{Configuration, ConfiguredGroup, ConfiguredNumber},
    ids::SmsGroupId,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::Expr,
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::compare::group_of;
use crate::{access::EnterpriseScope, entities::config_entry, store::new_id};

/// The words of the two kinds of entries.
const NUMBER: &str = "number";
const GROUP: &str = "group";

/// How many rows one statement carries; at most 8 values each, below SQLite's 32,766 values a statement.
const ROWS: usize = 1_000;

/// An entry to write.
pub(super) struct Entry {
    kind: &'static str,
    thing: Uuid,
    serves: Option<Uuid>,
    content: String,
}

impl Entry {
    pub(super) fn of_number(number: &ConfiguredNumber) -> Result<Self, DbErr> {
        Ok(Self {
            kind: NUMBER,
            thing: number.id.0,
            serves: Some(number.serves.id()),
            content: json(number)?,
        })
    }

    pub(super) fn of_group(group: &ConfiguredGroup) -> Result<Self, DbErr> {
        let SmsGroupId(thing) = group.id;
        Ok(Self {
            kind: GROUP,
            thing,
            serves: None,
            content: json(group)?,
        })
    }
}

fn json(value: &impl Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Json(error.to_string()))
}

/// The tenant's entries that are live.
fn live(scope: &EnterpriseScope) -> Select<config_entry::Entity> {
    config_entry::Entity::find()
        .filter(config_entry::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(config_entry::Column::UntilNumber.is_null())
}

/// What is live: all of it, or only these numbers and the groups they serve.
pub(super) async fn configuration(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: Option<&[Uuid]>,
) -> Result<Configuration, DbErr> {
    let numbers = numbers(db, scope, ids).await?;
    let mut named: Vec<Uuid> = numbers.iter().filter_map(group_of).collect();
    named.sort_unstable();
    named.dedup();
    let groups = groups(db, scope, ids.map(|_| named.as_slice())).await?;
    Ok(Configuration::new(numbers, groups))
}

/// The live numbers, or those of `ids`.
pub(super) async fn numbers(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: Option<&[Uuid]>,
) -> Result<Vec<ConfiguredNumber>, DbErr> {
    contents(db, scope, NUMBER, ids).await
}

/// The live groups, or those of `ids`.
pub(super) async fn groups(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: Option<&[Uuid]>,
) -> Result<Vec<ConfiguredGroup>, DbErr> {
    contents(db, scope, GROUP, ids).await
}

async fn contents<T: DeserializeOwned>(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    kind: &str,
    ids: Option<&[Uuid]>,
) -> Result<Vec<T>, DbErr> {
    let found: Vec<String> = live(scope)
        .filter(config_entry::Column::Kind.eq(kind))
        .apply_if(ids, |select, ids| {
            select.filter(config_entry::Column::ThingId.is_in(ids.iter().copied()))
        })
        .select_only()
        .column(config_entry::Column::Content)
        .into_tuple()
        .all(db)
        .await?;
    found
        .iter()
        .map(|content| serde_json::from_str(content).map_err(|error| DbErr::Json(error.to_string())))
        .collect()
}

/// The ids of the live numbers of these groups.
pub(super) async fn numbers_of_groups(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    groups: &[Uuid],
) -> Result<Vec<Uuid>, DbErr> {
    live(scope)
        .filter(config_entry::Column::ServesId.is_in(groups.iter().copied()))
        .select_only()
        .column(config_entry::Column::ThingId)
        .into_tuple()
        .all(db)
        .await
}

/// Ends the live entries of `outdated` things before snapshot `number` and begins new ones with it.
pub(super) async fn replace(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    number: i64,
    outdated: &[Uuid],
    entries: Vec<Entry>,
) -> Result<(), DbErr> {
    for chunk in outdated.chunks(ROWS) {
        config_entry::Entity::update_many()
            .col_expr(config_entry::Column::UntilNumber, Expr::value(number))
            .filter(config_entry::Column::EnterpriseId.eq(scope.enterprise().0))
            .filter(config_entry::Column::UntilNumber.is_null())
            .filter(config_entry::Column::ThingId.is_in(chunk.iter().copied()))
            .exec(db)
            .await?;
    }
    let rows: Vec<config_entry::ActiveModel> = entries.into_iter().map(|entry| row(scope, number, entry)).collect();
    for chunk in rows.chunks(ROWS) {
        config_entry::Entity::insert_many(chunk.iter().cloned())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

fn row(scope: &EnterpriseScope, number: i64, entry: Entry) -> config_entry::ActiveModel {
    config_entry::ActiveModel {
        id: Set(new_id()),
        enterprise_id: Set(scope.enterprise().0),
        kind: Set(entry.kind.to_owned()),
        thing_id: Set(entry.thing),
        serves_id: Set(entry.serves),
        content: Set(entry.content),
        since_number: Set(number),
        until_number: Set(None),
    }
}
