//! Teams users: what pickers offer, and which of the chosen ones exist. The table is in `table`, one person with
//! everything that is theirs in `detail`.

pub(crate) mod bulk;
mod detail;
mod holdings;
pub(crate) mod numbers;
pub(crate) mod offboarding;
mod table;

use std::collections::HashSet;

use domain::{
    ids::TeamsUserId,
    table::fold,
    teams_user::{LicenseState, TeamsUserRef},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Condition, LikeExpr},
};
use uuid::Uuid;

pub(crate) use self::detail::{count_up, find, references_of};
use super::unknown_value;
use crate::{access::EnterpriseScope, entities::teams_user};

/// The tenant's people.
fn of(scope: &EnterpriseScope) -> Select<teams_user::Entity> {
    teams_user::Entity::find().filter(teams_user::Column::EnterpriseId.eq(scope.enterprise().0))
}

/// The people whose name or sign-in name contains `search`, by name.
pub(crate) async fn options(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    search: &str,
    limit: u64,
) -> Result<Vec<TeamsUserRef>, DbErr> {
    let needle = fold(search);
    let mut select = of(scope);
    if !needle.is_empty() {
        let like = contains(&needle);
        select = select.filter(
            Condition::any()
                .add(teams_user::Column::DisplayNameSearch.like(like.clone()))
                .add(teams_user::Column::UserPrincipalNameSearch.like(like)),
        );
    }
    let rows = select
        .order_by_asc(teams_user::Column::DisplayNameSearch)
        .order_by_asc(teams_user::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(reference).collect()
}

/// Those of `ids` that are people of this enterprise.
pub(crate) async fn existing(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[TeamsUserId],
) -> Result<HashSet<TeamsUserId>, DbErr> {
    let found: Vec<Uuid> = of(scope)
        .filter(teams_user::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .select_only()
        .column(teams_user::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(TeamsUserId).collect())
}

/// A LIKE pattern for texts that contain `needle`.
pub(super) fn contains(needle: &str) -> LikeExpr {
    let escaped = needle.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}

/// From a row to what pickers and groups show.
pub(super) fn reference(row: teams_user::Model) -> Result<TeamsUserRef, DbErr> {
    Ok(TeamsUserRef {
        id: TeamsUserId(row.id),
        license: license(&row.license_state)?,
        display_name: row.display_name,
        user_principal_name: row.user_principal_name,
        enabled: row.enabled,
    })
}

/// Reads the stored licence state.
pub(super) fn license(text: &str) -> Result<LicenseState, DbErr> {
    LicenseState::parse(text).ok_or_else(|| unknown_value("license state", text))
}
