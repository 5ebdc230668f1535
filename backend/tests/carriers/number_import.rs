//! Importing what a carrier lists: from the profile to the numbers, and who may.

use backend::{
    context::OpContext,
    jobs::{self, Runner},
    services::import_upload,
    testing::{ALL_OFF, Engine, TestEnterprise, anonymous},
};
use chrono::{TimeDelta, Utc};
use domain::{
    access::{Action, Resource},
    carrier_profile::CarrierKind,
    enterprise::EnterpriseSwitches,
    error::Error,
    ids::CarrierProfileId,
    import::{ImportKind, ImportUpload, OutcomeRow, TABLE},
    table::TableQuery,
    task::TaskState,
};
use rstest::rstest;
use simulator::{SmsNumber, Storm};

use crate::lab::{FIRST_NUMBER, HOST, Lab};

const VOICE: &str = "voice.example";

/// An enterprise with a profile that has a domain, and numbers at its carrier.
struct Clinic {
    lab: Lab,
    at: TestEnterprise,
    admin: OpContext,
    profile: CarrierProfileId,
}

impl Clinic {
    async fn with_numbers(engine: Engine, count: u64) -> Self {
        let lab = Lab::open(engine).await;
        let at = lab.portal.enterprise("alder-clinics").await;
        let profile = lab.profile(&at, "Main/West", HOST).await;
        at.domain(VOICE, profile, 40).await;
        lab.seed_numbers(VOICE, count);
        let admin = at.admin().await;
        Self {
            lab,
            at,
            admin,
            profile,
        }
    }

    async fn listed_for(&self, ctx: &OpContext) -> Result<ImportUpload, Error> {
        import_upload::receive_from_carrier(ctx, self.lab.portal.backend(), self.at.slug(), self.profile).await
    }

    async fn listed(&self) -> ImportUpload {
        self.listed_for(&self.admin).await.unwrap()
    }

    async fn check(&self, upload: &ImportUpload) -> ImportUpload {
        let (backend, which) = (self.lab.portal.backend(), (ImportKind::Numbers, upload.id));
        let columns = upload.shape.columns.clone();
        import_upload::check(&self.admin, backend, self.at.slug(), which, columns)
            .await
            .unwrap()
    }

    async fn import(&self, checked: &ImportUpload) -> ImportUpload {
        let (backend, which) = (self.lab.portal.backend(), (ImportKind::Numbers, checked.id));
        import_upload::apply(&self.admin, backend, self.at.slug(), which, checked.run.unwrap(), false)
            .await
            .unwrap();
        // By a clock that is a little ahead, so that what was just added is due.
        let clock = jobs::Clock::new(|| Utc::now() + TimeDelta::seconds(1));
        Runner::new(backend).with_clock(clock).work_off().await.unwrap();
        import_upload::get(&self.admin, backend, self.at.slug(), ImportKind::Numbers, checked.id)
            .await
            .unwrap()
    }

    async fn rows(&self, upload: &ImportUpload) -> Vec<OutcomeRow> {
        let (backend, slug) = (self.lab.portal.backend(), self.at.slug());
        let query = TableQuery::parse_lenient("page_size=200", &TABLE);
        let page = import_upload::outcomes(&self.admin, backend, slug, ImportKind::Numbers, upload.id, &query).await;
        page.unwrap().rows
    }

    async fn count(&self, of: &str) -> i64 {
        self.lab.portal.number(&format!("SELECT COUNT(*) FROM {of}")).await
    }
}

fn counts(upload: &ImportUpload) -> [u64; 4] {
    let rows = upload.summary.unwrap().rows;
    [rows.added, rows.updated, rows.unchanged, rows.rejected]
}

/// Why it was refused, at the field of the profile.
fn reason(refused: Result<ImportUpload, Error>) -> String {
    let refused = refused.unwrap_err();
    assert_eq!(refused.status(), 409, "{refused}");
    assert_eq!(refused.field_errors()[0].field, "profile");
    refused.to_string()
}

