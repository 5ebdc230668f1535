//! Chains the entries of the audit log: each gets its place in the log of its enterprise and a hash over itself and the
//! entry before it. Entries also get the name of their thing, and folded texts to be searched by.
//!
//! The entries move into a new table, which gets the triggers that keep it append-only when it is complete. The old table
//! is dropped as a whole, so no trigger has to be switched off; all of it happens in the transaction of the migration.

use std::collections::HashMap;

use domain::{
    audit::{
        chain::{Link, START, chain_of},
        name_of,
    },
    table::fold,
};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{
        DbBackend, QueryResult,
        prelude::{DateTimeUtc, Uuid},
    },
};

use crate::dialect::execute;

/// How many entries are read at once.
const PIECE: u64 = 1_000;

/// What the table is called until its entries have moved.
const BEFORE: &str = "audit_event_before";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, TABLES).await?;
        move_entries(manager).await?;
        execute(manager, INDEXES).await?;
        match manager.get_database_backend() {
            DbBackend::Postgres => execute(manager, POSTGRES).await,
            _ => execute(manager, SQLITE).await,
        }
    }
}

const TABLES: &str = "
ALTER TABLE audit_event RENAME TO audit_event_before
;
CREATE TABLE audit_event (
  id UUID NOT NULL PRIMARY KEY,
  enterprise_id UUID REFERENCES enterprise (id),
  provider_id UUID REFERENCES provider (id),
  account_id UUID,
  actor text NOT NULL,
  actor_search TEXT_C NOT NULL,
  action text NOT NULL,
  resource text NOT NULL,
  resource_id UUID,
  subject text,
  subject_search TEXT_C,
  before JSON_TEXT,
  after JSON_TEXT,
  request_id UUID NOT NULL,
  peer text,
  created_at TIMESTAMP_UTC NOT NULL,
  chain_id UUID NOT NULL,
  sequence bigint NOT NULL CHECK (sequence > 0),
  hash text NOT NULL CHECK (length(hash) = 64),
  UNIQUE (chain_id, sequence),
  CHECK (enterprise_id IS NULL OR chain_id = enterprise_id),
  CHECK (enterprise_id IS NOT NULL OR provider_id IS NULL OR chain_id = provider_id),
  CHECK ((subject IS NULL) = (subject_search IS NULL))
)
;
CREATE TABLE audit_chain (
  id UUID NOT NULL PRIMARY KEY,
  sequence bigint NOT NULL CHECK (sequence >= 0),
  hash text NOT NULL CHECK (length(hash) = 64)
)
";

const INDEXES: &str = "
DROP TABLE audit_event_before
;
CREATE INDEX audit_event_resource ON audit_event (resource_id, sequence)
";

/// The order of the page of the log, and what stands in 000004 for the new table. An entry with the place of another one
/// would replace it as well.
const SQLITE: &str = "
CREATE INDEX audit_event_latest ON audit_event (enterprise_id, created_at DESC, id)
;
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
;
CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event
  WHERE id = NEW.id OR (chain_id = NEW.chain_id AND sequence = NEW.sequence))
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
;
CREATE TRIGGER audit_chain_no_delete BEFORE DELETE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'audit_chain is append-only'); END
";

/// See [`SQLITE`].
const POSTGRES: &str = "
CREATE INDEX audit_event_latest ON audit_event (enterprise_id, created_at DESC NULLS LAST, id ASC NULLS FIRST)
;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_is_append_only()
;
CREATE FUNCTION audit_chain_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_chain is append-only'; END $$
;
CREATE TRIGGER audit_chain_append_only BEFORE DELETE OR TRUNCATE ON audit_chain
FOR EACH STATEMENT EXECUTE FUNCTION audit_chain_is_append_only()
";

/// An entry as it was written before.
struct Entry {
    id: Uuid,
    enterprise: Option<Uuid>,
    provider: Option<Uuid>,
    account: Option<Uuid>,
    actor: String,
    action: String,
    resource: String,
    resource_id: Option<Uuid>,
    before: Option<String>,
    after: Option<String>,
    request: Uuid,
    peer: Option<String>,
    at: DateTimeUtc,
}

