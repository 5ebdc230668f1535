//! The audit log: written in the transaction of the change, never changed afterwards.

use domain::audit::AuditSubject;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbErr};
use serde::Serialize;

use super::new_id;
use crate::{access::EnterpriseScope, context::OpContext, entities::audit_event};

/// Writes who did what to which thing, with the thing before and after. Neither may hold a secret.
pub(crate) async fn write<B: Serialize + Sync, A: Serialize + Sync>(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    subject: AuditSubject,
    before: Option<&B>,
    after: Option<&A>,
) -> Result<(), DbErr> {
    let event = audit_event::ActiveModel {
        id: Set(new_id()),
        enterprise_id: Set(Some(scope.enterprise().0)),
        provider_id: Set(Some(scope.provider().0)),
        account_id: Set(ctx.account_id().map(|id| id.0)),
        actor: Set(ctx.actor_name()),
        action: Set(word(&subject.action)?),
        resource: Set(word(&subject.resource)?),
        resource_id: Set(subject.id),
        before: Set(before.map(json).transpose()?),
        after: Set(after.map(json).transpose()?),
        request_id: Set(ctx.request_id.0),
        peer: Set(ctx.peer.map(|peer| peer.to_string())),
        created_at: Set(ctx.now),
    };
    event.insert(db).await.map(drop)
}

/// The transmitted word of an action or a resource.
fn word(value: &impl Serialize) -> Result<String, DbErr> {
    Ok(json(value)?.trim_matches('"').to_owned())
}

fn json(value: &impl Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Json(error.to_string()))
}