#[rstest]
#[tokio::test]
async fn what_a_carrier_lists_is_checked_and_imported_as_a_file(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::with_numbers(engine, 1_200).await;
    let upload = clinic.listed().await;
    assert_eq!(upload.file_name, "Main-West (from the carrier)");
    assert_eq!(
        upload.header,
        ["Phone Number", "SMS", "MMS", "Group MMS", "Carrier Profile", "Domain"]
    );
    assert_eq!(
        upload.shape.columns,
        [Some(0), None, Some(1), Some(2), Some(3), None, Some(4), Some(5)]
    );
    assert_eq!(clinic.count("phone_number").await, 0);

    let checked = clinic.check(&upload).await;
    assert_eq!(counts(&checked), [1_200, 0, 0, 0]);
    let done = clinic.import(&checked).await;
    assert_eq!(done.task.unwrap().state, TaskState::Done);
    assert_eq!(clinic.count("phone_number").await, 1_200);
    let alike = format!("phone_number WHERE sms_capable AND NOT voice_capable AND hosting_domain = '{VOICE}'");
    assert_eq!(clinic.count(&alike).await, 1_200);
    assert_eq!(
        clinic.count("phone_number WHERE carrier_profile_id IS NOT NULL").await,
        1_200
    );
    assert_eq!(clinic.count("phone_number WHERE mms_capable").await, 600);
    assert_eq!(clinic.count("phone_number WHERE group_mms_capable").await, 300);
    let entry = "audit_event WHERE action = 'import' AND after LIKE '%Main-West (from the carrier)%'";
    assert_eq!(clinic.count(entry).await, 1);

    // The same again says what is so already.
    let again = clinic.check(&clinic.listed().await).await;
    assert_eq!(counts(&again), [0, 0, 1_200, 0]);
}

#[rstest]
#[tokio::test]
async fn what_the_carrier_has_wrong_is_rejected_with_a_reason(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::with_numbers(engine, 0).await;
    clinic.lab.stand_in.world().seed_odd_numbers(HOST, VOICE, FIRST_NUMBER);
    let checked = clinic.check(&clinic.listed().await).await;
    assert_eq!(counts(&checked), [3, 0, 0, 4]);
    let told: Vec<String> = clinic
        .rows(&checked)
        .await
        .iter()
        .map(|row| format!("{} {} {}", row.subject, row.outcome.as_str(), row.reason))
        .collect();
    let begins = [
        "+12065550100 added",
        "+12065550101 added",
        "+12065550102 added",
        "2065550103 rejected The country code is missing.",
        "12065 rejected The country code is missing.",
        " rejected The number is missing.",
        "+12065550106 rejected MMS must be TRUE or FALSE, but is “perhaps”.",
    ];
    assert_eq!(told.len(), begins.len(), "{told:?}");
    for (told, begin) in told.iter().zip(begins) {
        assert!(told.starts_with(begin), "{told}");
    }
}

#[rstest]
#[tokio::test]
async fn a_carrier_that_lists_nothing_is_told_in_the_words_of_trying_the_connection(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::with_numbers(engine, 0).await;
    assert_eq!(
        reason(clinic.listed_for(&clinic.admin).await),
        "The carrier lists no numbers for the domains of this carrier profile."
    );
    clinic.lab.stand_in.world().switches.storm = Some(Storm { requests: 1 });
    assert_eq!(
        reason(clinic.listed_for(&clinic.admin).await),
        "The credentials at the carrier do not allow this."
    );
    clinic.lab.stand_in.world().switches.down = true;
    assert_eq!(
        reason(clinic.listed_for(&clinic.admin).await),
        "The carrier did not answer. Try again in a few minutes."
    );
    clinic.lab.stand_in.world().switches.down = false;
    clinic.lab.stand_in.world().accounts.clear();
    assert_eq!(
        reason(clinic.listed_for(&clinic.admin).await),
        "The carrier refused the credentials."
    );
    clinic
        .lab
        .portal
        .execute("DELETE FROM carrier_credential")
        .await
        .unwrap();
    assert_eq!(
        reason(clinic.listed_for(&clinic.admin).await),
        "This carrier profile has no credentials yet."
    );
    assert_eq!(clinic.count("import_upload").await, 0, "nothing of a try is kept");
    assert_eq!(clinic.count("import_chunk").await, 0);
}

