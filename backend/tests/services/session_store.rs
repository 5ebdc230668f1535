//! Where sessions are kept: found by their id only, gone when they end, and of no use to who reads the table.

use std::collections::HashMap;

use backend::{
    auth::{ACCOUNT_KEY, SessionStore},
    context::{Actor, OpContext},
    services::session,
    testing::{Engine, TestPortal},
};
use domain::ids::AccountId;
use rstest::rstest;
use time::{Duration, OffsetDateTime};
use tower_sessions_core::{
    SessionStore as _,
    session::{Id, Record},
};

fn account_of(ctx: &OpContext) -> AccountId {
    let Actor::Account(signed_in) = &ctx.actor else {
        panic!("an account")
    };
    signed_in.account.id
}

/// A session of that account, as signing in makes it.
async fn start(store: &SessionStore, account: AccountId, lasts: Duration) -> Record {
    let mut record = Record {
        id: Id::default(),
        data: HashMap::from([(ACCOUNT_KEY.to_owned(), serde_json::json!(account))]),
        expiry_date: OffsetDateTime::now_utc() + lasts,
    };
    store.create(&mut record).await.unwrap();
    record
}

#[rstest]
#[tokio::test]
async fn a_session_is_found_by_its_id_until_it_ends(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = account_of(&clinic.admin().await);
    let store = portal.backend().session_store();
    let session = start(&store, ada, Duration::HOUR).await;
    let ended = start(&store, ada, -Duration::SECOND).await;

    assert_eq!(store.load(&session.id).await.unwrap().unwrap().data, session.data);
    assert_eq!(store.load(&ended.id).await.unwrap(), None);
    assert_eq!(store.load(&Id::default()).await.unwrap(), None);
    assert_eq!(store.delete_expired(chrono::Utc::now()).await.unwrap(), 1);
    store.delete(&session.id).await.unwrap();
    assert_eq!(store.load(&session.id).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn the_table_holds_hashes_of_ids_and_nothing_to_sign_in_with(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = account_of(&clinic.admin().await);
    let session = start(&portal.backend().session_store(), ada, Duration::HOUR).await;
    let hash = match engine {
        Engine::Sqlite => "lower(hex(id_hash))",
        Engine::Postgres => "encode(id_hash, 'hex')",
    };
    let row = portal
        .text(&format!("SELECT {hash} || ' ' || data FROM session"))
        .await
        .unwrap();

    let bytes = session.id.0.to_be_bytes();
    let backwards: Vec<u8> = bytes.iter().rev().copied().collect();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    for raw in [
        session.id.to_string(),
        session.id.0.to_string(),
        hex(&bytes),
        hex(&backwards),
    ] {
        assert!(!row.contains(&raw), "{raw} is in {row}");
    }
    assert_eq!(row.split(' ').next().map(str::len), Some(64));
}

#[rstest]
#[tokio::test]
async fn signing_out_everywhere_ends_every_session_of_that_person_only(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (ada, bo) = (clinic.admin().await, clinic.admin().await);
    let store = portal.backend().session_store();
    let first = start(&store, account_of(&ada), Duration::HOUR).await;
    let second = start(&store, account_of(&ada), Duration::HOUR).await;
    let of_bo = start(&store, account_of(&bo), Duration::HOUR).await;

    session::sign_out_everywhere(&ada, portal.backend()).await.unwrap();

    assert_eq!(store.load(&first.id).await.unwrap(), None);
    assert_eq!(store.load(&second.id).await.unwrap(), None);
    assert!(store.load(&of_bo.id).await.unwrap().is_some());
}

/// A request that was under way while the session ended saves what it knows of it.
#[rstest]
#[tokio::test]
async fn a_session_that_was_ended_does_not_come_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let admin = clinic.admin().await;
    let store = portal.backend().session_store();
    let mut session = start(&store, account_of(&admin), Duration::HOUR).await;
    session.data.insert("seen_at".to_owned(), serde_json::json!(1));

    store.save(&session).await.unwrap();
    portal.last_uses_written().await;
    assert_eq!(store.load(&session.id).await.unwrap().unwrap().data, session.data);
    session::sign_out_everywhere(&admin, portal.backend()).await.unwrap();
    store.save(&session).await.unwrap();
    assert_eq!(store.load(&session.id).await.unwrap(), None);
    portal.last_uses_written().await;

    assert_eq!(store.load(&session.id).await.unwrap(), None);
    assert_eq!(portal.number("SELECT COUNT(*) FROM session").await, 0);
}

/// As many requests of one browser do while an import lets nobody else write.
#[tokio::test]
async fn of_several_uses_that_could_not_be_written_the_latest_is() {
    let portal = TestPortal::open(Engine::Sqlite).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = account_of(&clinic.admin().await);
    let store = portal.backend().session_store();
    let mut session = start(&store, ada, Duration::HOUR).await;
    let before = session.data.clone();

    let importing = portal.writing().await;
    for seen_at in 1..=3 {
        session.data.insert("seen_at".to_owned(), serde_json::json!(seen_at));
        store.save(&session).await.unwrap();
    }
    assert_eq!(store.load(&session.id).await.unwrap().unwrap().data, before);
    importing.end().await;
    portal.last_uses_written().await;

    assert_eq!(store.load(&session.id).await.unwrap().unwrap().data, session.data);
}

/// As when somebody works on during an import that takes longer than an unused session lasts.
#[tokio::test]
async fn a_session_in_use_lasts_while_its_use_cannot_be_written() {
    let portal = TestPortal::open(Engine::Sqlite).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = account_of(&clinic.admin().await);
    let store = portal.backend().session_store();
    let mut session = start(&store, ada, -Duration::SECOND).await;
    assert_eq!(store.load(&session.id).await.unwrap(), None);

    let importing = portal.writing().await;
    session.expiry_date = OffsetDateTime::now_utc() + Duration::HOUR;
    store.save(&session).await.unwrap();
    let lasts_until = async || {
        let found = store.load(&session.id).await.unwrap().unwrap();
        found.expiry_date.unix_timestamp()
    };
    assert_eq!(lasts_until().await, session.expiry_date.unix_timestamp());
    importing.end().await;
    portal.last_uses_written().await;

    assert_eq!(lasts_until().await, session.expiry_date.unix_timestamp());
}

#[rstest]
#[tokio::test]
async fn a_session_whose_use_is_still_to_be_written_is_not_removed_as_ended(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = account_of(&clinic.admin().await);
    let store = portal.backend().session_store();
    let mut session = start(&store, ada, -Duration::SECOND).await;
    session.expiry_date = OffsetDateTime::now_utc() + Duration::HOUR;

    store.save(&session).await.unwrap();
    assert_eq!(store.delete_expired(chrono::Utc::now()).await.unwrap(), 0);
    portal.last_uses_written().await;

    assert!(store.load(&session.id).await.unwrap().is_some());
}

/// As when the server is told to stop right after a request.
#[rstest]
#[tokio::test]
async fn a_use_that_still_waits_is_written_before_the_program_ends(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = account_of(&clinic.admin().await);
    let store = portal.backend().session_store();
    let mut session = start(&store, ada, Duration::HOUR).await;
    session.data.insert("seen_at".to_owned(), serde_json::json!(1));

    store.save(&session).await.unwrap();
    portal.backend().close().await;

    let next = portal.database().open().await.session_store();
    assert_eq!(next.load(&session.id).await.unwrap().unwrap().data, session.data);
}

#[rstest]
#[tokio::test]
async fn the_sessions_of_a_deleted_account_go_with_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = account_of(&clinic.admin().await);
    start(&portal.backend().session_store(), ada, Duration::HOUR).await;
    portal.execute("DELETE FROM account").await.unwrap();
    assert_eq!(portal.number("SELECT COUNT(*) FROM session").await, 0);
    assert_eq!(portal.number("SELECT COUNT(*) FROM membership").await, 0);
}
