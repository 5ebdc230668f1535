//! What the audit log is told of people.

use chrono::{DateTime, Utc};
use domain::{
    access::{Resource, Role},
    account::{EmailAddress, SignedInAccount},
    audit::{AuditAction, AuditSubject},
    error::Error,
    membership::{MemberRow, MemberState},
};
use sea_orm::{DatabaseTransaction, DbErr};
use serde::Serialize;
use uuid::Uuid;

use super::Change;
use crate::{
    access::EnterpriseScope,
    context::OpContext,
    store::{self, account::HeldRole},
};

/// What the audit log is told of a role or an invitation; never a secret.
#[derive(Serialize)]
pub(super) struct Told<'a> {
    pub(super) id: Uuid,
    pub(super) name: &'a str,
    pub(super) email: &'a EmailAddress,
    pub(super) role: Role,
    pub(super) state: MemberState,
    pub(super) expires_at: Option<DateTime<Utc>>,
    /// When the command line gave the account its password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) password_set_at: Option<DateTime<Utc>>,
}

impl<'a> Told<'a> {
    fn of(row: &'a MemberRow) -> Self {
        Self {
            id: row.id,
            name: row.name(),
            email: &row.email,
            role: row.role,
            state: row.state,
            expires_at: row.expires_at,
            password_set_at: None,
        }
    }
}

/// Writes down that somebody came to a role.
pub(in crate::services) async fn audit_added(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    row: &MemberRow,
) -> Result<(), DbErr> {
    audit(db, ctx, scope, AuditAction::Create, (None, Some(&Told::of(row)))).await
}

/// Writes down what changed about somebody.
pub(in crate::services) async fn audit_changed(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    before: &MemberRow,
    after: &MemberRow,
) -> Result<(), DbErr> {
    let (before, after) = (Told::of(before), Told::of(after));
    audit(db, ctx, scope, AuditAction::Update, (Some(&before), Some(&after))).await
}

pub(super) async fn audit_removed(change: &Change<'_>, row: &MemberRow) -> Result<(), Error> {
    let told = Told::of(row);
    audit(
        &change.db,
        change.ctx,
        &change.scope,
        AuditAction::Delete,
        (Some(&told), None),
    )
    .await
    .map_err(|error| change.failed(error))
}

pub(super) async fn audit(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    action: AuditAction,
    (before, after): (Option<&Told<'_>>, Option<&Told<'_>>),
) -> Result<(), DbErr> {
    let subject = AuditSubject {
        action,
        resource: Resource::Membership,
        id: after.or(before).map(|told| told.id),
    };
    store::audit::write(db, ctx, scope, subject, before, after).await
}

/// Writes down that the command line has given an account a password, in the log of each of its roles: a new account, or one
/// that was in the state `before`.
pub(in crate::services) async fn audit_password(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    account: &SignedInAccount,
    before: Option<MemberState>,
) -> Result<(), DbErr> {
    for HeldRole { id, role, log } in store::account::roles(db, account.id).await? {
        let told = |state, password_set_at| Told {
            id: id.0,
            name: &account.display_name,
            email: &account.email,
            role,
            state,
            expires_at: None,
            password_set_at,
        };
        let subject = AuditSubject {
            action: if before.is_some() {
                AuditAction::Update
            } else {
                AuditAction::Create
            },
            resource: Resource::Membership,
            id: Some(id.0),
        };
        let before = before.map(|state| told(state, None));
        let after = told(MemberState::Active, Some(ctx.now));
        store::audit::write_to(db, ctx, log, subject, before.as_ref(), Some(&after)).await?;
    }
    Ok(())
}
