//! What offboarding does to groups, and what undoing it finds in the audit log.

use chrono::{DateTime, Utc};
use domain::{
    audit::AuditAction,
    ids::{AuditEventId, SmsGroupId, TeamsUserId},
    sms_group::SmsGroupDraft,
    teams_user::{OffboardInput, OffboardRecord, TeamsUser, UNDO_FOR, UndoableOffboarding},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select, TransactionTrait,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    access::EnterpriseScope,
    entities::{audit_event, sms_group, sms_group_member, teams_user},
    error::is_unique_violation,
    store,
};

/// Counts the group's version up, if it is still `version`, and gives it to `owner`, if there is a new one; tells
/// whether it was.
pub(crate) async fn hand_over(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    version: i64,
    owner: Option<TeamsUserId>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let mut update = sms_group::Entity::update_many()
        .col_expr(sms_group::Column::Version, Expr::value(version + 1))
        .col_expr(sms_group::Column::UpdatedAt, Expr::value(now));
    if let Some(owner) = owner {
        update = update.col_expr(sms_group::Column::OwnerId, Expr::value(owner.0));
    }
    let result = update
        .filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(sms_group::Column::Id.eq(id.0))
        .filter(sms_group::Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Counts the version of a group up, whatever it is, and tells who owns it; none if there is no such group. On PostgreSQL
/// others who change the group wait from then on.
pub(crate) async fn hold(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    now: DateTime<Utc>,
) -> Result<Option<(TeamsUserId, String)>, DbErr> {
    sms_group::Entity::update_many()
        .col_expr(sms_group::Column::Version, Expr::col(sms_group::Column::Version).add(1))
        .col_expr(sms_group::Column::UpdatedAt, Expr::value(now))
        .filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(sms_group::Column::Id.eq(id.0))
        .exec(db)
        .await?;
    let owner: Option<(Uuid, String)> = teams_user::Entity::find()
        .join(
            sea_orm::JoinType::InnerJoin,
            teams_user::Entity::belongs_to(sms_group::Entity)
                .from(teams_user::Column::Id)
                .to(sms_group::Column::OwnerId)
                .into(),
        )
        .filter(teams_user::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(sms_group::Column::Id.eq(id.0))
        .select_only()
        .columns([teams_user::Column::Id, teams_user::Column::DisplayName])
        .into_tuple()
        .one(db)
        .await?;
    Ok(owner.map(|(id, name)| (TeamsUserId(id), name)))
}

/// Makes somebody the owner of a group.
pub(crate) async fn set_owner(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    owner: TeamsUserId,
) -> Result<(), DbErr> {
    sms_group::Entity::update_many()
        .col_expr(sms_group::Column::OwnerId, Expr::value(owner.0))
        .filter(sms_group::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(sms_group::Column::Id.eq(id.0))
        .exec(db)
        .await
        .map(drop)
}

/// Makes somebody a member of a group, if they are not one already.
pub(crate) async fn join(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    member: TeamsUserId,
) -> Result<(), DbErr> {
    let row = sms_group_member::ActiveModel {
        sms_group_id: Set(id.0),
        teams_user_id: Set(member.0),
        enterprise_id: Set(scope.enterprise().0),
    };
    sms_group_member::Entity::insert_many([row])
        .on_conflict_do_nothing()
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Adds a group that was deleted, as `version`, with its members; tells whether its name was still free. What else was
/// done in the transaction stays either way.
pub(crate) async fn revive(
    db: &DatabaseTransaction,
    scope: &EnterpriseScope,
    id: SmsGroupId,
    version: i64,
    draft: &SmsGroupDraft,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let attempt = db.begin().await?;
    match store::sms_group::insert(&attempt, scope, id, version, draft, now).await {
        Ok(()) => attempt.commit().await?,
        Err(error) if is_unique_violation(&error) => {
            attempt.rollback().await?;
            return Ok(false);
        }
        Err(error) => return Err(error),
    }
    store::sms_group::change_members(db, scope, id, &draft.member_ids, &[]).await?;
    store::sms_group::take_free_numbers(db, scope, id, &draft.number_ids, now).await?;
    Ok(true)
}

/// What last happened to a person as a whole.
pub(crate) enum LastDeed {
    /// They were offboarded, were this before, and that was decided.
    Offboarded(DateTime<Utc>, Box<TeamsUser>, OffboardInput),
    /// That was undone.
    Undone,
}

/// When, the action, before, after.
type DeedColumns = (DateTime<Utc>, String, Option<String>, Option<String>);

/// What last happened to the person; none if they were never offboarded.
pub(crate) async fn last_deed(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: TeamsUserId,
) -> Result<Option<LastDeed>, DbErr> {
    let entries: Vec<DeedColumns> = deeds(scope, id)
        .select_only()
        .columns([audit_event::Column::CreatedAt, audit_event::Column::Action])
        .columns([audit_event::Column::Before, audit_event::Column::After])
        .into_tuple()
        .all(db)
        .await?;
    Ok(entries.into_iter().find_map(deed))
}

/// The deed's entry, who did it, and what else [`DeedColumns`] has.
type ToldColumns = (Uuid, String, DateTime<Utc>, String, Option<String>, Option<String>);

/// The person's offboarding, if that is what last happened to them and it can be undone at `now`.
pub(crate) async fn undoable(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: TeamsUserId,
    now: DateTime<Utc>,
) -> Result<Option<UndoableOffboarding>, DbErr> {
    let entries: Vec<ToldColumns> = deeds(scope, id)
        .filter(audit_event::Column::CreatedAt.gte(now - UNDO_FOR))
        .select_only()
        .columns([audit_event::Column::Id, audit_event::Column::Actor])
        .columns([audit_event::Column::CreatedAt, audit_event::Column::Action])
        .columns([audit_event::Column::Before, audit_event::Column::After])
        .into_tuple()
        .all(db)
        .await?;
    let last = entries
        .into_iter()
        .find_map(|(event, by, at, action, before, after)| Some((event, by, deed((at, action, before, after))?)));
    Ok(match last {
        Some((event, by, LastDeed::Offboarded(at, ..))) => Some(UndoableOffboarding {
            event: AuditEventId(event),
            by,
            at,
            until: at + UNDO_FOR,
        }),
        Some((.., LastDeed::Undone)) | None => None,
    })
}

/// What was done to the person, the latest first; offboardings and other changes.
fn deeds(scope: &EnterpriseScope, id: TeamsUserId) -> Select<audit_event::Entity> {
    audit_event::Entity::find()
        .filter(audit_event::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(audit_event::Column::ResourceId.eq(id.0))
        .filter(audit_event::Column::Resource.eq("teams_user"))
        .filter(audit_event::Column::Action.is_in([UPDATE, RESTORE]))
        .order_by_desc(audit_event::Column::Sequence)
}

/// The words of [`AuditAction::Update`] and [`AuditAction::Restore`].
const UPDATE: &str = "update";
const RESTORE: &str = "restore";

/// What an entry tells; nothing if it is about something else than offboarding.
fn deed((at, action, before, after): DeedColumns) -> Option<LastDeed> {
    if action == RESTORE {
        return Some(LastDeed::Undone);
    }
    let before = serde_json::from_str(&before?).ok()?;
    let record: OffboardRecord = serde_json::from_str(&after?).ok()?;
    Some(LastDeed::Offboarded(at, Box::new(before), record.offboarded))
}

/// What an offboarding, or undoing one, is written down as.
pub(crate) const OFFBOARDED: AuditAction = AuditAction::Update;
/// See [`OFFBOARDED`].
pub(crate) const UNDONE: AuditAction = AuditAction::Restore;
