//! `import`: what it prints and writes, how it ends, and that it is carried out whole or not at all.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

use backend::testing::{Engine, TestEnterprise, TestPortal};
use domain::carrier_profile::CarrierKind;
use rstest::rstest;

use crate::program::Place;

const SOME_REJECTED: i32 = 3;

/// The program beside a database with one enterprise.
struct Clinic {
    place: Place,
    portal: TestPortal,
    enterprise: TestEnterprise,
}

impl Clinic {
    async fn new(engine: Engine) -> Self {
        let portal = TestPortal::open(engine).await;
        Self {
            place: Place::new(),
            enterprise: portal.enterprise("alder-clinics").await,
            portal,
        }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.place.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.place.path().join(name)).unwrap()
    }

    fn command(&self, kind: &str, file: &Path, more: &[&str]) -> Command {
        let mut command = self.place.command(&["import", kind]);
        command
            .arg(file)
            .args(["--enterprise", "alder-clinics"])
            .args(more)
            .env("DATABASE_URL", self.portal.database().url());
        command
    }

    /// Imports, and asserts how the program ends; what it prints.
    fn import(&self, kind: &str, file: &Path, more: &[&str], status: i32) -> String {
        let output = self.command(kind, file, more).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{output:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Asserts that the import fails and changes nothing; the sentence that says why.
    async fn refuses(&self, kind: &str, file: &Path, more: &[&str]) -> String {
        let sentence = one_sentence(&self.command(kind, file, more).output().unwrap());
        for table in ["phone_number", "teams_user", "audit_event"] {
            assert_eq!(self.count(table).await, 0, "{table}");
        }
        sentence
    }

    async fn count(&self, rows: &str) -> i64 {
        self.portal.number(&format!("SELECT COUNT(*) FROM {rows}")).await
    }

    /// The names of all files beside the database.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.place.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "site")
            .collect();
        names.sort();
        names
    }
}

fn one_sentence(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(text.trim_end().lines().count(), 1, "{text}");
    assert!(text.trim_end().ends_with('.') && !text.contains("panicked"), "{text}");
    text.trim_end().to_owned()
}

/// One of the sample files.
fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../backend/tests/data")
        .join(name)
}

#[rstest]
#[tokio::test]
async fn good_files_are_imported_and_counted(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let told = clinic.import("numbers", &sample("numbers.csv"), &[], 0);
    assert!(
        told.ends_with("numbers.csv: 320 added, 0 updated, 0 unchanged, 0 rejected.\n"),
        "{told}"
    );
    let told = clinic.import("users", &sample("entra-download-users.csv"), &[], 0);
    assert!(
        told.ends_with("240 added, 0 updated, 0 unchanged, 0 rejected.\n"),
        "{told}"
    );
    let told = clinic.import("users", &sample("m365-active-users.csv"), &[], 0);
    assert!(
        told.ends_with("0 added, 240 updated, 0 unchanged, 0 rejected.\n"),
        "{told}"
    );
    assert_eq!(clinic.count("phone_number").await, 320);
    assert_eq!(clinic.count("teams_user WHERE license_state = 'licensed'").await, 211);
    assert_eq!(clinic.count("audit_event WHERE actor = 'command line'").await, 3);
}

#[rstest]
#[tokio::test]
async fn rejected_rows_are_told_written_and_once_mended_imported(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    clinic
        .enterprise
        .profile("Main NetSapiens", CarrierKind::NetSapiens)
        .await;
    let more = ["--report", "report.csv", "--rejected", "rejected.csv"];
    let told = clinic.import("numbers", &sample("numbers-messy.csv"), &more, SOME_REJECTED);
    assert!(
        told.contains("Line 4, +12065550183: The same number stands on line 2 already.\n"),
        "{told}"
    );
    assert!(told.contains("Line 8: The number is missing.\n"), "{told}");
    assert!(
        told.ends_with("6 added, 0 updated, 0 unchanged, 10 rejected.\n"),
        "{told}"
    );
    assert_eq!(clinic.files(), ["rejected.csv", "report.csv"]);
    let report = clinic.read("report.csv");
    assert_eq!(report.lines().count(), 17);
    let added = "\r\n11;+14255550130;added;\"SMS on; Carrier profile Main NetSapiens; \
                 Hosting domain clinic.alder.example\"\r\n";
    assert!(report.contains(added), "{report}");
    assert!(report.contains(";added;SMS off\r\n"), "{report}");
    assert!(report.contains("\r\n13;'=1+1;rejected;"), "{report}");
    let rejected = clinic.read("rejected.csv");
    assert!(
        rejected.starts_with("\u{FEFF}Number;SMS;Carrier Profile;Domain;Reason\r\n"),
        "{rejected}"
    );
    assert_eq!(rejected.lines().count(), 11);
    let mended = ["No such profile", "unterminated"]
        .iter()
        .fold(rejected.replace("maybe", "true"), |text, wrong| {
            text.replace(wrong, "main netsapiens")
        });
    let told = clinic.import("numbers", &clinic.file("mended.csv", mended), &[], SOME_REJECTED);
    // Three are mended; the number that stood twice stands once in this file and is there already.
    assert!(
        told.ends_with("mended.csv: 3 added, 0 updated, 1 unchanged, 6 rejected.\n"),
        "{told}"
    );
}

