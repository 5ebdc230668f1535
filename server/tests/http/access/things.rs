//! What the cases are about.

use backend::{
    services::{
        alert_destination, api_token, import_upload, membership, resubscription_request, sms_group, teams_user,
    },
    testing::TestEnterprise,
};
use domain::{
    access::Role,
    alert::{AlertDestinationInput, DestinationKind},
    api_token::ApiTokenInput,
    carrier_profile::CarrierKind,
    enterprise::EnterpriseSlug,
    ids::{CarrierProfileId, DomainSubscriptionId, ImportUploadId, TaskId, TeamsUserId},
    import::ImportKind,
    invitation::InviteInput,
    teams_user::OffboardInput,
};

use super::cases::{Case, INPUT, SETTINGS};
use crate::support::TestServer;

/// Makes what a case needs, anew for each person who asks, and tells what its placeholders stand for. `n` is the place
/// of who asks.
pub(super) async fn of(
    server: &TestServer,
    clinic: &TestEnterprise,
    (user, profile): (TeamsUserId, CarrierProfileId),
    n: usize,
    case: &Case<'_>,
) -> Vec<(&'static str, String)> {
    let group = clinic.group(&format!("Front Desk {n}"), user).insert().await;
    let number = clinic.number(&format!("+1206555010{n}")).insert().await;
    if case.arguments.contains("{deleted}") || case.arguments.contains("{entry}") {
        let (op, backend) = (server.portal.system(), server.portal.backend());
        sms_group::delete(&op, backend, clinic.slug(), group, 1).await.unwrap();
    }
    let leaver = clinic.user(&format!("Leaver {n}")).insert().await;
    if case.arguments.contains("{offboarded}") {
        let (op, backend) = (server.portal.system(), server.portal.backend());
        let nothing = OffboardInput::default();
        teams_user::offboard(&op, backend, clinic.slug(), leaver, &nothing)
            .await
            .unwrap();
    }
    let domain = clinic.domain(&format!("d{n}.example"), profile, -1).await;
    if case.arguments.contains("{carrier}") {
        clinic.credential(profile, "api_key", "key").await;
    }
    let spare = clinic.profile(&format!("Spare {n}"), CarrierKind::NetSapiens).await;
    let (member, invitation, request) = of_the_console(server, clinic, domain, case).await;
    let (member, token) = if case.arguments.contains("{token}") {
        with_token(server, clinic).await
    } else {
        (member, String::new())
    };
    let entry = server.portal.text("SELECT lower(hex(max(id))) FROM audit_event").await;
    let ids = [
        ("{input}", INPUT.to_owned()),
        ("{group}", group.to_string()),
        ("{deleted}", group.to_string()),
        ("{task}", group.to_string()),
        ("{user}", user.to_string()),
        ("{leaver}", leaver.to_string()),
        ("{offboarded}", leaver.to_string()),
        ("{domain}", domain.to_string()),
        ("{profile}", spare.to_string()),
        ("{carrier}", profile.to_string()),
        ("{number}", number.to_string()),
        ("{n}", n.to_string()),
        ("{entry}", entry.unwrap_or_default()),
        ("{settings}", SETTINGS.to_owned()),
        ("{member}", member),
        ("{token}", token),
        ("{invitation}", invitation),
        ("{request}", request),
        ("{destination}", destination(server, n, case).await),
    ];
    let (upload, run) = if case.arguments.contains("{upload}") {
        let (upload, run) = uploaded(server, clinic.slug()).await;
        (upload.to_string(), run)
    } else {
        (String::new(), String::new())
    };
    let of_file = [("{upload}", upload), ("{run}", run)];
    let ids = ids.into_iter().chain(of_file).collect::<Vec<_>>();
    if case.arguments.contains("{task}") {
        clinic.failed_task(TaskId(group.0)).await;
    }
    ids
}

/// An e-mail address that alerts are sent to, if the case asks for one.
async fn destination(server: &TestServer, n: usize, case: &Case<'_>) -> String {
    if !case.arguments.contains("{destination}") {
        return String::new();
    }
    let (provider, backend) = (server.portal.provider_admin().await, server.portal.backend());
    let input = AlertDestinationInput {
        kind: DestinationKind::Email,
        address: format!("operations{n}@company.example"),
    };
    let added = alert_destination::create(&provider, backend, &input).await.unwrap();
    added.row.id.to_string()
}

/// A file with a number that was uploaded and checked, and the run of the check.
async fn uploaded(server: &TestServer, at: &EnterpriseSlug) -> (ImportUploadId, String) {
    let (op, backend, kind) = (server.portal.system(), server.portal.backend(), ImportKind::Numbers);
    let mut receiving = import_upload::receive(&op, backend, at, kind, "numbers.csv")
        .await
        .unwrap();
    receiving.write(b"Number\n+12065550183\n").await.unwrap();
    let upload = receiving.finish().await.unwrap();
    let columns = upload.shape.columns;
    let checked = import_upload::check(&op, backend, at, (kind, upload.id), columns)
        .await
        .unwrap();
    (upload.id, checked.run.unwrap().to_string())
}

/// What the provider's console is about, if the case asks for it: somebody who can sign in, somebody who is invited,
/// and an open request.
async fn of_the_console(
    server: &TestServer,
    clinic: &TestEnterprise,
    domain: DomainSubscriptionId,
    case: &Case<'_>,
) -> (String, String, String) {
    let (op, backend) = (server.portal.system(), server.portal.backend());
    let (mut member, mut invitation, mut request) = Default::default();
    if case.arguments.contains("{member}") {
        clinic.viewer().await;
        member = newest_member(server).await;
    }
    if case.arguments.contains("{invitation}") {
        let input = InviteInput {
            email: "invited@company.example".to_owned(),
            role: Role::EnterpriseViewer,
        };
        let link = membership::invite(&op, backend, clinic.slug(), &input).await.unwrap();
        invitation = link.id.to_string();
    }
    if case.arguments.contains("{request}") {
        let filed = resubscription_request::file(&op, backend, clinic.slug(), domain).await;
        request = filed.unwrap().id.to_string();
    }
    (member, invitation, request)
}

async fn newest_member(server: &TestServer) -> String {
    let newest = "SELECT lower(hex(max(id))) FROM membership WHERE enterprise_id IN \
        (SELECT id FROM enterprise WHERE slug = 'alder-clinics')";
    server.portal.text(newest).await.unwrap_or_default()
}

/// Somebody who can sign in and has a token, and the token.
async fn with_token(server: &TestServer, clinic: &TestEnterprise) -> (String, String) {
    let input = ApiTokenInput {
        name: "Report".to_owned(),
        enterprise: None,
        role: Some(Role::EnterpriseViewer),
        days: 7,
    };
    let made = api_token::create(&clinic.admin().await, server.portal.backend(), &input).await;
    (newest_member(server).await, made.unwrap().row.id.to_string())
}
