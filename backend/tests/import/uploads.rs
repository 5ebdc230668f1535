//! Files that are uploaded, read and checked.

use backend::{
    services::import_upload::{self, ReceiveError},
    testing::Engine,
};
use chrono::TimeDelta;
use domain::{
    carrier_profile::CarrierKind,
    error::Error,
    import::{FileEncoding, FirstLine, ImportKind, MAX_FILE_BYTES, OutcomeKind, Separator},
};
use rstest::rstest;

use super::{
    sample,
    uploading::{Clinic, counts, lines},
};

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
async fn a_changed_row_says_what_changes_before_and_after_the_import(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    clinic.at.number("+12065550101").insert().await;
    clinic.at.number("+12065550102").insert().await;
    let file =
        "Number,SMS,Voice\n+12065550101,FALSE,FALSE\n+12065550102,TRUE,\n+12065550103,TRUE,\n+12065550104,maybe,\n";
    let upload = clinic.upload(ImportKind::Numbers, file).await;
    let expected = [
        "2 +12065550101: updated SMS on → off; Voice on → off",
        "3 +12065550102: unchanged",
        "4 +12065550103: added SMS on",
        "5 +12065550104: rejected SMS must be TRUE or FALSE, but is “maybe”.",
    ];
    assert_eq!(counts(&clinic.check(&upload).await), [1, 1, 1, 1]);
    assert_eq!(lines(&clinic.rows(&upload, "").await), expected);
    // It is searched for as any text of a table.
    let found = clinic.rows(&upload, "search=voice").await;
    assert_eq!(lines(&found), expected[..1]);
    assert_eq!(clinic.rejected_file(&upload).await.lines().count(), 2);
    clinic.apply(&upload, false).await.unwrap();
    clinic.work_off().await;
    assert_eq!(lines(&clinic.rows(&upload, "").await), expected);
}

/// Older versions said something of rejected rows and missing people only.
#[rstest]
#[tokio::test]
async fn outcomes_of_an_older_version_are_listed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    clinic.at.number("+12065550101").insert().await;
    let file = "Number,SMS\n+12065550101,FALSE\n+12065550102,TRUE\n+12065550103,maybe\n";
    let upload = clinic.upload(ImportKind::Numbers, file).await;
    clinic.check(&upload).await;
    let older = "UPDATE import_outcome SET reason = '', reason_search = '' WHERE outcome <> 'rejected'";
    clinic.portal.execute(older).await.unwrap();
    let expected = [
        "2 +12065550101: updated",
        "3 +12065550102: added",
        "4 +12065550103: rejected SMS must be TRUE or FALSE, but is “maybe”.",
    ];
    assert_eq!(lines(&clinic.rows(&upload, "").await), expected);
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
    upload = import_upload::read_as(&clinic.admin, backend, slug, which, utf8, semicolon, FirstLine::Names)
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
    let other = import_upload::read_as(&clinic.admin, backend, slug, which, windows, comma, FirstLine::Names).await;
    assert_eq!(other.unwrap().summary, None);
    let refused = clinic.apply(&upload, false).await.unwrap_err();
    assert_eq!(refused.to_string(), "Check the file first.");
}

#[rstest]
#[tokio::test]
async fn the_first_rows_show_how_a_file_is_read(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let file = b"User principal name;Display name\nzoe@clinic.example;Zo\xEB Vega\n";
    let upload = clinic.upload(ImportKind::Users, file).await;
    assert_eq!(upload.shape.encoding, FileEncoding::Windows1252);
    assert_eq!(upload.sample, [["zoe@clinic.example", "Zoë Vega"]]);
    let which = (upload.kind, upload.id);
    let (backend, slug) = (clinic.portal.backend(), clinic.at.slug());
    for (encoding, name) in [
        (FileEncoding::Utf8, "Zo\u{FFFD} Vega"),
        (FileEncoding::Windows1252, "Zoë Vega"),
    ] {
        let (separator, first_line) = (Separator::Semicolon, FirstLine::Names);
        let read = import_upload::read_as(&clinic.admin, backend, slug, which, encoding, separator, first_line).await;
        assert_eq!(read.unwrap().sample, [["zoe@clinic.example", name]]);
    }
    let checked = clinic.check(&upload).await;
    assert_eq!((&checked.header, &checked.sample), (&upload.header, &upload.sample));
    // They go with the content of the file.
    clinic.apply(&checked, false).await.unwrap();
    clinic.work_off().await;
    assert!(clinic.now(&upload).await.unwrap().sample.is_empty());
}

#[rstest]
#[tokio::test]
async fn a_file_without_a_header_is_imported_whole(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let mut upload = clinic
        .upload(ImportKind::Numbers, "+12065550183;TRUE\n+12065550184;maybe\n")
        .await;
    assert_eq!(upload.shape.first_line, FirstLine::Row);
    assert_eq!(upload.header, ["Column 1", "Column 2"]);
    upload.shape.columns[0] = Some(0);
    upload.shape.columns[2] = Some(1);
    assert_eq!(counts(&clinic.check(&upload).await), [1, 0, 0, 1]);
    let rejected = clinic.rejected_file(&upload).await;
    assert!(
        rejected.starts_with("\u{FEFF}Column 1;Column 2;Reason\r\n"),
        "{rejected}"
    );
    clinic.apply(&upload, false).await.unwrap();
    clinic.work_off().await;
    assert_eq!(
        lines(&clinic.rows(&upload, "").await),
        [
            "1 +12065550183: added SMS on",
            "2 +12065550184: rejected SMS must be TRUE or FALSE, but is “maybe”.",
        ]
    );
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

#[rstest]
#[tokio::test]
async fn a_list_that_fails_removes_no_file(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::new(engine).await;
    let profile = clinic.at.profile("Main", CarrierKind::NetSapiens).await;
    clinic.at.domain("voice.example", profile, 40).await;
    clinic.at.credential(profile, "api_key", "secret").await;
    let file = "User principal name,Display name\n";
    let first = clinic.upload(ImportKind::Users, file).await;
    for _ in 0..19 {
        clinic.upload(ImportKind::Users, file).await;
    }
    let (backend, slug) = (clinic.portal.backend(), clinic.at.slug());
    clinic.portal.carrier().set_numbers(0);
    let refused = import_upload::receive_from_carrier(&clinic.admin, backend, slug, profile).await;
    let reason = "The carrier lists no numbers for the domains of this carrier profile.";
    assert_eq!(refused.unwrap_err().to_string(), reason);
    assert!(clinic.now(&first).await.is_ok());
    clinic.portal.carrier().set_numbers(1);
    import_upload::receive_from_carrier(&clinic.admin, backend, slug, profile)
        .await
        .unwrap();
    assert!(matches!(clinic.now(&first).await, Err(Error::Gone { .. })));
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