#[rstest]
#[tokio::test]
async fn a_dry_run_changes_nothing_and_ends_like_the_import(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let more = ["--dry-run", "--report", "report.csv"];
    let told = clinic.import("numbers", &sample("numbers-messy.csv"), &more, SOME_REJECTED);
    assert!(told.ends_with("This was a dry run; nothing was changed.\n"), "{told}");
    clinic.import("users", &sample("entra-download-users.csv"), &["--dry-run"], 0);
    assert_eq!(clinic.read("report.csv").lines().count(), 17);
    for table in ["phone_number", "teams_user", "audit_event"] {
        assert_eq!(clinic.count(table).await, 0, "{table}");
    }
}

#[rstest]
#[tokio::test]
async fn who_is_missing_is_told_and_disabled_on_request(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let gone = clinic.enterprise.user("Gone Person").insert().await;
    clinic.enterprise.number("+12065550101").of_user(gone).insert().await;
    let file = clinic.file(
        "users.csv",
        "Display name,User principal name\nAda,ada@clinic.example\n",
    );
    let told = clinic.import("users", &file, &[], 0);
    let missing = "Not in the file: Gone Person (gone.person@test.example), 1 numbers, owner of 0 groups.\n";
    assert!(told.contains(missing) && told.contains("--disable-missing"), "{told}");
    assert_eq!(clinic.count("teams_user WHERE NOT enabled").await, 0);
    let told = clinic.import("users", &file, &["--disable-missing", "--report", "report.csv"], 0);
    assert!(
        told.contains("1 people who are not in the file were disabled.\n"),
        "{told}"
    );
    assert!(
        clinic
            .read("report.csv")
            .contains(",gone.person@test.example,\"missing, disabled\",")
    );
    assert_eq!(clinic.count("teams_user WHERE NOT enabled").await, 1);
    assert_eq!(clinic.count("number_assignment").await, 1);
}

#[tokio::test]
async fn which_licences_include_teams_is_a_setting() {
    let clinic = Clinic::new(Engine::Sqlite).await;
    let file = sample("m365-active-users.csv");
    clinic.import("users", &file, &["--teams-licenses", "Contoso *;Exchange Online*"], 0);
    assert_eq!(clinic.count("teams_user WHERE license_state = 'licensed'").await, 16);
}

