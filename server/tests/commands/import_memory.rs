//! How much memory a server takes for imports. Reads `/proc`, so it is for Linux only.

use std::time::{Duration, Instant};

use backend::testing::{Engine, TestPortal};

use crate::{
    program::{Place, Serving},
    script::Script,
};

/// How many rows the small file has: enough of these rows for every batch that waits between reading and writing.
const SMALL: i64 = 600;
/// The large file has ten times as many.
const LARGE: i64 = 10 * SMALL;
/// A cell in each row that is not imported: it makes the large file 24 MB, so that whoever kept it would be noticed.
const NOTE_BYTES: usize = 4_000;
/// By how many kilobytes the most memory so far may grow between both: what connections to the database and the allocator
/// keep for later, and less than the 21 MB that lie between the files.
const KILOBYTES: usize = 16 * 1024;
/// Until when an import must be done.
const AT_MOST: Duration = Duration::from_secs(120);

/// A file with that many new numbers.
fn file(first: i64, rows: i64) -> String {
    let note = "n".repeat(NOTE_BYTES);
    let rows = (first..first + rows).map(|row| format!("+1206{},TRUE,{note}\n", 2_000_000 + row));
    format!("Number,SMS,Note\n{}", rows.collect::<String>())
}

/// A server, a script that imports with it, and how many numbers there are by now.
struct Trial {
    portal: TestPortal,
    serving: Serving,
    script: Script,
    numbers: i64,
}

impl Trial {
    /// Imports new numbers; tells the most memory that the server has taken so far, in kilobytes.
    async fn import(&mut self, rows: i64) -> usize {
        let upload = self.script.upload(&self.serving, &file(self.numbers, rows));
        let checked = self.script.check(&self.serving, &upload);
        self.script.apply(&self.serving, &checked);
        let deadline = Instant::now() + AT_MOST;
        while self
            .portal
            .number("SELECT COUNT(*) FROM task WHERE state <> 'done'")
            .await
            > 0
        {
            assert!(Instant::now() < deadline, "the import is not done");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.numbers += rows;
        let numbers = self.portal.number("SELECT COUNT(*) FROM phone_number").await;
        assert_eq!(numbers, self.numbers);
        self.serving.kilobytes("VmHWM")
    }
}

#[tokio::test]
async fn memory_does_not_grow_with_the_file_that_is_imported() {
    let portal = TestPortal::open(Engine::Sqlite).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let place = Place::new();
    let mut trial = Trial {
        serving: Serving::start(place.command(&["--database-url", portal.database().url(), "serve"])),
        script: Script::of_admin(&portal, &clinic).await,
        portal,
        numbers: 0,
    };
    // What is made once for all: connections to the database, pages of the allocator, the numbering plans.
    trial.import(SMALL).await;
    let small = trial.import(SMALL).await;

    let large = trial.import(LARGE).await;

    assert!(
        large <= small + KILOBYTES,
        "{small} KB at most with {SMALL} rows, {large} KB with {LARGE}"
    );
    trial.serving.stop();
    trial.serving.ends_well();
}
