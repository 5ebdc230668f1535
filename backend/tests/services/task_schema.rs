//! What the database refuses by itself about tasks.

use backend::testing::{Engine, TestPortal};
use rstest::rstest;

#[rstest]
#[case::state("UPDATE task SET state = 'tired'")]
#[case::running_without_a_lease("UPDATE task SET state = 'running'")]
#[case::lease_without_running("UPDATE task SET lease_owner = 'somebody', lease_until = created_at")]
#[case::half_a_lease("UPDATE task SET state = 'running', lease_owner = 'somebody'")]
#[case::done_without_an_end("UPDATE task SET state = 'done'")]
#[case::end_without_a_state("UPDATE task SET finished_at = created_at")]
#[case::failed_without_a_reason("UPDATE task SET state = 'failed', finished_at = created_at")]
#[case::done_with_a_reason("UPDATE task SET state = 'done', finished_at = created_at, failure = 'It rained.'")]
#[case::result_before_the_end("UPDATE task SET result = 'null'")]
#[case::more_than_all("UPDATE task SET progress_done = 2, progress_total = 1")]
#[case::less_than_nothing("UPDATE task SET progress_done = -1")]
#[case::tried_less_than_never("UPDATE task SET attempts = -1")]
#[case::two_unfinished_about_the_same("UPDATE task SET idempotency_key = 'sync:alder-clinics'")]
#[case::token_without_a_name("UPDATE task SET started_by_token = id")]
#[case::name_without_a_token("UPDATE task SET started_by_token_name = 'Nightly sync'")]
#[case::upload_without_a_name("UPDATE task SET upload_id = id")]
#[case::file_without_an_upload("UPDATE task SET file_name = 'numbers.csv', file_name_search = 'numbers.csv'")]
#[case::file_that_is_not_searched("UPDATE task SET upload_id = id, file_name = 'numbers.csv'")]
#[case::of_no_enterprise("UPDATE task SET enterprise_id = NULL")]
#[tokio::test]
async fn the_database_refuses(#[case] statement: &str, #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.legacy_enterprise("alder-clinics").await;
    clinic.task().await;
    clinic.task().await;
    let error = portal.execute(statement).await.expect_err(statement);
    assert!(error.to_lowercase().contains("constraint"), "{statement}: {error}");
}
