//! The chain of the audit log: adding an entry to its end, and walking along it.

use std::collections::BTreeMap;

use domain::{
    audit::chain::{Flaw, Link, START, Walk},
    table::fold,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::entities::{audit_chain, audit_event, enterprise, provider};

/// How many entries are read at once.
const PIECE: u64 = 1_000;

/// Adds the entry to the end of its chain. Its place and its hash are settled here: the head of the chain is locked until
/// the transaction ends, so that no two entries get the same place and none is left free by a transaction that failed.
pub(super) async fn append(db: &impl ConnectionTrait, mut event: audit_event::Model) -> Result<(), DbErr> {
    let head = locked_head(db, event.chain_id).await?;
    event.sequence = head.sequence + 1;
    event.hash = link(&event).hash(&head.hash);
    audit_chain::Entity::update_many()
        .col_expr(audit_chain::Column::Sequence, Expr::value(event.sequence))
        .col_expr(audit_chain::Column::Hash, Expr::value(event.hash.clone()))
        .filter(audit_chain::Column::Id.eq(event.chain_id))
        .exec(db)
        .await?;
    audit_event::Entity::insert(audit_event::ActiveModel::from(event).reset_all())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Keeps others from adding to the chain until the transaction ends.
pub(super) async fn lock(db: &impl ConnectionTrait, chain: Uuid) -> Result<(), DbErr> {
    locked_head(db, chain).await.map(drop)
}

/// The head of the chain, locked; a chain that begins now gets one. Two who begin it at once wait for each other at the
/// primary key.
async fn locked_head(db: &impl ConnectionTrait, chain: Uuid) -> Result<audit_chain::Model, DbErr> {
    let find = || audit_chain::Entity::find_by_id(chain).lock_exclusive();
    if let Some(head) = find().one(db).await? {
        return Ok(head);
    }
    let first = audit_chain::ActiveModel {
        id: Set(chain),
        sequence: Set(0),
        hash: Set(START.to_owned()),
    };
    audit_chain::Entity::insert_many([first])
        .on_conflict_do_nothing()
        .exec_without_returning(db)
        .await?;
    find()
        .one(db)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound(format!("head of the audit chain {chain}")))
}

async fn head(db: &impl ConnectionTrait, chain: Uuid) -> Result<Option<audit_chain::Model>, DbErr> {
    audit_chain::Entity::find_by_id(chain).one(db).await
}

/// How many entries the chain has, without counting them.
pub(super) async fn length(db: &impl ConnectionTrait, chain: Uuid) -> Result<u64, DbErr> {
    let sequence = head(db, chain).await?.map_or(0, |head| head.sequence);
    u64::try_from(sequence).map_err(|_| DbErr::Type(format!("{sequence} is no length of a chain")))
}

/// The entry as it is hashed.
fn link(event: &audit_event::Model) -> Link<'_> {
    Link {
        chain: event.chain_id,
        sequence: event.sequence,
        id: event.id,
        enterprise: event.enterprise_id,
        provider: event.provider_id,
        account: event.account_id,
        actor: &event.actor,
        action: &event.action,
        resource: &event.resource,
        resource_id: event.resource_id,
        subject: event.subject.as_deref(),
        before: event.before.as_deref(),
        after: event.after.as_deref(),
        request: event.request_id,
        peer: event.peer.as_deref(),
        at: event.created_at,
    }
}

/// What a walk along one chain has come to.
pub(crate) struct VerifiedChain {
    /// How many entries it has.
    pub(crate) entries: u64,
    /// The hash of the last one.
    pub(crate) last: String,
    /// What is wrong.
    pub(crate) flaws: Vec<Flaw>,
}

/// Walks along a chain. Entries may be added meanwhile: each one moves the head in its own transaction.
pub(crate) async fn verify(db: &impl ConnectionTrait, chain: Uuid) -> Result<VerifiedChain, DbErr> {
    let mut walk = Walk::default();
    let mut read_to = i64::MIN;
    let mut looked_again = false;
    let head = loop {
        let entries = behind(db, chain, read_to).await?;
        for event in &entries {
            walk.step(&link(event), &event.hash);
            if !is_found_by_its_words(event) {
                walk.last_is_changed();
            }
        }
        if let Some(last) = entries.last() {
            read_to = last.sequence;
            looked_again = false;
            continue;
        }
        // An entry that was added between the last reading and this one is there at the next.
        let head = head(db, chain).await?;
        let is_ahead = head.as_ref().is_some_and(|head| head.sequence > walk.last());
        if !is_ahead || looked_again {
            break head;
        }
        looked_again = true;
    };
    let entries = walk.entries();
    let (flaws, last) = walk.finish(head.as_ref().map(|head| (head.sequence, head.hash.as_str())));
    Ok(VerifiedChain { entries, last, flaws })
}

async fn behind(db: &impl ConnectionTrait, chain: Uuid, sequence: i64) -> Result<Vec<audit_event::Model>, DbErr> {
    audit_event::Entity::find()
        .filter(audit_event::Column::ChainId.eq(chain))
        .filter(audit_event::Column::Sequence.gt(sequence))
        .order_by_asc(audit_event::Column::Sequence)
        .order_by_asc(audit_event::Column::Id)
        .limit(PIECE)
        .all(db)
        .await
}

/// Whether the folded texts, which no hash covers, are those of the entry.
fn is_found_by_its_words(event: &audit_event::Model) -> bool {
    event.actor_search == fold(&event.actor) && event.subject_search == event.subject.as_deref().map(fold)
}

/// All chains and what to call them: an enterprise by its name in addresses, a provider by its name, the one of the
/// installation itself. By name.
pub(crate) async fn chains(db: &impl ConnectionTrait) -> Result<Vec<(String, Uuid)>, DbErr> {
    let mut names: BTreeMap<Uuid, String> = BTreeMap::from([(Uuid::nil(), "installation".to_owned())]);
    let enterprises: Vec<(Uuid, String)> = enterprise::Entity::find()
        .select_only()
        .columns([enterprise::Column::Id, enterprise::Column::Slug])
        .into_tuple()
        .all(db)
        .await?;
    let providers: Vec<(Uuid, String)> = provider::Entity::find()
        .select_only()
        .columns([provider::Column::Id, provider::Column::Name])
        .into_tuple()
        .all(db)
        .await?;
    names.extend(enterprises);
    names.extend(providers);
    let heads: Vec<Uuid> = audit_chain::Entity::find()
        .select_only()
        .column(audit_chain::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    // A chain whose head was taken away is still there.
    let entries: Vec<Uuid> = audit_event::Entity::find()
        .select_only()
        .column(audit_event::Column::ChainId)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_else(|| id.to_string());
    let mut chains: Vec<(String, Uuid)> = heads.into_iter().chain(entries).map(|id| (name(id), id)).collect();
    chains.sort();
    chains.dedup();
    Ok(chains)
}
