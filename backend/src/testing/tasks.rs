//! Tasks in tests.

use chrono::Utc;
use domain::{
    access::{Action, Resource},
    ids::TaskId,
    task::{TaskKind, TaskState},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use super::{TestEnterprise, actors};
use crate::{
    access::authorize,
    context::Actor,
    entities::task,
    services::task::{Wanted, enqueue},
    store,
};

impl TestEnterprise {
    /// A task that waits to be done, beside any others.
    pub async fn task(&self) -> TaskId {
        self.waiting(TaskKind::Sync).await
    }

    /// A task that waits to import a file, beside any others; there is no file.
    pub async fn import_task(&self) -> TaskId {
        self.waiting(TaskKind::ImportNumbers).await
    }

    async fn waiting(&self, kind: TaskKind) -> TaskId {
        let (ctx, backend) = (actors::context(Actor::System("test")), self.backend());
        let scope = authorize(&ctx, backend, self.slug(), Action::Create, Resource::Task)
            .await
            .unwrap();
        let db = store::begin_write(backend.database()).await.unwrap();
        let wanted = Wanted {
            kind,
            payload: &(),
            once: None,
            file: None,
        };
        let task = enqueue(&db, &ctx, &scope, wanted).await.unwrap().expect("a new task");
        db.commit().await.unwrap();
        task.id
    }

    /// A task of that id that has failed.
    pub async fn failed_task(&self, id: TaskId) {
        let now = Utc::now();
        let row = task::ActiveModel {
            id: Set(id.0),
            enterprise_id: Set(self.id().0),
            kind: Set(TaskKind::Sync.as_str().to_owned()),
            state: Set(TaskState::Failed.as_str().to_owned()),
            payload: Set("null".to_owned()),
            progress_done: Set(0),
            progress_total: Set(None),
            result: Set(None),
            failure: Set(Some("The carrier did not answer.".to_owned())),
            idempotency_key: Set(None),
            lease_owner: Set(None),
            lease_until: Set(None),
            attempts: Set(5),
            next_attempt_at: Set(now),
            started_by: Set(None),
            started_by_name: Set("Test Person".to_owned()),
            started_by_search: Set("test person".to_owned()),
            started_by_token: Set(None),
            started_by_token_name: Set(None),
            upload_id: Set(None),
            file_name: Set(None),
            file_name_search: Set(None),
            duration_seconds: Set(Some(3)),
            created_at: Set(now),
            started_at: Set(Some(now)),
            finished_at: Set(Some(now)),
            updated_at: Set(now),
        };
        row.insert(self.backend().database()).await.unwrap();
    }
}
