//! Imports of files through a server that is killed at random moments of each phase, again and again. Whatever is asked
//! of the database opens it anew, so that after each kill the next one to open it finds what the killed server has left.

use std::{
    io::Write,
    thread,
    time::{Duration, Instant, SystemTime},
};

use backend::testing::{Engine, TestDb, TestPortal};
use rstest::rstest;
use serde_json::Value;

use crate::{
    program::{Place, Serving, kills},
    script::{Answer, Script, ask},
};

/// How many rows the file has, each with its number.
const ROWS: i64 = 2_000;
/// Every so many rows one is about a number that is there already, and one is rejected.
const KNOWN_EVERY: i64 = 20;
const REJECTED_EVERY: i64 = 100;
/// How many numbers are as the file says when it was imported, and none of them before.
const IMPORTED: i64 = ROWS - ROWS / REJECTED_EVERY;
/// A cell in each row that is not imported: it makes a file of 3 MB, which comes in a dozen pieces.
const NOTE_BYTES: usize = 1_500;
/// The enterprise whose import nobody disturbs.
const UNDISTURBED: &str = "alder-clinics";
/// Until when something must have happened.
const AT_MOST: Duration = Duration::from_secs(120);

/// What is asked of a server for an import, one after the other.
#[derive(Clone, Copy, Debug)]
enum Phase {
    Upload,
    Check,
    Apply,
}

const PHASES: [Phase; 3] = [Phase::Upload, Phase::Check, Phase::Apply];

/// Random numbers that come again with their seed (SplitMix64). A test that fails tells the seed, which
/// `PORTAL_TEST_SEED` sets.
struct Dice {
    seed: u64,
    state: u64,
}

impl Dice {
    fn new() -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let seed = std::env::var("PORTAL_TEST_SEED").map_or(now.as_secs(), |seed| seed.parse().unwrap());
        Self { seed, state: seed }
    }

    /// A number from 0 up to, without, `end`.
    fn below(&mut self, end: u32) -> u32 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(end)).unwrap()
    }

    /// A moment while something lasts, or shortly after it.
    fn moment_of(&mut self, lasts: Duration) -> Duration {
        lasts * self.below(1_100) / 1_000
    }

    /// How often each phase of each import is cut off: once or twice, until there are so many kills.
    fn plan(&mut self, mut kills: u64) -> Vec<[u64; 3]> {
        let mut imports = Vec::new();
        while kills > 0 {
            imports.push(PHASES.map(|_| {
                let times = u64::from(1 + self.below(2)).min(kills);
                kills -= times;
                times
            }));
        }
        imports
    }
}

impl Drop for Dice {
    fn drop(&mut self) {
        if thread::panicking() {
            drop(writeln!(
                std::io::stderr(),
                "the moments are those of PORTAL_TEST_SEED={}",
                self.seed
            ));
        }
    }
}

fn number(row: i64) -> String {
    format!("+1206{}", 2_000_000 + row)
}

fn file() -> String {
    let note = "n".repeat(NOTE_BYTES);
    let rows = (0..ROWS).map(|row| {
        let is_rejected = row % REJECTED_EVERY == 1;
        let sms = if is_rejected { "maybe" } else { "TRUE" };
        format!("{},{sms},clinic.alder.example,{note}\n", number(row))
    });
    format!("Number,SMS,Domain,Note\n{}", rows.collect::<String>())
}

/// An enterprise that has some of the numbers, and a script that imports there.
async fn clinic(portal: &TestPortal, slug: &'static str) -> Script {
    let clinic = portal.enterprise(slug).await;
    for row in (0..ROWS).filter(|row| row % KNOWN_EVERY == 0) {
        clinic.number(&number(row)).without_sms().insert().await;
    }
    Script::of_admin(portal, &clinic).await
}

