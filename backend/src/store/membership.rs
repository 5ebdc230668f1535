//! Who can sign in to an enterprise: roles and the accounts that have them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    account::EmailAddress,
    ids::{AccountId, EnterpriseId, MembershipId, ProviderId},
    membership::{MemberRow, MemberState},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Condition, Expr},
};
use uuid::Uuid;

use super::{invitation, new_id, unknown_value};
use crate::{
    access::EnterpriseScope,
    entities::{account, membership},
};

/// The rows of the table of who can sign in to the enterprise: roles, then invitations.
pub(crate) async fn rows(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    now: DateTime<Utc>,
) -> Result<Vec<MemberRow>, DbErr> {
    let roles = membership::Entity::find()
        .filter(membership::Column::EnterpriseId.eq(scope.enterprise().0))
        .order_by_asc(membership::Column::Id)
        .all(db)
        .await?;
    let mut rows = with_accounts(db, scope, roles).await?;
    let invited = invitation::open(db, scope).await?;
    rows.extend(invited.into_iter().map(|link| invited_row(link, now)));
    Ok(rows)
}

/// The role of that id at the enterprise.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: MembershipId,
) -> Result<Option<MemberRow>, DbErr> {
    let role = membership::Entity::find_by_id(id.0)
        .filter(membership::Column::EnterpriseId.eq(scope.enterprise().0))
        .all(db)
        .await?;
    Ok(with_accounts(db, scope, role).await?.pop())
}

/// The role that an account has at the enterprise.
pub(crate) async fn of_account(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    account: AccountId,
) -> Result<Option<MemberRow>, DbErr> {
    let role = membership::Entity::find()
        .filter(membership::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(membership::Column::AccountId.eq(account.0))
        .all(db)
        .await?;
    Ok(with_accounts(db, scope, role).await?.pop())
}

async fn with_accounts(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    roles: Vec<membership::Model>,
) -> Result<Vec<MemberRow>, DbErr> {
    let ids: Vec<Uuid> = roles.iter().map(|role| role.account_id).collect();
    let shared = shared(db, scope.provider(), &ids).await?;
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let mut accounts: HashMap<Uuid, account::Model> = accounts.into_iter().map(|row| (row.id, row)).collect();
    roles
        .into_iter()
        .filter_map(|role| accounts.remove(&role.account_id).map(|account| (role, account)))
        .map(|(role, account)| {
            let shared = shared.contains(&account.id);
            row(role, account, shared)
        })
        .collect()
}

fn row(role: membership::Model, account: account::Model, shared: bool) -> Result<MemberRow, DbErr> {
    let state = match (account.disabled, account.password_hash.is_some()) {
        (true, _) => MemberState::Disabled,
        (false, true) => MemberState::Active,
        (false, false) => MemberState::PasswordReset,
    };
    Ok(MemberRow {
        id: role.id,
        account: Some(AccountId(account.id)),
        display_name: Some(account.display_name),
        email: EmailAddress::parse(&account.email).map_err(|_| unknown_value("e-mail address", &account.email))?,
        role: Role::parse(&role.role).ok_or_else(|| unknown_value("role", &role.role))?,
        state,
        last_signed_in_at: account.last_signed_in_at,
        expires_at: None,
        shared,
    })
}

/// An invitation as a row of the same table.
pub(crate) fn invited_row(link: invitation::Link, now: DateTime<Utc>) -> MemberRow {
    MemberRow {
        id: link.id.0,
        account: None,
        display_name: None,
        email: link.email,
        role: link.role,
        state: if link.expires_at <= now {
            MemberState::InvitationExpired
        } else {
            MemberState::Invited
        },
        last_signed_in_at: None,
        expires_at: Some(link.expires_at),
        shared: false,
    }
}

/// Which of these accounts also have a role that admins of `provider` do not give: one at another provider, or that of an
/// admin of a provider.
async fn shared(db: &impl ConnectionTrait, provider: ProviderId, ids: &[Uuid]) -> Result<HashSet<Uuid>, DbErr> {
    let beyond = Condition::any()
        .add(membership::Column::ProviderId.ne(provider.0))
        .add(membership::Column::EnterpriseId.is_null());
    let found: Vec<Uuid> = membership::Entity::find()
        .filter(membership::Column::AccountId.is_in(ids.iter().copied()))
        .filter(beyond)
        .select_only()
        .column(membership::Column::AccountId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// Whether an account also has a role that admins of `provider` do not give.
pub(crate) async fn is_shared(
    db: &impl ConnectionTrait,
    provider: ProviderId,
    account: AccountId,
) -> Result<bool, DbErr> {
    Ok(!shared(db, provider, &[account.0]).await?.is_empty())
}

/// Whether an account also has a role at another enterprise than this one.
pub(crate) async fn is_elsewhere(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    account: AccountId,
) -> Result<bool, DbErr> {
    let others = membership::Entity::find()
        .filter(membership::Column::AccountId.eq(account.0))
        .filter(membership::Column::EnterpriseId.ne(scope.enterprise().0))
        .count(db)
        .await?;
    Ok(others > 0)
}

/// The enterprises of the provider where the account is an admin.
pub(crate) async fn admin_at(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    account: AccountId,
) -> Result<Vec<EnterpriseId>, DbErr> {
    let found: Vec<Option<Uuid>> = membership::Entity::find()
        .filter(membership::Column::AccountId.eq(account.0))
        .filter(membership::Column::ProviderId.eq(scope.provider().0))
        .filter(membership::Column::Role.eq(Role::EnterpriseAdmin.as_str()))
        .select_only()
        .column(membership::Column::EnterpriseId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().flatten().map(EnterpriseId).collect())
}

/// How many accounts other than this one are admins of an enterprise of the provider and not disabled.
pub(crate) async fn other_admins(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    enterprise: EnterpriseId,
    account: AccountId,
) -> Result<u64, DbErr> {
    let others: Vec<Uuid> = membership::Entity::find()
        .filter(membership::Column::ProviderId.eq(scope.provider().0))
        .filter(membership::Column::EnterpriseId.eq(enterprise.0))
        .filter(membership::Column::Role.eq(Role::EnterpriseAdmin.as_str()))
        .filter(membership::Column::AccountId.ne(account.0))
        .select_only()
        .column(membership::Column::AccountId)
        .into_tuple()
        .all(db)
        .await?;
    account::Entity::find()
        .filter(account::Column::Id.is_in(others))
        .filter(account::Column::Disabled.eq(false))
        .count(db)
        .await
}

/// Gives an account a role at the enterprise. A second one there breaks a uniqueness rule.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    account: AccountId,
    role: Role,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = membership::ActiveModel {
        id: Set(new_id()),
        account_id: Set(account.0),
        provider_id: Set(scope.provider().0),
        enterprise_id: Set(Some(scope.enterprise().0)),
        role: Set(role.as_str().to_owned()),
        created_at: Set(now),
    };
    row.insert(db).await.map(drop)
}

/// Changes a role at the enterprise, if it still is `was`; tells whether it was.
pub(crate) async fn set_role(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: MembershipId,
    was: Role,
    role: Role,
) -> Result<bool, DbErr> {
    let result = membership::Entity::update_many()
        .col_expr(membership::Column::Role, Expr::value(role.as_str()))
        .filter(membership::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(membership::Column::Id.eq(id.0))
        .filter(membership::Column::Role.eq(was.as_str()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Takes a role at the enterprise away.
pub(crate) async fn delete(db: &impl ConnectionTrait, scope: &EnterpriseScope, id: MembershipId) -> Result<(), DbErr> {
    membership::Entity::delete_many()
        .filter(membership::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(membership::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}
