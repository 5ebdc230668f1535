//! Many people at once: what an import compares with and writes. One statement carries as many rows as it is given;
//! callers give at most a thousand, which keeps the bound values below SQLite's 32,766 a statement.

use chrono::{DateTime, Utc};
use domain::{
    ids::TeamsUserId,
    import::MissingUser,
    table::fold,
    teams_user::{LicenseState, UserPrincipalName},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Condition, Expr, ExprTrait, Query, SubQueryStatement},
};
use uuid::Uuid;

use super::{license, of};
use crate::{
    access::EnterpriseScope,
    entities::{number_assignment, sms_group, teams_user},
    store::{new_id, small},
};

/// A person who is there.
#[derive(Clone, Debug)]
pub(crate) struct StoredUser {
    pub(crate) id: TeamsUserId,
    pub(crate) object_id: Option<Uuid>,
    pub(crate) user_principal_name: String,
    /// [`UserPrincipalName::key`] of it.
    pub(crate) key: String,
    pub(crate) display_name: String,
    pub(crate) license: LicenseState,
    pub(crate) enabled: bool,
}

/// The people with one of these object ids or one of these keys of a sign-in name.
pub(crate) async fn stored(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    object_ids: &[Uuid],
    keys: &[String],
) -> Result<Vec<StoredUser>, DbErr> {
    let known = Condition::any()
        .add(teams_user::Column::EntraObjectId.is_in(object_ids.iter().copied()))
        .add(teams_user::Column::UserPrincipalNameKey.is_in(keys.iter().cloned()));
    let rows = of(scope).filter(known).all(db).await?;
    rows.into_iter()
        .map(|row| {
            Ok(StoredUser {
                id: TeamsUserId(row.id),
                object_id: row.entra_object_id,
                user_principal_name: row.user_principal_name,
                key: row.user_principal_name_key,
                display_name: row.display_name,
                license: license(&row.license_state)?,
                enabled: row.enabled,
            })
        })
        .collect()
}

/// A person to add.
pub(crate) struct NewUser {
    pub(crate) object_id: Option<Uuid>,
    pub(crate) user_principal_name: UserPrincipalName,
    pub(crate) display_name: String,
    pub(crate) license: LicenseState,
    pub(crate) enabled: bool,
}

/// Adds people and returns their ids in the same order.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    users: &[NewUser],
    now: DateTime<Utc>,
) -> Result<Vec<TeamsUserId>, DbErr> {
    let ids: Vec<TeamsUserId> = users.iter().map(|_| TeamsUserId(new_id())).collect();
    if users.is_empty() {
        return Ok(ids);
    }
    let rows = users.iter().zip(&ids).map(|(user, id)| teams_user::ActiveModel {
        id: Set(id.0),
        enterprise_id: Set(scope.enterprise().0),
        entra_object_id: Set(user.object_id),
        user_principal_name: Set(user.user_principal_name.to_string()),
        user_principal_name_key: Set(user.user_principal_name.key()),
        user_principal_name_search: Set(fold(user.user_principal_name.as_str())),
        display_name: Set(user.display_name.clone()),
        display_name_search: Set(fold(&user.display_name)),
        license_state: Set(user.license.as_str().to_owned()),
        enabled: Set(user.enabled),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    });
    teams_user::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(ids)
}

/// A change of some of what is known about a person; what is none stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct UserChange {
    pub(crate) object_id: Option<Uuid>,
    pub(crate) user_principal_name: Option<UserPrincipalName>,
    pub(crate) display_name: Option<String>,
    pub(crate) license: Option<LicenseState>,
    pub(crate) enabled: Option<bool>,
}

