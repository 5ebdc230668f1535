//! What the tests of uploaded files stand on.

use backend::{
    context::OpContext,
    jobs::{Clock, Runner},
    services::import_upload::{self, ReceiveError},
    testing::{Engine, TestEnterprise, TestPortal},
};
use chrono::{TimeDelta, Utc};
use domain::{
    error::Error,
    import::{ImportKind, ImportUpload, OutcomeRow, TABLE},
    table::TableQuery,
};

/// A portal, an enterprise in it, and an admin who imports.
pub(crate) struct Clinic {
    pub(crate) portal: TestPortal,
    pub(crate) at: TestEnterprise,
    pub(crate) admin: OpContext,
}

impl Clinic {
    pub(crate) async fn new(engine: Engine) -> Self {
        let portal = TestPortal::open(engine).await;
        let at = portal.enterprise("alder-clinics").await;
        let admin = at.admin().await;
        Self { portal, at, admin }
    }

    pub(crate) async fn try_upload(&self, kind: ImportKind, file: &[u8]) -> Result<ImportUpload, ReceiveError> {
        let mut receiving =
            import_upload::receive(&self.admin, self.portal.backend(), self.at.slug(), kind, "file.csv").await?;
        // As it comes over a network: in pieces that have nothing to do with those it is kept in.
        for piece in file.chunks(30_000) {
            if let Err(error) = receiving.write(piece).await {
                receiving.abandon().await;
                return Err(error);
            }
        }
        Ok(receiving.finish().await?)
    }

    pub(crate) async fn upload(&self, kind: ImportKind, file: impl AsRef<[u8]>) -> ImportUpload {
        self.try_upload(kind, file.as_ref()).await.unwrap()
    }

    pub(crate) async fn try_check(&self, upload: &ImportUpload) -> Result<ImportUpload, Error> {
        let (backend, which) = (self.portal.backend(), (upload.kind, upload.id));
        import_upload::check(
            &self.admin,
            backend,
            self.at.slug(),
            which,
            upload.shape.columns.clone(),
        )
        .await
    }

    pub(crate) async fn check(&self, upload: &ImportUpload) -> ImportUpload {
        self.try_check(upload).await.unwrap()
    }

    pub(crate) async fn apply(&self, upload: &ImportUpload, disable_missing: bool) -> Result<ImportUpload, Error> {
        let (backend, which) = (self.portal.backend(), (upload.kind, upload.id));
        let run = self.now(upload).await?.run.unwrap_or_default();
        import_upload::apply(&self.admin, backend, self.at.slug(), which, run, disable_missing).await
    }

    /// Works off the tasks that wait, by a clock that is a little ahead, so that what was just added is due.
    pub(crate) async fn work_off(&self) -> usize {
        let clock = Clock::new(|| Utc::now() + TimeDelta::seconds(1));
        Runner::new(self.portal.backend())
            .with_clock(clock)
            .work_off()
            .await
            .unwrap()
    }

    pub(crate) async fn now(&self, upload: &ImportUpload) -> Result<ImportUpload, Error> {
        import_upload::get(
            &self.admin,
            self.portal.backend(),
            self.at.slug(),
            upload.kind,
            upload.id,
        )
        .await
    }

    pub(crate) async fn rows(&self, upload: &ImportUpload, query: &str) -> Vec<OutcomeRow> {
        let query = TableQuery::parse_lenient(query, &TABLE);
        let (backend, slug) = (self.portal.backend(), self.at.slug());
        let page = import_upload::outcomes(&self.admin, backend, slug, upload.kind, upload.id, &query).await;
        page.unwrap().rows
    }

    pub(crate) async fn rejected_file(&self, upload: &ImportUpload) -> String {
        let (backend, slug) = (self.portal.backend(), self.at.slug());
        let file = import_upload::rejected(&self.admin, backend, slug, upload.kind, upload.id).await;
        let mut file = file.unwrap();
        let mut bytes = Vec::new();
        while let Some(piece) = file.next_piece().await.unwrap() {
            bytes.extend(piece);
        }
        String::from_utf8(bytes).unwrap()
    }
}

pub(crate) fn counts(upload: &ImportUpload) -> [u64; 4] {
    super::counts(upload.summary.unwrap().rows)
}

pub(crate) fn lines(rows: &[OutcomeRow]) -> Vec<String> {
    let line = |row: &OutcomeRow| {
        let line = row.line.map(|line| line.to_string()).unwrap_or_default();
        let told = format!("{line} {}: {} {}", row.subject, row.outcome.as_str(), row.reason);
        told.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
