//! People's own numbers: giving, taking away, passing on. Each counts the versions of the numbers up; whoever calls these
//! has locked the numbers (`store::number::lock`).

use chrono::{DateTime, Utc};
use domain::ids::{PhoneNumberId, TeamsUserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{access::EnterpriseScope, entities::number_assignment, store::number};

/// Gives numbers to a person. A number that somebody else got meanwhile breaks a uniqueness rule.
pub(crate) async fn assign(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    user: TeamsUserId,
    numbers: &[PhoneNumberId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if numbers.is_empty() {
        return Ok(());
    }
    number_assignment::Entity::insert_many(assignments(scope, user, numbers, now))
        .exec_without_returning(db)
        .await?;
    number::count_up(db, scope, numbers, now).await
}

/// Gives those of `numbers` to a person that nobody has. Waits for whoever is just taking one of them.
pub(crate) async fn take_free(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    user: TeamsUserId,
    numbers: &[PhoneNumberId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if numbers.is_empty() {
        return Ok(());
    }
    number_assignment::Entity::insert_many(assignments(scope, user, numbers, now))
        .on_conflict_do_nothing()
        .exec_without_returning(db)
        .await?;
    number::count_up(db, scope, numbers, now).await
}

/// Takes numbers away from a person; tells whether the person had all of them.
pub(crate) async fn release(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    user: TeamsUserId,
    numbers: &[PhoneNumberId],
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let result = number_assignment::Entity::delete_many()
        .filter(number_assignment::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(number_assignment::Column::TeamsUserId.eq(user.0))
        .filter(number_assignment::Column::PhoneNumberId.is_in(ids(numbers)))
        .exec(db)
        .await?;
    number::count_up(db, scope, numbers, now).await?;
    Ok(result.rows_affected == numbers.len() as u64)
}

/// Passes those of `numbers` on to somebody else that the person has; tells whether the person had all of them.
pub(crate) async fn pass_on(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    from: TeamsUserId,
    to: TeamsUserId,
    numbers: &[PhoneNumberId],
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let result = number_assignment::Entity::update_many()
        .col_expr(number_assignment::Column::TeamsUserId, Expr::value(to.0))
        .col_expr(number_assignment::Column::AssignedAt, Expr::value(now))
        .filter(number_assignment::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(number_assignment::Column::TeamsUserId.eq(from.0))
        .filter(number_assignment::Column::PhoneNumberId.is_in(ids(numbers)))
        .exec(db)
        .await?;
    number::count_up(db, scope, numbers, now).await?;
    Ok(result.rows_affected == numbers.len() as u64)
}

fn ids(numbers: &[PhoneNumberId]) -> impl Iterator<Item = Uuid> {
    numbers.iter().map(|number| number.0)
}

fn assignments(
    scope: &EnterpriseScope,
    user: TeamsUserId,
    numbers: &[PhoneNumberId],
    now: DateTime<Utc>,
) -> Vec<number_assignment::ActiveModel> {
    let assignment = |number: &PhoneNumberId| number_assignment::ActiveModel {
        phone_number_id: Set(number.0),
        enterprise_id: Set(scope.enterprise().0),
        teams_user_id: Set(Some(user.0)),
        sms_group_id: Set(None),
        assigned_at: Set(now),
    };
    numbers.iter().map(assignment).collect()
}
