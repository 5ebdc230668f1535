//! Who may import.

use backend::{
    context::OpContext,
    services::import::{ImportError, ImportMode, MissingUsers},
    testing::{ALL_OFF, Engine, TestEnterprise, TestPortal, anonymous},
};
use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSwitches,
    error::Error,
};
use rstest::rstest;

use super::{numbers_as, users_as};

/// The answers to somebody who imports numbers and users.
async fn answers(portal: &TestPortal, at: &TestEnterprise, ctx: &OpContext) -> [Result<(), Error>; 2] {
    let backend = portal.backend();
    let (numbers, _) = numbers_as(ctx, backend, at, "Number\n+12065550101\n", ImportMode::Apply).await;
    let file = "User principal name,Display name\nada@clinic.example,Ada\n";
    let (users, _) = users_as(ctx, backend, at, file, MissingUsers::Disable, ImportMode::Apply).await;
    [numbers.map(drop), users.map(drop)].map(|answer| answer.map_err(ImportError::into))
}

fn forbidden(resource: Resource) -> Result<(), Error> {
    Err(Error::Forbidden {
        action: Action::Import,
        resource,
    })
}

const NOT_FOUND: Result<(), Error> = Err(Error::NotFound {
    resource: Resource::Enterprise,
});

#[rstest]
#[tokio::test]
async fn only_those_who_run_the_enterprise_import(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let elsewhere = portal.enterprise_elsewhere("elsewhere").await;
    clinic.user("Bela Novak").insert().await;
    let viewer = [forbidden(Resource::PhoneNumber), forbidden(Resource::TeamsUser)];
    assert_eq!(answers(&portal, &clinic, &clinic.viewer().await).await, viewer);
    assert_eq!(
        answers(&portal, &clinic, &elsewhere.admin().await).await,
        [NOT_FOUND, NOT_FOUND]
    );
    let signed_out = [Err(Error::SignedOut), Err(Error::SignedOut)];
    assert_eq!(answers(&portal, &clinic, &anonymous()).await, signed_out);
    for nothing in ["phone_number", "audit_event", "teams_user WHERE NOT enabled"] {
        assert_eq!(
            portal.number(&format!("SELECT COUNT(*) FROM {nothing}")).await,
            0,
            "{nothing}"
        );
    }
    assert_eq!(answers(&portal, &clinic, &clinic.admin().await).await, [Ok(()), Ok(())]);
    assert_eq!(
        answers(&portal, &clinic, &portal.provider_admin().await).await,
        [Ok(()), Ok(())]
    );
}

#[rstest]
#[case(false, true)]
#[case(true, false)]
#[tokio::test]
async fn numbers_that_the_provider_keeps_are_imported_by_the_provider(
    #[case] sms: bool,
    #[case] manages_own_numbers: bool,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let switches = EnterpriseSwitches {
        sms,
        manages_own_numbers,
        ..ALL_OFF
    };
    let clinic = portal.enterprise_with("alder-clinics", switches).await;
    let admin = answers(&portal, &clinic, &clinic.admin().await).await;
    assert_eq!(admin, [forbidden(Resource::PhoneNumber), Ok(())]);
    assert_eq!(
        answers(&portal, &clinic, &portal.provider_admin().await).await,
        [Ok(()), Ok(())]
    );
}
