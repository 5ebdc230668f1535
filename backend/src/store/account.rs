//! Accounts and their roles.

use chrono::{DateTime, Utc};
use domain::{
    access::{Grant, Role},
    account::{EmailAddress, SignedInAccount},
    ids::{AccountId, EnterpriseId, MembershipId, ProviderId},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockType},
};

use super::{audit::Log, new_id, unknown_value};
use crate::entities::{account, membership, provider};

/// An account as far as signing in needs it.
pub(crate) struct Credentials {
    pub(crate) account: SignedInAccount,
    pub(crate) password_hash: Option<String>,
    pub(crate) disabled: bool,
}

/// The account with that sign-in name.
pub(crate) async fn credentials(db: &impl ConnectionTrait, email: &EmailAddress) -> Result<Option<Credentials>, DbErr> {
    let row = account::Entity::find()
        .filter(account::Column::Email.eq(email.as_str()))
        .one(db)
        .await?;
    row.map(from_row).transpose()
}

/// The account of that id.
pub(crate) async fn find(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Credentials>, DbErr> {
    account::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .map(from_row)
        .transpose()
}

fn from_row(row: account::Model) -> Result<Credentials, DbErr> {
    Ok(Credentials {
        account: SignedInAccount {
            id: AccountId(row.id),
            email: EmailAddress::parse(&row.email).map_err(|_| unknown_value("e-mail address", &row.email))?,
            display_name: row.display_name,
        },
        password_hash: row.password_hash,
        disabled: row.disabled,
    })
}

/// The roles of an account.
pub(crate) async fn grants(db: &impl ConnectionTrait, id: AccountId) -> Result<Vec<Grant>, DbErr> {
    let rows = membership::Entity::find()
        .filter(membership::Column::AccountId.eq(id.0))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let role = Role::parse(&row.role).ok_or_else(|| unknown_value("role", &row.role))?;
            Ok(match row.enterprise_id {
                Some(enterprise) => Grant::Enterprise {
                    enterprise: EnterpriseId(enterprise),
                    role,
                },
                None => Grant::Provider {
                    provider: ProviderId(row.provider_id),
                },
            })
        })
        .collect()
}

/// A role of an account.
pub(crate) struct HeldRole {
    pub(crate) id: MembershipId,
    pub(crate) role: Role,
    /// Where it is written down what becomes of it.
    pub(crate) log: Log,
}

/// The roles of an account with their ids, in the one order in which logs are written to.
pub(crate) async fn roles(db: &impl ConnectionTrait, id: AccountId) -> Result<Vec<HeldRole>, DbErr> {
    let rows = membership::Entity::find()
        .filter(membership::Column::AccountId.eq(id.0))
        .all(db)
        .await?;
    let held = |row: membership::Model| -> Result<HeldRole, DbErr> {
        Ok(HeldRole {
            id: MembershipId(row.id),
            role: Role::parse(&row.role).ok_or_else(|| unknown_value("role", &row.role))?,
            log: Log {
                enterprise: row.enterprise_id.map(EnterpriseId),
                provider: Some(ProviderId(row.provider_id)),
            },
        })
    };
    let mut roles = rows.into_iter().map(held).collect::<Result<Vec<_>, DbErr>>()?;
    roles.sort_unstable_by_key(|role| role.log);
    Ok(roles)
}

/// Notes when somebody signed in.
pub(crate) async fn signed_in(db: &impl ConnectionTrait, id: AccountId, now: DateTime<Utc>) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::LastSignedInAt, Expr::value(now))
        .filter(account::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}

/// Whether anybody can sign in at all.
pub(crate) async fn any(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(account::Entity::find().count(db).await? > 0)
}

/// The provider that was there first.
pub(crate) async fn first_provider(db: &impl ConnectionTrait) -> Result<Option<ProviderId>, DbErr> {
    let first = provider::Entity::find()
        .order_by_asc(provider::Column::Id)
        .one(db)
        .await?;
    Ok(first.map(|row| ProviderId(row.id)))
}

/// Adds a provider.
pub(crate) async fn insert_provider(
    db: &impl ConnectionTrait,
    name: &str,
    now: DateTime<Utc>,
) -> Result<ProviderId, DbErr> {
    let row = provider::ActiveModel {
        id: Set(new_id()),
        name: Set(name.to_owned()),
        contact_email: Set(None),
        contact_phone: Set(None),
        version: Set(1),
        created_at: Set(now),
    };
    Ok(ProviderId(row.insert(db).await?.id))
}

/// Adds an account.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    account: &SignedInAccount,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = account::ActiveModel {
        id: Set(account.id.0),
        email: Set(account.email.as_str().to_owned()),
        display_name: Set(account.display_name.clone()),
        password_hash: Set(Some(password_hash.to_owned())),
        disabled: Set(false),
        created_at: Set(now),
        last_signed_in_at: Set(None),
    };
    row.insert(db).await.map(drop)
}

/// Holds the account until the transaction ends: nobody else gives it a role meanwhile.
pub(crate) async fn lock(db: &impl ConnectionTrait, id: AccountId) -> Result<(), DbErr> {
    account::Entity::find_by_id(id.0)
        .lock(LockType::Update)
        .one(db)
        .await
        .map(drop)
}

/// Gives an account another name and password, and lets it sign in. Whoever asks has made sure that it has no role.
pub(crate) async fn begin_anew(
    db: &impl ConnectionTrait,
    account: &SignedInAccount,
    password_hash: &str,
) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::DisplayName, Expr::value(account.display_name.as_str()))
        .col_expr(account::Column::PasswordHash, Expr::value(password_hash))
        .col_expr(account::Column::Disabled, Expr::value(false))
        .filter(account::Column::Id.eq(account.id.0))
        .exec(db)
        .await
        .map(drop)
}

/// Gives an account a role at a provider, or at one of its enterprises.
pub(crate) async fn grant(
    db: &impl ConnectionTrait,
    account: AccountId,
    provider: ProviderId,
    at: Option<(EnterpriseId, Role)>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let role = at.map_or(Role::ProviderAdmin, |(_, role)| role);
    let row = membership::ActiveModel {
        id: Set(new_id()),
        account_id: Set(account.0),
        provider_id: Set(provider.0),
        enterprise_id: Set(at.map(|(enterprise, _)| enterprise.0)),
        role: Set(role.as_str().to_owned()),
        created_at: Set(now),
    };
    row.insert(db).await.map(drop)
}

/// Keeps an account from signing in, or lets it again. Whoever asks has made sure that the account is in reach.
pub(crate) async fn set_disabled(db: &impl ConnectionTrait, id: AccountId, disabled: bool) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::Disabled, Expr::value(disabled))
        .filter(account::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}

/// Sets the hash of an account's password; with none it has no password. Whoever asks has made sure that the account is in
/// reach.
pub(crate) async fn set_password(db: &impl ConnectionTrait, id: AccountId, hash: Option<String>) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .filter(account::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}
