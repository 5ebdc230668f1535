//! The people whom tests of the Users page are about.

use backend::testing::TestEnterprise;
use domain::{
    ids::{PhoneNumberId, TeamsUserId},
    teams_user::LicenseState,
};

/// Ada with a number of her own, who owns Front Desk with a number and is in Köln Büro; Bo without a licence, in Front
/// Desk; Cy, blocked, with an unknown licence, in no group.
pub(crate) struct Clinic {
    pub(crate) ada: TeamsUserId,
    pub(crate) bo: TeamsUserId,
    pub(crate) cy: TeamsUserId,
    pub(crate) own: PhoneNumberId,
}

pub(crate) async fn three_people(clinic: &TestEnterprise) -> Clinic {
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").license(LicenseState::Unlicensed).insert().await;
    let cy = clinic.user("Cy Dahl").license(LicenseState::Unknown).disabled();
    let cy = cy.insert().await;
    let own = clinic.number("+12065550100").of_user(ada).insert().await;
    let desk = clinic.number("+12065550142").insert().await;
    clinic
        .group("Front Desk", ada)
        .members([bo])
        .numbers([desk])
        .insert()
        .await;
    clinic.group("Köln Büro", bo).members([ada]).insert().await;
    Clinic { ada, bo, cy, own }
}