/// Changes people alike and counts their versions up.
pub(crate) async fn change(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[TeamsUserId],
    change: &UserChange,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut update = teams_user::Entity::update_many()
        .col_expr(
            teams_user::Column::Version,
            Expr::col(teams_user::Column::Version).add(1),
        )
        .col_expr(teams_user::Column::UpdatedAt, Expr::value(now));
    if let Some(id) = change.object_id {
        update = update.col_expr(teams_user::Column::EntraObjectId, Expr::value(id));
    }
    if let Some(name) = &change.user_principal_name {
        update = update
            .col_expr(teams_user::Column::UserPrincipalName, Expr::value(name.as_str()))
            .col_expr(teams_user::Column::UserPrincipalNameKey, Expr::value(name.key()))
            .col_expr(
                teams_user::Column::UserPrincipalNameSearch,
                Expr::value(fold(name.as_str())),
            );
    }
    if let Some(name) = &change.display_name {
        update = update
            .col_expr(teams_user::Column::DisplayName, Expr::value(name.as_str()))
            .col_expr(teams_user::Column::DisplayNameSearch, Expr::value(fold(name)));
    }
    if let Some(license) = change.license {
        update = update.col_expr(teams_user::Column::LicenseState, Expr::value(license.as_str()));
    }
    if let Some(enabled) = change.enabled {
        update = update.col_expr(teams_user::Column::Enabled, Expr::value(enabled));
    }
    update
        .filter(teams_user::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(teams_user::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .exec(db)
        .await
        .map(drop)
}

/// Takes a person's sign-in name off for the time until [`change`] gives them another, so that somebody else can have it
/// in between. What stands in its place is no sign-in name, for it has no `@`.
pub(crate) async fn vacate_name(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: TeamsUserId,
) -> Result<(), DbErr> {
    teams_user::Entity::update_many()
        .col_expr(
            teams_user::Column::UserPrincipalNameKey,
            Expr::value(format!("vacated:{id}")),
        )
        .filter(teams_user::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(teams_user::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}

#[derive(FromQueryResult)]
struct EnabledUser {
    id: Uuid,
    user_principal_name: String,
    display_name: String,
    number_count: i64,
    group_count: i64,
}

/// Enabled people in the order of their ids, after `after`, with what they hold; at most `limit`.
pub(crate) async fn enabled_after(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    after: Option<TeamsUserId>,
    limit: u64,
) -> Result<Vec<(TeamsUserId, MissingUser)>, DbErr> {
    let mut select = of(scope).filter(teams_user::Column::Enabled.eq(true));
    if let Some(after) = after {
        select = select.filter(teams_user::Column::Id.gt(after.0));
    }
    let rows: Vec<EnabledUser> = select
        .select_only()
        .columns([
            teams_user::Column::Id,
            teams_user::Column::UserPrincipalName,
            teams_user::Column::DisplayName,
        ])
        .expr_as(number_count(), "number_count")
        .expr_as(group_count(), "group_count")
        .order_by_asc(teams_user::Column::Id)
        .limit(limit)
        .into_model()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let user = MissingUser {
                user_principal_name: row.user_principal_name,
                display_name: row.display_name,
                numbers: small(row.number_count)?,
                owned_groups: small(row.group_count)?,
            };
            Ok((TeamsUserId(row.id), user))
        })
        .collect()
}

/// How many numbers of their own the person of the outer query has.
fn number_count() -> Expr {
    let count = Query::select()
        .expr(Expr::cust("COUNT(*)"))
        .from(number_assignment::Entity)
        .and_where(
            Expr::col((number_assignment::Entity, number_assignment::Column::EnterpriseId))
                .equals((teams_user::Entity, teams_user::Column::EnterpriseId)),
        )
        .and_where(
            Expr::col((number_assignment::Entity, number_assignment::Column::TeamsUserId))
                .equals((teams_user::Entity, teams_user::Column::Id)),
        )
        .take();
    Expr::from(SubQueryStatement::from(count))
}

/// How many groups the person of the outer query owns.
fn group_count() -> Expr {
    let count = Query::select()
        .expr(Expr::cust("COUNT(*)"))
        .from(sms_group::Entity)
        .and_where(
            Expr::col((sms_group::Entity, sms_group::Column::EnterpriseId))
                .equals((teams_user::Entity, teams_user::Column::EnterpriseId)),
        )
        .and_where(
            Expr::col((sms_group::Entity, sms_group::Column::OwnerId))
                .equals((teams_user::Entity, teams_user::Column::Id)),
        )
        .take();
    Expr::from(SubQueryStatement::from(count))
}
