//! What the database refuses by itself about uploaded files.

use backend::{
    services::import_upload,
    testing::{Engine, TestPortal},
};
use domain::import::ImportKind;
use rstest::rstest;

#[rstest]
#[case::kind("UPDATE import_upload SET kind = 'groups'")]
#[case::size("UPDATE import_upload SET size = -1")]
#[case::run_without_a_summary("UPDATE import_upload SET summary = NULL")]
#[case::summary_without_a_run("UPDATE import_upload SET run = NULL")]
#[case::imported_without_a_task("UPDATE import_upload SET applied_at = created_at")]
#[case::checked_before_it_is_there("UPDATE import_upload SET complete = false")]
#[case::of_no_enterprise("UPDATE import_upload SET enterprise_id = NULL")]
#[case::of_another_task("UPDATE import_upload SET task_id = id")]
#[case::piece_of_no_place("UPDATE import_chunk SET number = -1")]
#[case::outcome("UPDATE import_outcome SET outcome = 'lost'")]
#[case::outcome_before_the_first("UPDATE import_outcome SET place = 0")]
#[case::line("UPDATE import_outcome SET line = 0")]
#[case::missing_with_a_line("UPDATE import_outcome SET outcome = 'missing'")]
#[case::row_without_a_line("UPDATE import_outcome SET line = NULL")]
#[case::rejected_without_a_reason("UPDATE import_outcome SET outcome = 'rejected', reason = ''")]
#[case::rejected_rows_of_no_place("UPDATE import_rejected SET number = -1")]
#[case::piece_of_another_enterprise(
    "UPDATE import_chunk SET enterprise_id = (SELECT id FROM enterprise WHERE slug = 'borealis-freight')"
)]
#[case::outcome_of_another_enterprise(
    "UPDATE import_outcome SET enterprise_id = (SELECT id FROM enterprise WHERE slug = 'borealis-freight')"
)]
#[case::rejected_rows_of_another_enterprise(
    "UPDATE import_rejected SET enterprise_id = (SELECT id FROM enterprise WHERE slug = 'borealis-freight')"
)]
#[tokio::test]
async fn the_database_refuses(#[case] statement: &str, #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    portal.enterprise("borealis-freight").await;
    let (system, backend, kind) = (portal.system(), portal.backend(), ImportKind::Numbers);
    let mut receiving = import_upload::receive(&system, backend, clinic.slug(), kind, "file.csv")
        .await
        .unwrap();
    receiving.write(b"Number\n+12065550183\n").await.unwrap();
    let upload = receiving.finish().await.unwrap();
    let which = (kind, upload.id);
    import_upload::check(&system, backend, clinic.slug(), which, upload.shape.columns)
        .await
        .unwrap();
    let error = portal.execute(statement).await.expect_err(statement);
    assert!(error.to_lowercase().contains("constraint"), "{statement}: {error}");
}
