//! Files that are uploaded, checked and imported by a task.

use backend::{
    context::OpContext,
    jobs::{Clock, Runner},
    services::import_upload::{self, ReceiveError},
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use chrono::{TimeDelta, Utc};
use domain::{
    access::{Action, Resource},
    carrier_profile::CarrierKind,
    enterprise::{ConnectorApp, EnterpriseSwitches},
    error::Error,
    import::{
        FileEncoding, ImportKind, ImportUpload, MAX_FILE_BYTES, OTHER_RUN, OutcomeKind, OutcomeRow, Separator, TABLE,
    },
    table::TableQuery,
    task::{TaskResult, TaskState},
};
use rstest::rstest;
use uuid::Uuid;

use super::sample;

/// A portal, an enterprise in it, and an admin who imports.
struct Clinic {
    portal: TestPortal,
    at: TestEnterprise,
    admin: OpContext,
}

impl Clinic {
    async fn new(engine: Engine) -> Self {
        let portal = TestPortal::open(engine).await;
        let at = portal.enterprise("alder-clinics").await;
        let admin = at.admin().await;
        Self { portal, at, admin }
    }

    async fn try_upload(&self, kind: ImportKind, file: &[u8]) -> Result<ImportUpload, ReceiveError> {
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

    async fn upload(&self, kind: ImportKind, file: impl AsRef<[u8]>) -> ImportUpload {
        self.try_upload(kind, file.as_ref()).await.unwrap()
    }

    async fn try_check(&self, upload: &ImportUpload) -> Result<ImportUpload, Error> {
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

    async fn check(&self, upload: &ImportUpload) -> ImportUpload {
        self.try_check(upload).await.unwrap()
    }

    async fn apply(&self, upload: &ImportUpload, disable_missing: bool) -> Result<ImportUpload, Error> {
        let (backend, which) = (self.portal.backend(), (upload.kind, upload.id));
        let run = self.now(upload).await?.run.unwrap_or_default();
        import_upload::apply(&self.admin, backend, self.at.slug(), which, run, disable_missing).await
    }

    /// Works off the tasks that wait, by a clock that is a little ahead, so that what was just added is due.
    async fn work_off(&self) -> usize {
        let clock = Clock::new(|| Utc::now() + TimeDelta::seconds(1));
        Runner::new(self.portal.backend())
            .with_clock(clock)
            .work_off()
            .await
            .unwrap()
    }

    async fn now(&self, upload: &ImportUpload) -> Result<ImportUpload, Error> {
        import_upload::get(
            &self.admin,
            self.portal.backend(),
            self.at.slug(),
            upload.kind,
            upload.id,
        )
        .await
    }

    async fn rows(&self, upload: &ImportUpload, query: &str) -> Vec<OutcomeRow> {
        let query = TableQuery::parse_lenient(query, &TABLE);
        let (backend, slug) = (self.portal.backend(), self.at.slug());
        let page = import_upload::outcomes(&self.admin, backend, slug, upload.kind, upload.id, &query).await;
        page.unwrap().rows
    }

    async fn rejected_file(&self, upload: &ImportUpload) -> String {
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

fn counts(upload: &ImportUpload) -> [u64; 4] {
    super::counts(upload.summary.unwrap().rows)
}

fn lines(rows: &[OutcomeRow]) -> Vec<String> {
    let line = |row: &OutcomeRow| {
        let line = row.line.map(|line| line.to_string()).unwrap_or_default();
        let told = format!("{line} {}: {} {}", row.subject, row.outcome.as_str(), row.reason);
        told.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[rstest]
#[tokio::test]
async fn every_row_of_the_messy_file_has_its_outcome(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    clinic.at.profile("Main NetSapiens", CarrierKind::NetSapiens).await;
    let upload = clinic.upload(ImportKind::Numbers, sample("numbers-messy.csv")).await;
    assert_eq!(
        (upload.shape.encoding, upload.shape.separator),
        (FileEncoding::Utf8, Separator::Semicolon)
    );
    assert_eq!(upload.header, ["Number", "SMS", "Carrier Profile", "Domain"]);
    assert_eq!(upload.shape.columns[..3], [Some(0), None, Some(1)]);
    let checked = clinic.check(&upload).await;
    assert_eq!(counts(&checked), [6, 0, 0, 10]);
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM phone_number").await, 0);
    let rows = clinic.rows(&upload, "page_size=200").await;
    insta::assert_snapshot!(lines(&rows).join("\n"));
    let problems = clinic.rows(&upload, "filter=outcome:in:rejected&page_size=200").await;
    assert_eq!(problems.len(), 10);
    assert!(
        problems
            .iter()
            .all(|row| row.outcome == OutcomeKind::Rejected && !row.reason.is_empty())
    );
    let found = clinic.rows(&upload, "search=extension").await;
    assert_eq!(found.iter().map(|row| row.line).collect::<Vec<_>>(), [Some(3)]);
}

#[rstest]
#[tokio::test]
async fn a_file_is_imported_by_a_task_with_one_entry_in_the_audit_log(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let upload = clinic.upload(ImportKind::Numbers, sample("numbers.csv")).await;
    let checked = clinic.check(&upload).await;
    assert_eq!(counts(&checked), [320, 0, 0, 0]);
    let asked = clinic.apply(&upload, false).await.unwrap();
    assert_eq!(asked.task.as_ref().unwrap().state, TaskState::Waiting);
    // Pressing twice asks for the same task.
    let again = clinic.apply(&upload, false).await.unwrap();
    assert_eq!(again.task.unwrap().id, asked.task.unwrap().id);
    assert_eq!(clinic.work_off().await, 1);
    let done = clinic.now(&upload).await.unwrap();
    let task = done.task.clone().unwrap();
    assert_eq!((task.state, task.started_by.as_str()), (TaskState::Done, "Test Person"));
    let result = TaskResult::Import {
        added: 320,
        updated: 0,
        unchanged: 0,
        rejected: 0,
        disabled: 0,
    };
    assert_eq!(task.result, Some(result));
    assert!(done.applied_at.is_some());
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM phone_number").await, 320);
    let entries = "SELECT COUNT(*) FROM audit_event WHERE action = 'import' AND after LIKE '%\"file\":\"file.csv\"%'";
    assert_eq!(clinic.portal.number(entries).await, 1);
    // The content is gone, the outcomes are not.
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM import_chunk").await, 0);
    assert_eq!(clinic.rows(&upload, "page_size=25").await.len(), 25);
    let refused = clinic.apply(&upload, false).await.unwrap_err();
    assert_eq!(refused.to_string(), "This file was imported already.");
}

#[rstest]
#[tokio::test]
async fn the_same_file_once_more_changes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    for expected in [[320, 0, 0, 0], [0, 0, 320, 0]] {
        let upload = clinic.upload(ImportKind::Numbers, sample("numbers.csv")).await;
        assert_eq!(counts(&clinic.check(&upload).await), expected);
        clinic.apply(&upload, false).await.unwrap();
        clinic.work_off().await;
        assert_eq!(counts(&clinic.now(&upload).await.unwrap()), expected);
    }
    assert_eq!(clinic.portal.number("SELECT MAX(version) FROM phone_number").await, 1);
}

#[rstest]
#[tokio::test]
async fn rejected_rows_are_mended_and_imported_again(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let file = "Number,SMS\n+12065550183,maybe\n+12535550104,TRUE\n";
    let upload = clinic.upload(ImportKind::Numbers, file).await;
    assert_eq!(counts(&clinic.check(&upload).await), [1, 0, 0, 1]);
    let rejected = clinic.rejected_file(&upload).await;
    let expected =
        "\u{FEFF}Number,SMS,Reason\r\n'+12065550183,maybe,\"SMS must be TRUE or FALSE, but is “maybe”.\"\r\n";
    assert_eq!(rejected, expected);
    let mended = clinic
        .upload(ImportKind::Numbers, rejected.replace(",maybe,", ",TRUE,"))
        .await;
    assert_eq!(counts(&clinic.check(&mended).await), [1, 0, 0, 0]);
    clinic.apply(&mended, false).await.unwrap();
    clinic.work_off().await;
    let there = "SELECT COUNT(*) FROM phone_number WHERE e164 = '+12065550183' AND sms_capable";
    assert_eq!(clinic.portal.number(there).await, 1);
}

#[rstest]
#[tokio::test]
async fn a_person_corrects_how_a_file_is_read(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let mut upload = clinic
        .upload(ImportKind::Numbers, "Rufnummer;Kurz,nachrichten\n+12065550183;TRUE\n")
        .await;
    assert_eq!(upload.shape.columns, [None; 8]);
    let refused = clinic.try_check(&upload).await.unwrap_err();
    assert_eq!(refused.field_errors()[0].field, "number");
    let which = (upload.kind, upload.id);
    let (backend, slug) = (clinic.portal.backend(), clinic.at.slug());
    let (utf8, semicolon) = (FileEncoding::Utf8, Separator::Semicolon);
    upload = import_upload::read_as(&clinic.admin, backend, slug, which, utf8, semicolon)
        .await
        .unwrap();
    assert_eq!(upload.header, ["Rufnummer", "Kurz,nachrichten"]);
    upload.shape.columns[0] = Some(0);
    upload.shape.columns[2] = Some(0);
    assert!(matches!(clinic.try_check(&upload).await, Err(Error::Invalid { .. })));
    upload.shape.columns[2] = Some(1);
    assert_eq!(counts(&clinic.check(&upload).await), [1, 0, 0, 0]);
    // Another reading makes what was checked void.
    let (windows, comma) = (FileEncoding::Windows1252, Separator::Comma);
    let other = import_upload::read_as(&clinic.admin, backend, slug, which, windows, comma).await;
    assert_eq!(other.unwrap().summary, None);
    let refused = clinic.apply(&upload, false).await.unwrap_err();
    assert_eq!(refused.to_string(), "Check the file first.");
}

#[rstest]
#[tokio::test]
async fn people_who_are_not_in_a_file_are_disabled_only_if_that_was_ticked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(false, true)] ticked: bool,
) {
    let clinic = Clinic::new(engine).await;
    clinic.at.user("Ada Brandt").insert().await;
    let upload = clinic.upload(ImportKind::Users, sample("m365-active-users.csv")).await;
    let checked = clinic.check(&upload).await;
    assert_eq!(checked.summary.unwrap().missing, Some(1));
    let missing = clinic.rows(&upload, "filter=outcome:in:missing").await;
    assert_eq!((missing.len(), missing[0].line), (1, None));
    assert!(missing[0].reason.starts_with("Ada Brandt"), "{}", missing[0].reason);
    clinic.apply(&upload, ticked).await.unwrap();
    clinic.work_off().await;
    let disabled = "SELECT COUNT(*) FROM teams_user WHERE display_name = 'Ada Brandt' AND NOT enabled";
    assert_eq!(clinic.portal.number(disabled).await, i64::from(ticked));
}

#[rstest]
#[case::empty("", "The file is empty.")]
#[case::workbook(
    "PK\u{3}\u{4}rest",
    "The file is a workbook; save it as CSV in the spreadsheet program and import that."
)]
#[case::binary("\u{7f}ELF\0\0", "The file is not a text file; export it as CSV.")]
#[tokio::test]
async fn what_is_no_text_is_not_taken_in(
    #[case] file: &str,
    #[case] reason: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let error = clinic
        .try_upload(ImportKind::Numbers, file.as_bytes())
        .await
        .unwrap_err();
    let is_told = matches!(&error, ReceiveError::Refused(error) if error.field_errors()[0].message == reason);
    assert!(is_told, "{error:?}");
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM import_upload").await, 0);
}

#[tokio::test]
async fn a_file_that_is_too_large_leaves_nothing_behind() {
    let clinic = Clinic::new(Engine::Sqlite).await;
    let piece = vec![b'1'; 1024 * 1024];
    let (backend, slug) = (clinic.portal.backend(), clinic.at.slug());
    let mut receiving = import_upload::receive(&clinic.admin, backend, slug, ImportKind::Numbers, "large.csv")
        .await
        .unwrap();
    for _ in 0..MAX_FILE_BYTES / (1024 * 1024) {
        receiving.write(&piece).await.unwrap();
    }
    let error = receiving.write(b"1").await.unwrap_err();
    assert!(matches!(error, ReceiveError::TooLarge), "{error}");
    receiving.abandon().await;
    for table in ["import_upload", "import_chunk"] {
        let left = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(clinic.portal.number(&left).await, 0, "{table}");
    }
}

#[rstest]
#[tokio::test]
async fn a_file_is_not_visible_beyond_its_enterprise(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let freight = clinic.portal.enterprise("borealis-freight").await;
    let upload = clinic.upload(ImportKind::Numbers, "Number\n+12065550183\n").await;
    let run = clinic.check(&upload).await.run.unwrap();
    let (backend, stranger) = (clinic.portal.backend(), freight.admin().await);
    let (kind, id) = (upload.kind, upload.id);
    let at_theirs = import_upload::get(&stranger, backend, freight.slug(), kind, id).await;
    assert!(matches!(at_theirs, Err(Error::Gone { .. })), "{at_theirs:?}");
    let at_ours = import_upload::get(&stranger, backend, clinic.at.slug(), kind, id).await;
    assert!(matches!(at_ours, Err(Error::NotFound { .. })), "{at_ours:?}");
    let applied = import_upload::apply(&stranger, backend, freight.slug(), (kind, id), run, false).await;
    assert!(matches!(applied, Err(Error::Gone { .. })), "{applied:?}");
    let as_users = import_upload::get(&clinic.admin, backend, clinic.at.slug(), ImportKind::Users, id).await;
    assert!(matches!(as_users, Err(Error::Gone { .. })), "{as_users:?}");
}

#[rstest]
#[tokio::test]
async fn a_viewer_reads_a_file_and_imports_none(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let upload = clinic.upload(ImportKind::Numbers, "Number\n+12065550183\n").await;
    let (backend, slug, viewer) = (clinic.portal.backend(), clinic.at.slug(), clinic.at.viewer().await);
    let forbidden = Error::Forbidden {
        action: Action::Import,
        resource: Resource::PhoneNumber,
    };
    let read = import_upload::get(&viewer, backend, slug, upload.kind, upload.id).await;
    assert_eq!(read.unwrap().header, ["Number"]);
    let received = import_upload::receive(&viewer, backend, slug, ImportKind::Numbers, "file.csv").await;
    assert_eq!(received.err(), Some(forbidden.clone()));
    let which = (upload.kind, upload.id);
    let checked = import_upload::check(&viewer, backend, slug, which, upload.shape.columns.clone()).await;
    assert_eq!(checked.err(), Some(forbidden.clone()));
    let applied = import_upload::apply(&viewer, backend, slug, which, Uuid::nil(), false).await;
    assert_eq!(applied.err(), Some(forbidden));
    let nobody = import_upload::receive(&anonymous(), backend, slug, ImportKind::Numbers, "file.csv").await;
    assert_eq!(nobody.err(), Some(Error::SignedOut));
}

#[rstest]
#[tokio::test]
async fn numbers_that_the_provider_keeps_are_uploaded_by_the_provider(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let switches = EnterpriseSwitches {
        sms: true,
        group_texting: false,
        secure_sms: false,
        manages_own_numbers: false,
        connector_app: ConnectorApp::Unified,
    };
    let at = portal.enterprise_with("alder-clinics", switches).await;
    let (backend, admin, provider) = (portal.backend(), at.admin().await, portal.provider_admin().await);
    let refused = import_upload::receive(&admin, backend, at.slug(), ImportKind::Numbers, "file.csv").await;
    assert!(matches!(refused.err(), Some(Error::Forbidden { .. })));
    assert!(
        import_upload::receive(&admin, backend, at.slug(), ImportKind::Users, "file.csv")
            .await
            .is_ok()
    );
    assert!(
        import_upload::receive(&provider, backend, at.slug(), ImportKind::Numbers, "file.csv")
            .await
            .is_ok()
    );
}

#[rstest]
#[tokio::test]
async fn files_are_removed_a_day_after_they_came_but_not_under_a_task(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let file = "Number\n+12065550183\n";
    let left = clinic.upload(ImportKind::Numbers, file).await;
    let asked = clinic.upload(ImportKind::Numbers, file).await;
    clinic.check(&asked).await;
    clinic.apply(&asked, false).await.unwrap();
    let backend = clinic.portal.backend();
    assert_eq!(
        import_upload::delete_expired(&clinic.portal.system(), backend).await,
        Ok(0)
    );
    let mut tomorrow = clinic.portal.system();
    tomorrow.now += TimeDelta::hours(25);
    assert_eq!(import_upload::delete_expired(&tomorrow, backend).await, Ok(1));
    assert!(matches!(clinic.now(&left).await, Err(Error::Gone { .. })));
    assert_eq!(clinic.work_off().await, 1);
    assert!(clinic.now(&asked).await.unwrap().applied_at.is_some());
}

#[rstest]
#[tokio::test]
async fn the_oldest_file_makes_room_for_the_twenty_first(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let first = clinic
        .upload(ImportKind::Users, "User principal name,Display name\n")
        .await;
    for _ in 0..19 {
        clinic
            .upload(ImportKind::Users, "User principal name,Display name\n")
            .await;
    }
    assert!(clinic.now(&first).await.is_ok());
    // The files of one moment are told apart by their ids, which are made in order.
    clinic
        .upload(ImportKind::Users, "User principal name,Display name\n")
        .await;
    assert!(matches!(clinic.now(&first).await, Err(Error::Gone { .. })));
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM import_upload").await, 20);
}

/// A task that was cut off leaves no row behind, and begins anew: the end is the same as without the cut.
#[rstest]
#[tokio::test]
async fn a_task_that_was_cut_off_ends_as_if_it_had_not_been(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let upload = clinic.upload(ImportKind::Numbers, sample("numbers.csv")).await;
    clinic.check(&upload).await;
    clinic.apply(&upload, false).await.unwrap();
    // As a server leaves it that was killed in the middle: claimed, and nothing else.
    let claimed = "UPDATE task SET state = 'running', lease_owner = 'somebody', lease_until = created_at, \
                   started_at = created_at, attempts = 1";
    clinic.portal.execute(claimed).await.unwrap();
    assert_eq!(clinic.work_off().await, 1);
    let done = clinic.now(&upload).await.unwrap();
    assert_eq!(counts(&done), [320, 0, 0, 0]);
    assert_eq!(done.task.unwrap().attempts, 2);
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM phone_number").await, 320);
    let entries = "SELECT COUNT(*) FROM audit_event WHERE action = 'import'";
    assert_eq!(clinic.portal.number(entries).await, 1);
}

/// Its content is gone, as nobody but a fault of ours can bring about.
#[rstest]
#[tokio::test]
async fn a_task_that_fails_has_imported_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let upload = clinic.upload(ImportKind::Numbers, sample("numbers.csv")).await;
    clinic.check(&upload).await;
    clinic.apply(&upload, false).await.unwrap();
    clinic.portal.execute("DELETE FROM import_chunk").await.unwrap();
    assert_eq!(clinic.work_off().await, 1);
    let failed = clinic.now(&upload).await.unwrap();
    let task = failed.task.unwrap();
    assert_eq!(task.state, TaskState::Failed);
    let reason = task.failure.unwrap();
    assert!(reason.ends_with("Nothing was imported."), "{reason}");
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM phone_number").await, 0);
    assert_eq!(failed.applied_at, None);
}

/// Otherwise whoever is disabled would leave more behind than whoever has only lost a role.
#[rstest]
#[tokio::test]
async fn a_file_of_somebody_who_is_disabled_by_now_is_not_imported(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let upload = clinic.upload(ImportKind::Numbers, "Number\n+12065550183\n").await;
    let upload = clinic.check(&upload).await;
    clinic.apply(&upload, false).await.unwrap();
    clinic
        .portal
        .execute("UPDATE account SET disabled = true")
        .await
        .unwrap();
    clinic.work_off().await;
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM phone_number").await, 0);
    let failed = "SELECT COUNT(*) FROM task WHERE state = 'failed'";
    assert_eq!(clinic.portal.number(failed).await, 1);
}

/// Each holds a connection while it waits for another one: without a bound they would wait for each other.
#[rstest]
#[tokio::test]
async fn more_files_are_checked_at_once_than_there_are_connections(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let freight = clinic.portal.enterprise("borealis-freight").await;
    let mut checking = Vec::new();
    for at in [&clinic.at, &freight] {
        for _ in 0..15 {
            let (admin, backend, slug) = (at.admin().await, clinic.portal.backend().clone(), at.slug().clone());
            let kind = ImportKind::Numbers;
            let mut receiving = import_upload::receive(&admin, &backend, &slug, kind, "file.csv")
                .await
                .unwrap();
            receiving.write(b"Number\n+12065550183\n").await.unwrap();
            let upload = receiving.finish().await.unwrap();
            checking.push(async move {
                import_upload::check(&admin, &backend, &slug, (kind, upload.id), upload.shape.columns).await
            });
        }
    }
    let checking: Vec<_> = checking.into_iter().map(tokio::spawn).collect();
    for checked in checking {
        assert_eq!(counts(&checked.await.unwrap().unwrap()), [1, 0, 0, 0]);
    }
}

/// What is imported is what was looked at, whatever another admin says meanwhile about the columns.
#[rstest]
#[tokio::test]
async fn a_file_that_was_checked_anew_is_looked_at_again_before_it_is_imported(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let upload = clinic.upload(ImportKind::Numbers, "Number\n+12065550183\n").await;
    let seen = clinic.check(&upload).await.run.unwrap();
    let newer = clinic.check(&upload).await.run.unwrap();
    let (backend, slug, which) = (clinic.portal.backend(), clinic.at.slug(), (upload.kind, upload.id));
    let refused = import_upload::apply(&clinic.admin, backend, slug, which, seen, false).await;
    assert_eq!(refused.unwrap_err().field_errors()[0].field, OTHER_RUN);
    assert_eq!(clinic.work_off().await, 0);
    let asked = import_upload::apply(&clinic.admin, backend, slug, which, newer, false).await;
    asked.unwrap();
    // As a check leaves it that was under way all the while.
    let read_anew = "UPDATE import_upload SET run = NULL, summary = NULL";
    clinic.portal.execute(read_anew).await.unwrap();
    assert_eq!(clinic.work_off().await, 1);
    let task = clinic.now(&upload).await.unwrap().task.unwrap();
    assert_eq!(task.state, TaskState::Failed);
    assert_eq!(clinic.portal.number("SELECT COUNT(*) FROM phone_number").await, 0);
}