const READ: [&str; 13] = [
    "id",
    "enterprise_id",
    "provider_id",
    "account_id",
    "actor",
    "action",
    "resource",
    "resource_id",
    "before",
    "after",
    "request_id",
    "peer",
    "created_at",
];

const ADDED: [&str; 6] = [
    "actor_search",
    "subject",
    "subject_search",
    "chain_id",
    "sequence",
    "hash",
];

/// The last place of a chain and its hash.
struct Head {
    sequence: i64,
    hash: String,
}

/// Moves all entries in the order of their ids, which begin with the time.
async fn move_entries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let mut heads: HashMap<Uuid, Head> = HashMap::new();
    let mut last: Option<Uuid> = None;
    loop {
        let rows = connection.query_all(&piece_after(last)).await?;
        let entries: Vec<Entry> = rows.iter().map(Entry::read).collect::<Result<_, _>>()?;
        drop(rows);
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            last = Some(entry.id);
            let head = heads
                .entry(chain_of(entry.enterprise, entry.provider))
                .or_insert_with(|| Head {
                    sequence: 0,
                    hash: START.to_owned(),
                });
            connection.execute(&entry.chained(head)).await?;
        }
    }
    for (chain, head) in heads {
        let insert = Query::insert()
            .into_table(Alias::new("audit_chain"))
            .columns(["id", "sequence", "hash"].map(Alias::new))
            .values_panic([chain.into(), head.sequence.into(), head.hash.into()])
            .take();
        connection.execute(&insert).await?;
    }
    Ok(())
}

fn piece_after(last: Option<Uuid>) -> SelectStatement {
    Query::select()
        .columns(READ.map(Alias::new))
        .from(Alias::new(BEFORE))
        .and_where_option(last.map(|last| Expr::col(Alias::new("id")).gt(last)))
        .order_by(Alias::new("id"), Order::Asc)
        .limit(PIECE)
        .take()
}

impl Entry {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            id: row.try_get("", "id")?,
            enterprise: row.try_get("", "enterprise_id")?,
            provider: row.try_get("", "provider_id")?,
            account: row.try_get("", "account_id")?,
            actor: row.try_get("", "actor")?,
            action: row.try_get("", "action")?,
            resource: row.try_get("", "resource")?,
            resource_id: row.try_get("", "resource_id")?,
            before: row.try_get("", "before")?,
            after: row.try_get("", "after")?,
            request: row.try_get("", "request_id")?,
            peer: row.try_get("", "peer")?,
            at: row.try_get("", "created_at")?,
        })
    }

    /// The statement that adds the entry behind `head`, which moves on.
    fn chained(self, head: &mut Head) -> InsertStatement {
        let subject = name_of(self.before.as_deref(), self.after.as_deref());
        let chain = chain_of(self.enterprise, self.provider);
        head.sequence += 1;
        head.hash = Link {
            chain,
            sequence: head.sequence,
            id: self.id,
            enterprise: self.enterprise,
            provider: self.provider,
            account: self.account,
            actor: &self.actor,
            action: &self.action,
            resource: &self.resource,
            resource_id: self.resource_id,
            subject: subject.as_deref(),
            before: self.before.as_deref(),
            after: self.after.as_deref(),
            request: self.request,
            peer: self.peer.as_deref(),
            at: self.at,
        }
        .hash(&head.hash);
        let actor_search = fold(&self.actor);
        let subject_search = subject.as_deref().map(fold);
        Query::insert()
            .into_table(Alias::new("audit_event"))
            .columns(READ.into_iter().chain(ADDED).map(Alias::new))
            .values_panic([
                self.id.into(),
                self.enterprise.into(),
                self.provider.into(),
                self.account.into(),
                self.actor.into(),
                self.action.into(),
                self.resource.into(),
                self.resource_id.into(),
                self.before.into(),
                self.after.into(),
                self.request.into(),
                self.peer.into(),
                self.at.into(),
                actor_search.into(),
                subject.into(),
                subject_search.into(),
                chain.into(),
                head.sequence.into(),
                head.hash.clone().into(),
            ])
            .take()
    }
}
