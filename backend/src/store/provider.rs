//! Providers: their own details.

use domain::{
    enterprise::{ProviderContact, ProviderDetails},
    ids::ProviderId,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType},
};

use crate::{
    access::{EnterpriseScope, ProviderScope},
    entities::provider,
};

/// The provider's name and how to reach it.
pub(crate) async fn details(
    db: &impl ConnectionTrait,
    scope: &ProviderScope,
) -> Result<Option<ProviderDetails>, DbErr> {
    let row = provider::Entity::find_by_id(scope.provider().0).one(db).await?;
    Ok(row.map(|row| ProviderDetails {
        contact: ProviderContact {
            id: ProviderId(row.id),
            name: row.name,
            email: row.contact_email,
            phone: row.contact_phone,
        },
        version: row.version,
    }))
}

/// Changes name, e-mail address and phone number, if the provider still has that version; tells whether it had.
pub(crate) async fn update(
    db: &impl ConnectionTrait,
    scope: &ProviderScope,
    version: i64,
    (name, email, phone): &(String, Option<String>, Option<String>),
) -> Result<bool, DbErr> {
    let result = provider::Entity::update_many()
        .col_expr(provider::Column::Name, Expr::value(name.clone()))
        .col_expr(provider::Column::ContactEmail, Expr::value(email.clone()))
        .col_expr(provider::Column::ContactPhone, Expr::value(phone.clone()))
        .col_expr(provider::Column::Version, Expr::value(version + 1))
        .filter(provider::Column::Id.eq(scope.provider().0))
        .filter(provider::Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Keeps others from changing who can sign in, at any enterprise of the provider, until the transaction ends: who is the
/// last admin is settled by rows of several accounts. SQLite has one writer at a time anyway.
pub(crate) async fn lock_people(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<(), DbErr> {
    provider::Entity::find_by_id(scope.provider().0)
        .lock(LockType::NoKeyUpdate)
        .one(db)
        .await
        .map(drop)
}
