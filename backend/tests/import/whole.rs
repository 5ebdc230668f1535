//! An import is carried out whole or not at all.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use backend::{
    import::{Cells, ImportFile, NumberColumns},
    services::import::{self, ImportError, ImportMode, MissingUsers, RowSink},
    testing::{Engine, TestPortal},
};
use domain::{
    error::Error,
    import::{MissingUser, RowReport},
};
use rstest::rstest;

use super::{numbers, numbers_as, options, users_as};

/// Makes the database refuse to add rows to `table` for which `condition` holds.
async fn refuse(portal: &TestPortal, engine: Engine, table: &str, condition: &str) {
    let sql = match engine {
        Engine::Sqlite => format!(
            "CREATE TRIGGER fault BEFORE INSERT ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, 'fault'); END"
        ),
        Engine::Postgres => format!(
            "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'fault'; END $$; \
             CREATE TRIGGER fault BEFORE INSERT ON {table} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION fault()"
        ),
    };
    portal.execute(&sql).await.unwrap();
}

async fn assert_nothing_changed(portal: &TestPortal) {
    for table in [
        "phone_number",
        "audit_event",
        "teams_user WHERE version > 1 OR NOT enabled",
    ] {
        assert_eq!(
            portal.number(&format!("SELECT COUNT(*) FROM {table}")).await,
            0,
            "{table}"
        );
    }
}

/// A file with so many numbers, all of them new.
fn many(count: u32) -> String {
    let rows: String = (0..count)
        .map(|number| format!("+1206{}\n", 2_000_000 + number))
        .collect();
    format!("Number\n{rows}")
}

#[rstest]
#[tokio::test]
async fn a_fault_in_the_middle_leaves_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    refuse(&portal, engine, "phone_number", "NEW.e164 = '+12062002500'").await;
    let (result, told) = numbers_as(
        &portal.system(),
        portal.backend(),
        &clinic,
        many(4_000),
        ImportMode::Apply,
    )
    .await;
    assert!(
        matches!(result, Err(ImportError::Refused(Error::Internal { .. }))),
        "{result:?}"
    );
    assert_eq!(told.rows.len(), 2_000);
    assert_nothing_changed(&portal).await;
    // The database can be written to again at once.
    let (summary, _) = numbers(&portal, &clinic, many(2_000)).await;
    assert_eq!(summary.added, 2_000);
}

#[rstest]
#[tokio::test]
async fn a_fault_at_the_very_end_leaves_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    clinic.user("Ada Brandt").insert().await;
    clinic.user("Bela Novak").insert().await;
    refuse(&portal, engine, "audit_event", "NEW.action = 'import'").await;
    let (system, backend) = (portal.system(), portal.backend());
    let (result, _) = numbers_as(&system, backend, &clinic, many(10), ImportMode::Apply).await;
    assert!(result.is_err());
    let file = "userPrincipalName,displayName\nada.brandt@test.example,Ada B.\n";
    let (result, told) = users_as(
        &system,
        backend,
        &clinic,
        file,
        MissingUsers::Disable,
        ImportMode::Apply,
    )
    .await;
    assert!(result.is_err());
    assert_eq!(told.missing_names(), ["Bela Novak"]);
    assert_nothing_changed(&portal).await;
}

#[rstest]
#[tokio::test]
async fn a_file_with_too_many_rows_leaves_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let file = format!("{}{}", many(10), "x\n".repeat(500_000));
    let (result, _) = numbers_as(&portal.system(), portal.backend(), &clinic, file, ImportMode::Apply).await;
    let error = Error::from(result.unwrap_err());
    let message = "The file has more than 500000 rows, the most that can be imported at once; split it.";
    assert_eq!(error, Error::invalid("file", message));
    assert_nothing_changed(&portal).await;
}

/// A file that cannot be read any more after its first reading.
struct Torn(Cursor<Vec<u8>>, u32);

impl Read for Torn {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let first_reading = self.1 < 3;
        if first_reading || self.0.position() < 30_000 {
            self.0.read(buffer)
        } else {
            Err(io::Error::other("torn"))
        }
    }
}

impl Seek for Torn {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.1 += 1;
        self.0.seek(to)
    }
}

/// Takes so many rows.
struct Full(usize);

impl RowSink for Full {
    fn row(&mut self, _report: RowReport, _cells: &Cells) -> io::Result<()> {
        self.0 = self.0.checked_sub(1).ok_or_else(|| io::Error::other("full"))?;
        Ok(())
    }

    fn missing(&mut self, _user: MissingUser) -> io::Result<()> {
        Ok(())
    }
}

#[rstest]
#[tokio::test]
async fn a_file_that_cannot_be_read_to_its_end_leaves_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let torn = Torn(Cursor::new(many(10_000).into_bytes()), 0);
    let file: ImportFile<_, NumberColumns> = ImportFile::open(torn, ()).unwrap();
    let (ctx, options) = (portal.system(), options(ImportMode::Apply));
    let mut sink = Full(usize::MAX);
    let result = import::numbers(&ctx, portal.backend(), clinic.slug(), file, &options, &mut sink).await;
    let error = result.unwrap_err();
    assert_eq!(error.to_string(), "The file cannot be read: torn.");
    assert_nothing_changed(&portal).await;
}

#[rstest]
#[tokio::test]
async fn a_report_that_cannot_be_kept_leaves_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let file: ImportFile<_, NumberColumns> = ImportFile::open(Cursor::new(many(5_000).into_bytes()), ()).unwrap();
    let (ctx, options) = (portal.system(), options(ImportMode::Apply));
    let mut sink = Full(1_500);
    let result = import::numbers(&ctx, portal.backend(), clinic.slug(), file, &options, &mut sink).await;
    let error = result.unwrap_err();
    assert_eq!(error.to_string(), "The report cannot be written: full.");
    assert_nothing_changed(&portal).await;
}

#[rstest]
#[tokio::test]
async fn two_imports_at_once_come_one_after_the_other(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (one, other) = tokio::join!(
        numbers(&portal, &clinic, many(2_500)),
        numbers(&portal, &clinic, many(2_500))
    );
    let mut added = [one.0.added, other.0.added];
    added.sort_unstable();
    assert_eq!(added, [0, 2_500]);
    assert_eq!(portal.number("SELECT COUNT(*) FROM phone_number").await, 2_500);
}
