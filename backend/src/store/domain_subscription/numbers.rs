//! The numbers on a domain, and whom they serve.

use domain::{
    domain_subscription::{DomainName, NUMBERS_NAMED},
    number::PhoneNumberRef,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Condition,
};

use crate::{
    access::EnterpriseScope,
    entities::{number_assignment, phone_number},
    store::number,
};

/// The first [`NUMBERS_NAMED`] of the numbers on the domain that can do SMS (those that serve somebody first, then
/// ascending), and how many there are.
pub(super) async fn receiving(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    domain: &DomainName,
) -> Result<(Vec<PhoneNumberRef>, u64), DbErr> {
    let count = phone_number::Entity::find()
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(on(domain))
        .count(db)
        .await?;
    let first = number::of(scope)
        .filter(on(domain))
        .order_by_asc(number_assignment::Column::PhoneNumberId.is_null())
        .order_by_asc(phone_number::Column::E164)
        .limit(NUMBERS_NAMED);
    Ok((number::references(db, first).await?, count))
}

/// On the domain, and can do SMS.
fn on(domain: &DomainName) -> Condition {
    Condition::all()
        .add(phone_number::Column::HostingDomain.eq(domain.as_str()))
        .add(phone_number::Column::SmsCapable.eq(true))
}
