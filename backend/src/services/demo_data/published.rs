//! What of the demo content is live: all of Alder's, and Borealis' as it was three days ago. What was changed there
//! since then stands in the audit log, as if an admin had done it.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::{
    access::{Action, Resource, Role},
    account::{EmailAddress, SignedInAccount},
    audit::{AuditAction, AuditSubject},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{AccountId, PhoneNumberId, SmsGroupId},
    sms_group::SmsGroupInput,
};
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::{
    ALDER, BOREALIS, SIGN_INS,
    content::{self, SinceSync},
};
use crate::{
    access::{EnterpriseScope, authorize_within},
    context::{Actor, OpContext, SignedIn},
    error::internal,
    services::config_snapshot,
    store::{
        self,
        demo_data::{self as rows, Tenant},
    },
};

/// When Borealis was synced, and when what was changed.
const SYNCED: TimeDelta = TimeDelta::days(3);
const RENAMED: TimeDelta = TimeDelta::days(2);
const ADDED: TimeDelta = TimeDelta::days(1);
const ASSIGNED: TimeDelta = TimeDelta::hours(3);

/// Publishes both enterprises, then carries out what Borealis has not synced yet.
pub(super) async fn write(db: &DatabaseTransaction, ctx: &OpContext) -> Result<(), Error> {
    let alder = scope(db, ctx, ALDER).await?;
    let borealis = scope(db, ctx, BOREALIS).await?;
    publish(db, ctx, &alder, &borealis)
        .await
        .map_err(|error| internal(ctx, error))
}

async fn scope(db: &DatabaseTransaction, ctx: &OpContext, name: &str) -> Result<EnterpriseScope, Error> {
    let slug = EnterpriseSlug::parse(name).map_err(|error| Error::invalid("slug", error.to_string()))?;
    authorize_within(ctx, db, &slug, Action::Read, Resource::ConfigSnapshot).await
}

async fn publish(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    alder: &EnterpriseScope,
    borealis: &EnterpriseScope,
) -> Result<(), DbErr> {
    config_snapshot::changed(db, &admin(ctx, ALDER, TimeDelta::zero())?, alder).await?;
    config_snapshot::publish(db, &admin(ctx, BOREALIS, SYNCED)?, borealis).await?;
    if let Some(since) = SinceSync::at_borealis() {
        rename(db, &admin(ctx, BOREALIS, RENAMED)?, borealis, &since).await?;
        add(db, &admin(ctx, BOREALIS, ADDED)?, borealis, since.added).await?;
        assign(db, &admin(ctx, BOREALIS, ASSIGNED)?, borealis, since.assigned).await?;
    }
    Ok(())
}

/// The admin of that enterprise alone asks, so long ago.
fn admin(ctx: &OpContext, enterprise: &str, ago: TimeDelta) -> Result<OpContext, DbErr> {
    let is_admin_there = |at: &[(&str, Role)]| matches!(at, [(name, Role::EnterpriseAdmin)] if *name == enterprise);
    let (n, sign_in) = SIGN_INS
        .iter()
        .enumerate()
        .find(|(_, sign_in)| is_admin_there(sign_in.at))
        .ok_or_else(|| DbErr::RecordNotFound(format!("an admin of {enterprise}")))?;
    let account = SignedInAccount {
        id: AccountId(content::account(n)),
        display_name: sign_in.display_name.to_owned(),
        email: EmailAddress::parse(sign_in.email).map_err(|error| DbErr::Custom(error.to_string()))?,
    };
    Ok(OpContext {
        actor: Actor::Account(Arc::new(SignedIn {
            account,
            grants: Vec::new(),
            token: None,
        })),
        now: ctx.now - ago,
        ..ctx.clone()
    })
}

fn about(action: AuditAction, resource: Resource, id: Uuid) -> AuditSubject {
    AuditSubject {
        action,
        resource,
        id: Some(id),
    }
}

async fn rename(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    since: &SinceSync,
) -> Result<(), DbErr> {
    let id = SmsGroupId(since.renamed.id);
    let before = store::sms_group::find(db, scope, id).await?;
    let Some(before) = before else { return Ok(()) };
    let input = SmsGroupInput {
        name: since.renamed.name.clone(),
        ..before.input()
    };
    let draft = input.check().map_err(|errors| DbErr::Custom(format!("{errors:?}")))?;
    store::sms_group::update(db, scope, id, before.version, &draft, ctx.now).await?;
    let after = store::sms_group::find(db, scope, id).await?;
    let subject = about(AuditAction::Update, Resource::SmsGroup, id.0);
    store::audit::write(db, ctx, scope, subject, Some(&before), after.as_ref()).await
}

async fn add(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    group: rows::NewGroup,
) -> Result<(), DbErr> {
    let id = SmsGroupId(group.id);
    rows::insert_groups(db, &tenant(ctx, scope), &[group]).await?;
    let after = store::sms_group::find(db, scope, id).await?;
    let subject = about(AuditAction::Create, Resource::SmsGroup, id.0);
    store::audit::write(db, ctx, scope, subject, None::<&()>, after.as_ref()).await
}

async fn assign(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    pair: (Uuid, Uuid),
) -> Result<(), DbErr> {
    let id = PhoneNumberId(pair.0);
    rows::assign_to_users(db, &tenant(ctx, scope), &[pair]).await?;
    let mut found = store::number::chosen_of(db, scope, &[id]).await?;
    let after = found.remove(&id).map(|chosen| chosen.number);
    let subject = about(AuditAction::Update, Resource::NumberAssignment, id.0);
    store::audit::write(db, ctx, scope, subject, None::<&()>, after.as_ref()).await
}

fn tenant(ctx: &OpContext, scope: &EnterpriseScope) -> Tenant {
    Tenant {
        provider: scope.provider(),
        enterprise: scope.enterprise(),
        now: ctx.now,
    }
}