#[tokio::test]
async fn what_is_no_such_file_is_refused_with_one_sentence() {
    let clinic = Clinic::new(Engine::Sqlite).await;
    let table: [(&str, &[u8], &str); 6] = [
        ("empty.csv", b"", "empty.csv is empty."),
        ("blank.csv", b"\xEF\xBB\xBF\r\n\r\n", "blank.csv is empty."),
        (
            "program",
            b"\x7FELF\0\0\0",
            "program is not a text file; export it as CSV.",
        ),
        (
            "book.xlsx",
            b"PK\x03\x04\0\0",
            "book.xlsx is a workbook; save it as CSV in the spreadsheet program and import that.",
        ),
        (
            "names.csv",
            b"Name;Age\nAda;36\n",
            "names.csv has no header that can be recognized; its first line must name",
        ),
        (
            "twice.csv",
            b"Number,SMS,sms\n",
            "twice.csv has two columns for the same thing, \"SMS\" and \"sms\";",
        ),
    ];
    for (name, content, sentence) in table {
        clinic.file(name, content);
        let told = clinic.refuses("numbers", Path::new(name), &[]).await;
        assert!(told.starts_with(sentence), "{told}");
    }
    let told = clinic.refuses("numbers", Path::new("nowhere.csv"), &[]).await;
    assert!(told.starts_with("nowhere.csv cannot be read: "), "{told}");
    assert_eq!(
        clinic.refuses("users", Path::new("site"), &[]).await,
        "site is not a file."
    );
    assert_eq!(
        clinic.refuses("users", Path::new("/dev/null"), &[]).await,
        "/dev/null is not a file."
    );
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused() {
    let clinic = Clinic::new(Engine::Sqlite).await;
    let file = clinic.file("large.csv", "Number\n".repeat(8 * 1024 * 1024));
    let told = clinic.refuses("numbers", &file, &[]).await;
    assert!(told.contains("large.csv is larger than 50 MB"), "{told}");
}

#[tokio::test]
async fn an_import_that_is_refused_leaves_no_report() {
    let clinic = Clinic::new(Engine::Sqlite).await;
    let file = clinic.file("numbers.csv", "Number\n+12065550101\n");
    let elsewhere = [
        "--enterprise",
        "nowhere",
        "--report",
        "report.csv",
        "--rejected",
        "rejected.csv",
    ];
    let mut command = clinic.place.command(&["import", "numbers", "numbers.csv"]);
    command
        .args(elsewhere)
        .env("DATABASE_URL", clinic.portal.database().url());
    let told = one_sentence(&command.output().unwrap());
    assert_eq!(told, "This enterprise does not exist. It may have been deleted.");
    assert_eq!(clinic.files(), ["numbers.csv"]);
    let told = clinic
        .refuses("numbers", &file, &["--report", "nowhere/report.csv"])
        .await;
    assert!(told.starts_with("nowhere/report.csv cannot be written: "), "{told}");
    let told = clinic.refuses("numbers", &file, &["--report", "site"]).await;
    assert!(told.starts_with("site cannot be written: "), "{told}");
}

#[rstest]
#[case::file(&["--rejected", "numbers.csv"])]
#[case::file_by_another_way(&["--rejected", "site/../numbers.csv"])]
#[case::report(&["--rejected", "report.csv", "--report", "./report.csv"])]
#[tokio::test]
async fn no_file_is_overwritten_by_its_own_import(#[case] more: &[&str]) {
    let clinic = Clinic::new(Engine::Sqlite).await;
    let file = clinic.file("numbers.csv", "Number\n+12065550101\n");
    let told = clinic.refuses("numbers", &file, more).await;
    assert!(told.contains(" is named twice."), "{told}");
    assert_eq!(clinic.read("numbers.csv"), "Number\n+12065550101\n");
}

#[rstest]
#[tokio::test]
async fn an_import_that_is_killed_leaves_the_database_as_it_was(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    clinic.enterprise.number("+12065550101").without_sms().insert().await;
    let rows: String = (2_000_000..2_100_000)
        .map(|number| format!("+1206{number},TRUE\n"))
        .collect();
    let file = clinic.file("numbers.csv", format!("Number,SMS\n+12065550101,TRUE\n{rows}"));
    let mut import = clinic
        .command("numbers", &file, &["--report", "report.csv"])
        .spawn()
        .unwrap();
    // A row is reported after it was written, so the first words of the report come from the middle of the import.
    let report = clinic.place.path().join("report.csv.partial");
    let limit = Instant::now() + Duration::from_secs(120);
    while fs::metadata(&report).map_or(0, |file| file.len()) < 100 {
        assert!(
            import.try_wait().unwrap().is_none() && Instant::now() < limit,
            "nothing was reported"
        );
        std::thread::yield_now();
    }
    import.kill().unwrap();
    assert_eq!(import.wait().unwrap().code(), None, "the import had ended");
    assert!(!clinic.place.path().join("report.csv").exists());
    assert_eq!(clinic.count("phone_number WHERE NOT sms_capable").await, 1);
    assert_eq!(clinic.count("phone_number").await, 1);
    assert_eq!(clinic.count("audit_event").await, 0);
    if engine == Engine::Sqlite {
        assert_eq!(
            clinic
                .count("pragma_integrity_check WHERE integrity_check <> 'ok'")
                .await,
            0
        );
    }
    let few = clinic.file("few.csv", "Number,SMS\n+12065550101,TRUE\n+12062000000,TRUE\n");
    let told = clinic.import("numbers", &few, &[], 0);
    assert!(
        told.ends_with("few.csv: 1 added, 1 updated, 0 unchanged, 0 rejected.\n"),
        "{told}"
    );
}
