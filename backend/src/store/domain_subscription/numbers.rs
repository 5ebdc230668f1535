//! The numbers on a domain, and whom they serve.

use domain::{
    domain_subscription::{DomainName, NUMBERS_NAMED},
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{Assignee, PhoneNumberRef},
    phone::PhoneNumber,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::{
    access::EnterpriseScope,
    entities::{number_assignment, phone_number, sms_group, teams_user},
    store::unknown_value,
};

#[derive(FromQueryResult)]
struct NumberRow {
    id: Uuid,
    e164: String,
    teams_user_id: Option<Uuid>,
    teams_user_name: Option<String>,
    sms_group_id: Option<Uuid>,
    sms_group_name: Option<String>,
}

/// The tenant's numbers on the domain that can do SMS.
fn on(scope: &EnterpriseScope, domain: &DomainName) -> Select<phone_number::Entity> {
    phone_number::Entity::find()
        .filter(phone_number::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(phone_number::Column::HostingDomain.eq(domain.as_str()))
        .filter(phone_number::Column::SmsCapable.eq(true))
}

/// The first [`NUMBERS_NAMED`] of the numbers on the domain that can do SMS (those that serve somebody first, then
/// ascending), and how many there are.
pub(super) async fn receiving(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    domain: &DomainName,
) -> Result<(Vec<PhoneNumberRef>, u64), DbErr> {
    let count = on(scope, domain).count(db).await?;
    let rows: Vec<NumberRow> = with_assignee(on(scope, domain))
        .order_by_asc(number_assignment::Column::PhoneNumberId.is_null())
        .order_by_asc(phone_number::Column::E164)
        .limit(NUMBERS_NAMED)
        .into_model()
        .all(db)
        .await?;
    let named = rows.into_iter().map(reference).collect::<Result<_, _>>()?;
    Ok((named, count))
}

fn with_assignee(numbers: Select<phone_number::Entity>) -> Select<phone_number::Entity> {
    numbers
        .join(
            JoinType::LeftJoin,
            phone_number::Entity::belongs_to(number_assignment::Entity)
                .from(phone_number::Column::Id)
                .to(number_assignment::Column::PhoneNumberId)
                .into(),
        )
        .join(
            JoinType::LeftJoin,
            number_assignment::Entity::belongs_to(teams_user::Entity)
                .from(number_assignment::Column::TeamsUserId)
                .to(teams_user::Column::Id)
                .into(),
        )
        .join(
            JoinType::LeftJoin,
            number_assignment::Entity::belongs_to(sms_group::Entity)
                .from(number_assignment::Column::SmsGroupId)
                .to(sms_group::Column::Id)
                .into(),
        )
        .select_only()
        .columns([phone_number::Column::Id, phone_number::Column::E164])
        .column(number_assignment::Column::TeamsUserId)
        .column_as(teams_user::Column::DisplayName, "teams_user_name")
        .column(number_assignment::Column::SmsGroupId)
        .column_as(sms_group::Column::Name, "sms_group_name")
}

fn reference(row: NumberRow) -> Result<PhoneNumberRef, DbErr> {
    let user = row.teams_user_id.zip(row.teams_user_name);
    let group = row.sms_group_id.zip(row.sms_group_name);
    let assignee = match (user, group) {
        (Some((id, name)), _) => Some(Assignee::TeamsUser {
            id: TeamsUserId(id),
            name,
        }),
        (None, Some((id, name))) => Some(Assignee::SmsGroup {
            id: SmsGroupId(id),
            name,
        }),
        (None, None) => None,
    };
    Ok(PhoneNumberRef {
        id: PhoneNumberId(row.id),
        e164: PhoneNumber::parse(&row.e164).map_err(|_| unknown_value("phone number", &row.e164))?,
        assignee,
    })
}
