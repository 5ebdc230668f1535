//! Who may see, check and import an uploaded file.

use backend::{
    services::import_upload,
    testing::{Engine, TestPortal, anonymous},
};
use domain::{
    access::{Action, Resource},
    carrier_profile::CarrierKind,
    error::Error,
    import::{ImportKind, TABLE},
    table::TableQuery,
};
use rstest::rstest;
use uuid::Uuid;

use super::uploading::{Clinic, lines};

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
    let at = portal.enterprise_without_numbers("alder-clinics").await;
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

/// Its cells and the reasons of its rows name carriers, with which the people of such an enterprise have nothing to do.
#[rstest]
#[tokio::test]
async fn what_the_provider_imports_for_an_enterprise_is_not_shown_to_its_people(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let at = portal.enterprise_without_numbers("alder-clinics").await;
    at.profile("Main Line", CarrierKind::Twilio).await;
    let provider = portal.provider_admin().await;
    let clinic = Clinic {
        portal,
        at,
        admin: provider,
    };
    let file = "Number,Carrier Profile\n+12065550183,Main Line\n+12065550184,Spare Line\n";
    let upload = clinic.upload(ImportKind::Numbers, file).await;
    clinic.check(&upload).await;
    let told = lines(&clinic.rows(&upload, "").await).join("\n");
    assert!(told.contains("Main Line") && told.contains("Spare Line"), "{told}");
    assert!(clinic.rejected_file(&upload).await.contains("Spare Line"));

    let (backend, slug, kind, id) = (clinic.portal.backend(), clinic.at.slug(), upload.kind, upload.id);
    let forbidden = Error::Forbidden {
        action: Action::Read,
        resource: Resource::PhoneNumber,
    };
    let all = TableQuery::parse_lenient("", &TABLE);
    for ctx in [clinic.at.admin().await, clinic.at.viewer().await] {
        let read = import_upload::get(&ctx, backend, slug, kind, id).await;
        assert_eq!(read.err(), Some(forbidden.clone()));
        let outcomes = import_upload::outcomes(&ctx, backend, slug, kind, id, &all).await;
        assert_eq!(outcomes.err(), Some(forbidden.clone()));
        let rejected = import_upload::rejected(&ctx, backend, slug, kind, id).await;
        assert_eq!(rejected.err(), Some(forbidden.clone()));
    }
    // Files with people name no carrier.
    let people = clinic
        .upload(
            ImportKind::Users,
            "User principal name,Display name\nada@clinic.example,Ada\n",
        )
        .await;
    let viewer = clinic.at.viewer().await;
    let read = import_upload::get(&viewer, backend, slug, people.kind, people.id).await;
    assert!(read.is_ok(), "{read:?}");
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
