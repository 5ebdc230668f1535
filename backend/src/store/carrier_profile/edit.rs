//! One carrier profile: with its use and the dates of its credentials, and its changes.

use chrono::{DateTime, Utc};
use domain::{
    carrier_profile::{
        CarrierKind, CarrierProfileDetails, CarrierProfileDraft, NUMBERS_NAMED, ProfileCheck, SetCredential,
    },
    domain_subscription::DomainName,
    ids::CarrierProfileId,
    phone::PhoneNumber,
    table::fold,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, sea_query::Expr,
};

use super::name_key;
use crate::{
    access::EnterpriseScope,
    entities::{carrier_profile, domain_subscription, phone_number},
    store::{carrier_credential, small, unknown_value},
};

/// What has to be known of a profile to reach its carrier.
pub(crate) struct Head {
    pub(crate) carrier: CarrierKind,
    pub(crate) host: Option<String>,
    /// Another one after each change of the profile or its credentials.
    pub(crate) version: i64,
}

fn one(scope: &EnterpriseScope, id: CarrierProfileId) -> Select<carrier_profile::Entity> {
    carrier_profile::Entity::find_by_id(id.0).filter(carrier_profile::Column::EnterpriseId.eq(scope.enterprise().0))
}

fn kind(row: &carrier_profile::Model) -> Result<CarrierKind, DbErr> {
    CarrierKind::parse(&row.carrier_kind).ok_or_else(|| unknown_value("carrier", &row.carrier_kind))
}

/// The carrier of a profile and its host.
pub(crate) async fn head(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: CarrierProfileId,
) -> Result<Option<Head>, DbErr> {
    let Some(row) = one(scope, id).one(db).await? else {
        return Ok(None);
    };
    Ok(Some(Head {
        carrier: kind(&row)?,
        host: row.host,
        version: row.version,
    }))
}

/// A profile with everything that is known of it but its secrets.
pub(crate) async fn details(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: CarrierProfileId,
) -> Result<Option<CarrierProfileDetails>, DbErr> {
    let Some(row) = one(scope, id).one(db).await? else {
        return Ok(None);
    };
    let credentials = carrier_credential::of_profile(db, scope, id).await?;
    let (numbers, number_count) = numbers(db, scope, id).await?;
    Ok(Some(CarrierProfileDetails {
        id,
        version: row.version,
        carrier: kind(&row)?,
        name: row.name,
        host: row.host,
        credentials: credentials
            .into_iter()
            .map(|credential| SetCredential {
                field: credential.field,
                set_at: credential.set_at,
            })
            .collect(),
        check: row.checked_at.zip(row.check_passed).map(|(at, passed)| ProfileCheck {
            at,
            passed,
            message: row.check_message.unwrap_or_default(),
        }),
        numbers,
        number_count,
        domains: domains(db, scope, id).await?,
    }))
}

/// The first of the numbers that send through the profile, and how many there are.
async fn numbers(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: CarrierProfileId,
) -> Result<(Vec<PhoneNumber>, u32), DbErr> {
    let of_profile = || {
        phone_number::Entity::find()
            .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
            .filter(phone_number::Column::CarrierProfileId.eq(id.0))
    };
    let count = of_profile().count(db).await?;
    let named: Vec<String> = of_profile()
        .select_only()
        .column(phone_number::Column::E164)
        .order_by_asc(phone_number::Column::E164)
        .limit(NUMBERS_NAMED)
        .into_tuple()
        .all(db)
        .await?;
    let named = named
        .iter()
        .map(|e164| PhoneNumber::parse(e164).map_err(|_| unknown_value("number", e164)))
        .collect::<Result<_, _>>()?;
    let count = i64::try_from(count).map_err(|_| DbErr::Type(format!("{count} is no count")))?;
    Ok((named, small(count)?))
}

async fn domains(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: CarrierProfileId,
) -> Result<Vec<DomainName>, DbErr> {
    let names: Vec<String> = domain_subscription::Entity::find()
        .filter(domain_subscription::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(domain_subscription::Column::CarrierProfileId.eq(id.0))
        .select_only()
        .column(domain_subscription::Column::Domain)
        .order_by_asc(domain_subscription::Column::Domain)
        .into_tuple()
        .all(db)
        .await?;
    names
        .iter()
        .map(|name| DomainName::parse(name).map_err(|_| unknown_value("domain", name)))
        .collect()
}

/// Adds a profile without credentials.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: CarrierProfileId,
    draft: &CarrierProfileDraft,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = carrier_profile::ActiveModel {
        id: Set(id.0),
        enterprise_id: Set(scope.enterprise().0),
        carrier_kind: Set(draft.carrier.as_str().to_owned()),
        name: Set(draft.name.clone()),
        name_key: Set(name_key(&draft.name)),
        name_search: Set(fold(&draft.name)),
        carrier_search: Set(fold(draft.carrier.label())),
        host: Set(draft.host.as_ref().map(ToString::to_string)),
        checked_at: Set(None),
        check_passed: Set(None),
        check_message: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    row.insert(db).await.map(drop)
}

/// Changes name and host and counts the version up, if it is still `version`; tells whether it was.
pub(crate) async fn update(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: CarrierProfileId,
    version: i64,
    draft: &CarrierProfileDraft,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let result = carrier_profile::Entity::update_many()
        .col_expr(carrier_profile::Column::Name, Expr::value(draft.name.clone()))
        .col_expr(carrier_profile::Column::NameKey, Expr::value(name_key(&draft.name)))
        .col_expr(carrier_profile::Column::NameSearch, Expr::value(fold(&draft.name)))
        .col_expr(
            carrier_profile::Column::Host,
            Expr::value(draft.host.as_ref().map(ToString::to_string)),
        )
        .col_expr(carrier_profile::Column::Version, Expr::value(version + 1))
        .col_expr(carrier_profile::Column::UpdatedAt, Expr::value(now))
        .filter(carrier_profile::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(carrier_profile::Column::Id.eq(id.0))
        .filter(carrier_profile::Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Writes what trying the credentials came to; none to forget it. The version stays: nobody edits this.
pub(crate) async fn set_check(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: CarrierProfileId,
    check: Option<&ProfileCheck>,
) -> Result<(), DbErr> {
    carrier_profile::Entity::update_many()
        .col_expr(
            carrier_profile::Column::CheckedAt,
            Expr::value(check.map(|check| check.at)),
        )
        .col_expr(
            carrier_profile::Column::CheckPassed,
            Expr::value(check.map(|check| check.passed)),
        )
        .col_expr(
            carrier_profile::Column::CheckMessage,
            Expr::value(check.map(|check| check.message.clone())),
        )
        .filter(carrier_profile::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(carrier_profile::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}

/// Removes the profile with its credentials, if it is still `version`; tells whether it was. Breaks a foreign key if
/// numbers or domains use it.
pub(crate) async fn delete(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: CarrierProfileId,
    version: i64,
) -> Result<bool, DbErr> {
    let result = carrier_profile::Entity::delete_many()
        .filter(carrier_profile::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(carrier_profile::Column::Id.eq(id.0))
        .filter(carrier_profile::Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}