/// What must never be found, at whatever moment somebody looks. Each is one statement, since a commit that was sent before
/// a kill may come between two.
fn never(engine: Engine) -> Vec<String> {
    let mut never = vec![
        // Some of an import without the others, or one that was done twice.
        format!(
            "SELECT COUNT(*) FROM enterprise WHERE \
             (SELECT COUNT(*) FROM phone_number WHERE enterprise_id = enterprise.id AND hosting_domain IS NOT NULL) <> \
             {IMPORTED} * (SELECT COUNT(*) FROM task WHERE enterprise_id = enterprise.id AND state = 'done')"
        ),
        // Some of a row without the rest.
        "SELECT COUNT(*) FROM phone_number WHERE (hosting_domain IS NOT NULL) <> sms_capable".to_owned(),
        // A number twice.
        "SELECT COUNT(*) FROM (SELECT 1 AS twice FROM phone_number GROUP BY enterprise_id, e164 HAVING COUNT(*) > 1) \
         AS numbers"
            .to_owned(),
        // A check or an import that is told of and has not told of each row.
        format!(
            "SELECT COUNT(*) FROM import_upload WHERE run IS NOT NULL AND {ROWS} <> (SELECT COUNT(*) \
             FROM import_outcome WHERE upload_id = import_upload.id AND import_outcome.run = import_upload.run)"
        ),
        // A file that counts as whole and is not, or one that was imported and lies there still.
        "SELECT COUNT(*) FROM import_upload WHERE complete AND \
         (SELECT COALESCE(SUM(LENGTH(content)), 0) FROM import_chunk WHERE upload_id = import_upload.id) <> \
         CASE WHEN applied_at IS NULL THEN size ELSE 0 END"
            .to_owned(),
        "SELECT COUNT(*) FROM task WHERE state = 'failed'".to_owned(),
    ];
    if engine == Engine::Sqlite {
        never.push("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'".to_owned());
        never.push("SELECT COUNT(*) FROM pragma_foreign_key_check".to_owned());
    }
    never
}

/// Everything that an import leaves in an enterprise, apart from ids and times.
fn content(slug: &str) -> [String; 4] {
    let here = format!("enterprise_id = (SELECT id FROM enterprise WHERE slug = '{slug}')");
    [
        format!("SELECT e164, sms_capable, hosting_domain, version FROM phone_number WHERE {here}"),
        format!("SELECT place, line, subject, outcome, reason FROM import_outcome WHERE {here}"),
        format!(
            "SELECT file_name, size, header, shape, summary FROM import_upload WHERE applied_at IS NOT NULL AND {here}"
        ),
        format!("SELECT state, result, failure FROM task WHERE {here}"),
    ]
}

/// The database, the place of the servers on it, and for how long each phase lasts undisturbed.
struct Trial<'t> {
    engine: Engine,
    database: &'t TestDb,
    place: Place,
    file: String,
    lasts: [Duration; 3],
}

