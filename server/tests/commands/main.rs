//! The program itself: what it tells whoever starts it, how it ends, and that it never panics.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod audit;
mod deletions;
mod drain;
mod import;
#[cfg(target_os = "linux")]
mod import_memory;
mod import_uploads;
#[cfg(target_os = "linux")]
mod live;
mod program;
mod script;
mod tasks;
mod tokens;

use std::{
    io::{Read, Write},
    net::TcpListener,
};

use backend::testing::{Engine, TestPortal};
use rstest::rstest;

use crate::program::{Place, Serving};

#[rstest]
#[case::command(&["fly"])]
#[case::option(&["--colour", "red"])]
#[case::address(&["--listen", "everywhere"])]
#[case::slug(&["create-admin", "--email", "a@b.example", "--name", "A", "--enterprise", "Not A Slug"])]
#[case::role(&["create-admin", "--email", "a@b.example", "--name", "A", "--role", "emperor"])]
#[case::token_role(&["create-token", "--email", "a@b.example", "--name", "A", "--role", "emperor"])]
#[case::nothing_to_count(&["demo-data", "--users", "0"])]
fn what_is_not_understood_is_told_with_a_way_out(#[case] arguments: &[&str]) {
    let output = Place::new().run(arguments);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(
        text.starts_with("error:") && text.contains("--help") && !text.contains("panicked"),
        "{text}"
    );
}

#[test]
fn help_tells_commands_and_settings_but_no_secret() {
    let place = Place::new();
    let mut command = place.command(&["--help"]);
    let output = command
        .env("DATABASE_URL", "postgres://portal:hunter2@db/portal")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    for word in [
        "serve",
        "migrate",
        "demo-data",
        "create-admin",
        "create-token",
        "reset-password",
        "import",
        "audit",
        "rotate-keys",
        "--teams-licenses",
        "--database-url",
        "--listen",
        "PORTAL_SITE_DIR",
    ] {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("hunter2"));
}

#[test]
fn a_busy_port_is_told() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let sentence = place.fails(&["--listen", &address]);
    assert!(
        sentence.starts_with(&format!("The portal cannot listen on {address}")),
        "{sentence}"
    );
}

#[test]
fn a_busy_port_uses_up_no_password() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    place.fails(&["--listen", &taken.local_addr().unwrap().to_string()]);
    drop(taken);
    let serving = Serving::start(place.command(&[]));
    assert!(serving.first_words.contains("shown once"), "{}", serving.first_words);
    serving.stop();
    serving.ends_well();
}