#[rstest]
#[tokio::test]
async fn only_the_numbers_of_the_enterprises_domains_are_listed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::with_numbers(engine, 2).await;
    let foreign = SmsNumber::new(HOST, "somebody-else.example", "12535550159");
    clinic.lab.stand_in.world().numbers.push(foreign);
    let provider = clinic.lab.portal.provider_admin().await;
    for ctx in [&clinic.admin, &provider] {
        let upload = clinic.listed_for(ctx).await.unwrap();
        assert_eq!(counts(&clinic.check(&upload).await), [2, 0, 0, 0]);
    }
    clinic
        .lab
        .portal
        .execute("DELETE FROM domain_subscription")
        .await
        .unwrap();
    let refused = reason(clinic.listed_for(&clinic.admin).await);
    assert!(
        refused.starts_with("This carrier profile has no domain yet"),
        "{refused}"
    );
    let everything = clinic.listed_for(&provider).await.unwrap();
    assert_eq!(counts(&clinic.check(&everything).await), [3, 0, 0, 0]);
}

#[rstest]
#[tokio::test]
async fn only_those_who_import_numbers_have_them_listed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let clinic = Clinic::with_numbers(engine, 2).await;
    let neighbour = clinic.lab.portal.enterprise("borealis-freight").await;
    let forbidden = Error::Forbidden {
        action: Action::Import,
        resource: Resource::PhoneNumber,
    };
    let not_found = Error::NotFound {
        resource: Resource::Enterprise,
    };
    assert_eq!(
        clinic.listed_for(&clinic.at.viewer().await).await,
        Err(forbidden.clone())
    );
    assert_eq!(clinic.listed_for(&neighbour.admin().await).await, Err(not_found));
    assert_eq!(clinic.listed_for(&anonymous()).await, Err(Error::SignedOut));
    // A profile of another enterprise is one that is not there.
    let backend = clinic.lab.portal.backend();
    let stranger = neighbour.admin().await;
    let other = import_upload::receive_from_carrier(&stranger, backend, neighbour.slug(), clinic.profile);
    let no_profile = Error::NotFound {
        resource: Resource::CarrierProfile,
    };
    assert_eq!(other.await, Err(no_profile));
    let kept = EnterpriseSwitches { sms: true, ..ALL_OFF };
    let kept = clinic.lab.portal.enterprise_with("cedar-lines", kept).await;
    let profile = clinic.lab.profile(&kept, "Main", HOST).await;
    kept.domain(VOICE, profile, 40).await;
    let (admin, provider) = (kept.admin().await, kept.provider_admin().await);
    let refused = import_upload::receive_from_carrier(&admin, backend, kept.slug(), profile).await;
    assert_eq!(refused, Err(forbidden));
    let listed = import_upload::receive_from_carrier(&provider, backend, kept.slug(), profile).await;
    // Tasks and the audit log tell the file's name to those who have nothing to do with carriers, too.
    assert_eq!(
        listed.map(|file| file.file_name).as_deref(),
        Ok("Numbers from the carrier")
    );
}

#[tokio::test]
async fn a_carrier_that_the_portal_cannot_talk_to_is_told() {
    let clinic = Clinic::with_numbers(Engine::Sqlite, 2).await;
    let profile = clinic.at.profile("Twilio", CarrierKind::Twilio).await;
    let (backend, slug) = (clinic.lab.portal.backend(), clinic.at.slug());
    let refused = import_upload::receive_from_carrier(&clinic.admin, backend, slug, profile).await;
    assert!(matches!(refused, Err(Error::NotSupported { .. })), "{refused:?}");
}