impl Trial<'_> {
    fn start(&self) -> Serving {
        Serving::start(self.place.command(&["--database-url", self.database.url(), "serve"]))
    }

    async fn until_no_task_is_left(&self) {
        let deadline = Instant::now() + AT_MOST;
        let left = "SELECT MIN(state || ', try ' || attempts || ', lease until ' || COALESCE(CAST(lease_until AS TEXT), '-') \
                    || ', due at ' || CAST(next_attempt_at AS TEXT) || ', ' || COALESCE(failure, '-')) \
                    FROM task WHERE state <> 'done'";
        while let Some(task) = self.database.text(left).await {
            assert!(Instant::now() < deadline, "a task is not done: {task}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn done(&self) -> i64 {
        self.database
            .number("SELECT COUNT(*) FROM task WHERE state = 'done'")
            .await
    }

    /// The request of a phase; `known` is the answer to the one before.
    fn request(&self, script: &Script, phase: Phase, known: &Value) -> Vec<u8> {
        match phase {
            Phase::Upload => script.upload_request(&self.file),
            Phase::Check => script.check_request(known),
            Phase::Apply => script.apply_request(known),
        }
    }

    /// Has a server do a phase; tells its answer.
    async fn through(&self, serving: &Serving, script: &Script, phase: Phase, known: &Value) -> Value {
        let Answer { status, body } = ask(serving.connect(), &self.request(script, phase, known)).unwrap();
        match phase {
            Phase::Upload => assert_eq!(status, 201, "{body}"),
            Phase::Check => assert_eq!(status, 200, "{body}"),
            // A server that was killed may have done it already.
            Phase::Apply => assert!(status == 202 || status == 409, "{status}: {body}"),
        }
        if matches!(phase, Phase::Apply) {
            self.until_no_task_is_left().await;
        }
        body
    }

    /// Has a server begin a phase and kills it after some time; tells whether the phase was under way.
    async fn cut_off(
        &self,
        serving: Serving,
        script: &Script,
        (phase, known): (Phase, &Value),
        after: Duration,
    ) -> bool {
        let done = self.done().await;
        let (connection, request) = (serving.connect(), self.request(script, phase, known));
        let asking = thread::spawn(move || ask(connection, &request));
        tokio::time::sleep(after).await;
        serving.kill();
        let answer = asking.join().unwrap();
        self.look(&format!("{phase:?} cut off after {after:?}")).await;
        // Time goes by, and the tries do not run out.
        self.database
            .execute("UPDATE task SET lease_until = created_at, attempts = 1 WHERE state = 'running'")
            .await;
        match phase {
            Phase::Upload | Phase::Check => answer.is_none(),
            Phase::Apply => self.done().await == done,
        }
    }

    /// Asserts that nothing is found that must never be.
    async fn look(&self, when: &str) {
        for never in never(self.engine) {
            assert_eq!(self.database.number(&never).await, 0, "{when}: {never}");
        }
    }

    /// Imports without a kill, and measures each phase.
    async fn undisturbed(&mut self, serving: &Serving, script: &Script) {
        let mut known = Value::Null;
        for (at, phase) in PHASES.into_iter().enumerate() {
            let begun = Instant::now();
            known = self.through(serving, script, phase, &known).await;
            self.lasts[at] = begun.elapsed();
        }
        self.look("undisturbed").await;
    }

    /// Imports with so many kills in each phase; tells how many cut something off. A server runs before and after.
    async fn disturbed(
        &self,
        mut serving: Serving,
        script: &Script,
        kills: [u64; 3],
        dice: &mut Dice,
    ) -> (Serving, u64) {
        let (mut known, mut hits) = (Value::Null, 0);
        for ((phase, times), lasts) in PHASES.into_iter().zip(kills).zip(self.lasts) {
            for _ in 0..times {
                let cut = self
                    .cut_off(serving, script, (phase, &known), dice.moment_of(lasts))
                    .await;
                hits += u64::from(cut);
                serving = self.start();
            }
            known = self.through(&serving, script, phase, &known).await;
        }
        (serving, hits)
    }

    /// Asserts that an import has come to the same as the undisturbed one, once.
    async fn assert_same(&self, slug: &str) {
        for (here, there) in content(slug).iter().zip(&content(UNDISTURBED)) {
            for (more, less) in [(here, there), (there, here)] {
                let differing = format!("SELECT COUNT(*) FROM ({more} EXCEPT {less}) AS differing");
                assert_eq!(self.database.number(&differing).await, 0, "{differing}");
            }
        }
        for (table, count) in [
            ("audit_event WHERE action = 'import'", 1),
            ("task WHERE state = 'done'", 1),
            ("import_outcome WHERE true", ROWS),
        ] {
            let counting = format!(
                "SELECT COUNT(*) FROM {table} AND enterprise_id = (SELECT id FROM enterprise WHERE slug = '{slug}')"
            );
            assert_eq!(self.database.number(&counting).await, count, "{counting}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn an_import_ends_the_same_however_often_its_server_is_killed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut dice = Dice::new();
    let plan = dice.plan(kills());
    let portal = TestPortal::open(engine).await;
    let undisturbed = clinic(&portal, UNDISTURBED).await;
    let mut imports = Vec::new();
    for (at, kills) in plan.into_iter().enumerate() {
        let slug: &str = format!("clinic-{at}").leak();
        imports.push((slug, clinic(&portal, slug).await, kills));
    }
    // From here on the servers have the database for themselves.
    portal.backend().close().await;
    let mut trial = Trial {
        engine,
        database: portal.database(),
        place: Place::new(),
        file: file(),
        lasts: [Duration::ZERO; 3],
    };
    let mut serving = trial.start();
    trial.undisturbed(&serving, &undisturbed).await;
    trial.assert_same(UNDISTURBED).await;

    let mut all_hits = 0;
    for (slug, script, kills) in imports {
        let (living, hits) = trial.disturbed(serving, &script, kills, &mut dice).await;
        serving = living;
        all_hits += hits;
        trial.look(slug).await;
        trial.assert_same(slug).await;
    }
    assert!(
        all_hits * 4 >= kills(),
        "only {all_hits} of {} kills cut something off",
        kills()
    );
    serving.stop();
    serving.ends_well();
    trial.look("at the end").await;
}