#[rstest]
#[case::other_kind("mysql://root:hunter2@db/portal", "must begin with sqlite: or postgres://")]
#[case::no_file("sqlite:", "must name a file")]
#[case::a_folder("sqlite:site", "cannot be opened")]
#[case::no_database("sqlite:site/manifest.json", "cannot be opened")]
#[case::no_server("postgres://portal:hunter2@127.0.0.1:1/portal", "cannot be opened")]
#[case::file_in_the_way("sqlite:site/manifest.json/portal.db", "cannot be created")]
fn a_database_that_cannot_be_used_is_told(#[case] url: &str, #[case] expected: &str) {
    let place = Place::new();
    for command in ["serve", "migrate", "demo-data"] {
        let sentence = place.fails(&["--database-url", url, command]);
        assert!(
            sentence.contains(expected) && !sentence.contains("hunter2"),
            "{command}: {sentence}"
        );
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    let portal = TestPortal::open(Engine::Sqlite).await;
    let row = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_telepathy', 0)";
    portal.execute(row).await.unwrap();
    let place = Place::new();
    for command in ["serve", "migrate", "demo-data"] {
        let sentence = place.fails(&["--database-url", portal.database().url(), command]);
        assert!(
            sentence.contains("newer version of this program"),
            "{command}: {sentence}"
        );
    }
}

#[rstest]
#[case::missing("nowhere.toml", None, "nowhere.toml")]
#[case::no_toml("portal.toml", Some("listen = = 3"), "portal.toml")]
#[case::misspelt("portal.toml", Some("listne = \"127.0.0.1:0\""), "listne")]
#[case::wrong_type("portal.toml", Some("session_idle_minutes = \"long\""), "portal.toml")]
#[case::limits("portal.toml", Some("session_idle_minutes = 900"), "The limits of a session")]
fn a_settings_file_that_cannot_be_used_is_told(#[case] file: &str, #[case] text: Option<&str>, #[case] expected: &str) {
    let place = Place::new();
    if let Some(text) = text {
        std::fs::write(place.path().join(file), text).unwrap();
    }
    let output = place.run(&["--config", file, "migrate"]);
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert!(words.contains(expected) && !words.contains("panicked"), "{words}");
}

#[test]
fn a_site_that_was_not_built_is_told_before_anything_is_made() {
    let place = Place::new();
    let sentence = place.fails(&["--site-dir", "nowhere"]);
    assert!(
        sentence.contains("nowhere") && sentence.contains("cargo xtask build"),
        "{sentence}"
    );
    std::fs::write(place.path().join("site/manifest.json"), "{}").unwrap();
    let sentence = place.fails(&[]);
    assert!(sentence.contains("manifest.json cannot be read"), "{sentence}");
    assert!(!place.path().join("portal.db").exists());
}

#[test]
fn a_log_setting_that_cannot_be_used_is_told() {
    let sentence = Place::new().fails(&["--log", "backend=loud", "migrate"]);
    assert!(sentence.starts_with("The log setting cannot be used"), "{sentence}");
}

#[test]
fn migrate_can_be_repeated() {
    let place = Place::new();
    for _ in 0..2 {
        assert_eq!(place.succeeds(&["migrate"]), "The database is up to date.\n");
    }
}

#[test]
fn create_admin_tells_a_password_once() {
    let place = Place::new();
    let ada = ["create-admin", "--email", "Ada@Company.example", "--name", "Ada Brandt"];
    let told = place.succeeds(&ada);
    let password = told.trim_end().rsplit(' ').next().unwrap();
    assert_eq!(password.len(), 24, "{told}");
    let again = place.fails(&ada);
    assert_eq!(again, "email: An account with this e-mail address exists already.");
    let sentence = place.fails(&["create-admin", "--email", "ada", "--name", "Ada"]);
    assert!(sentence.starts_with("email: It is not an e-mail address"), "{sentence}");
    let sentence = place.fails(&["create-admin", "--email", "b@c.example", "--name", " "]);
    assert_eq!(sentence, "name: It is empty.");
    let sentence = place.fails(&[
        "create-admin",
        "--email",
        "b@c.example",
        "--name",
        "B",
        "--enterprise",
        "nowhere",
    ]);
    assert!(sentence.starts_with("This enterprise does not exist."), "{sentence}");
}

#[test]
fn reset_password_tells_a_new_password_once_and_the_log_tells_of_it() {
    let place = Place::new();
    let created = ["create-admin", "--email", "ada@company.example", "--name", "Ada Brandt"];
    let first = place.succeeds(&created);
    let told = place.succeeds(&["reset-password", "--email", "Ada@Company.example"]);
    let password = |told: &str| told.trim_end().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(password(&told).len(), 24, "{told}");
    assert_ne!(password(&told), password(&first));
    let sentence = place.fails(&["reset-password", "--email", "nobody@company.example"]);
    assert_eq!(sentence, "email: No account has this e-mail address.");
    let log = place.succeeds(&["audit", "verify"]);
    assert!(log.contains("2 entries, unbroken"), "{log}");
}

#[test]
fn demo_content_goes_into_an_empty_database_only() {
    let place = Place::new();
    assert!(
        place
            .succeeds(&["demo-data", "--groups", "3", "--users", "10", "--numbers", "5"])
            .contains("admin@")
    );
    let again = place.succeeds(&["demo-data"]);
    assert!(again.contains("there already"), "{again}");
    let again = place.succeeds(&["demo-data", "--if-empty"]);
    assert!(again.contains("there already"), "{again}");

    let other = Place::new();
    other.succeeds(&["create-admin", "--email", "ada@company.example", "--name", "Ada Brandt"]);
    let sentence = other.fails(&["demo-data"]);
    assert!(sentence.starts_with("The database is not empty."), "{sentence}");
    assert_eq!(other.succeeds(&["demo-data", "--if-empty"]), "");
}

#[test]
fn the_first_start_tells_a_password_and_the_second_none() {
    let place = Place::new();
    let serving = Serving::start(place.command(&[]));
    assert!(
        serving.first_words.contains("Sign in as admin@localhost"),
        "{}",
        serving.first_words
    );
    let mut connection = serving.connect();
    connection
        .write_all(b"GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("ready"),
        "{answer}"
    );
    serving.stop();
    serving.ends_well();

    let serving = Serving::start(place.command(&["serve"]));
    assert_eq!(serving.first_words, "");
    serving.stop();
    serving.ends_well();
}

/// SQLite's log beside the file goes into the file when the last program closes it.
#[test]
fn a_program_that_ends_leaves_its_database_in_one_file() {
    let place = Place::new();
    let log = place.path().join("portal.db-wal");
    place.succeeds(&["migrate"]);
    assert!(!log.exists());
    let serving = Serving::start(place.command(&[]));
    assert!(log.exists());
    serving.stop();
    serving.ends_well();
    assert!(!log.exists());
    place.fails(&["create-admin", "--email", "ada", "--name", "Ada"]);
    assert!(!log.exists());
    assert!(place.path().join("portal.db").exists());
}

/// What is under way when the program is told to stop is answered; nothing new is taken on.
#[test]
fn a_stop_lets_requests_under_way_finish() {
    let place = Place::new();
    let serving = Serving::start(place.command(&[]));
    let mut connection = serving.connect();
    let body = "email=nobody%40company.example&password=wrong";
    let head = format!(
        "POST /rpc/session/sign_in HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes()).unwrap();
    let mut go_on = [0; 25];
    connection.read_exact(&mut go_on).unwrap();
    assert_eq!(
        &go_on, b"HTTP/1.1 100 Continue\r\n\r\n",
        "the server waits for the body"
    );

    serving.stop();
    connection.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    serving.ends_well();
}

#[test]
fn keys_are_made_beside_the_database_for_their_owner_only_and_can_be_replaced() {
    let place = Place::new();
    place.succeeds(&["migrate"]);
    let file = place.path().join("portal.keys");
    let first = std::fs::read_to_string(&file).unwrap();
    assert_eq!(first.lines().count(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let told = place.succeeds(&["rotate-keys"]);
    let second = std::fs::read_to_string(&file).unwrap();
    assert!(second.ends_with(&first) && second.lines().count() == 2, "{told}");
    let (id, key) = second.split_once(':').unwrap();
    assert!(
        told.contains(id) && !told.contains(key.lines().next().unwrap()),
        "{told}"
    );
    std::fs::write(&file, "no key\n").unwrap();
    let sentence = place.fails(&["migrate"]);
    assert!(sentence.contains("Line 1 of the keys is not one"), "{sentence}");
}
