//! A script in every text that the database takes, on every page: only ever text.

use backend::{
    services::{api_token, resubscription_request, sms_group},
    testing::TestEnterprise,
};
use domain::{
    access::Role, api_token::ApiTokenInput, carrier_profile::CarrierKind, ids::TaskId, sms_group::SmsGroupInput,
};
use http::StatusCode;

use crate::support::TestServer;

/// As long as the shortest name may be, with room for the number of its row.
const SCRIPT: &str = "\"></title></script><script>alert(1)</script><img src=x>";

/// Texts with a form of their own that no rule of the database knows: the program cannot read a row in which they have
/// another, so nobody's words get there.
const OF_A_FORM: [&str; 24] = [
    "account.email",
    "account.password_hash",
    "audit_chain.hash",
    "carrier_credential.field",
    "carrier_credential.key_id",
    "carrier_profile.host",
    "config_entry.content",
    "config_snapshot.content",
    "domain_subscription.domain",
    "domain_subscription.foreign_subscriptions",
    "enterprise.slug",
    "idempotency_key.headers",
    "import_outcome.outcome",
    "import_upload.header",
    "import_upload.kind",
    "import_upload.shape",
    "import_upload.summary",
    "invitation.email",
    "phone_number.digits",
    "phone_number.hosting_domain",
    "session.data",
    "task.kind",
    "task.payload",
    "task.result",
];

const PAGES: [&str; 20] = [
    "/account/tokens",
    "/provider",
    "/provider?dialog=update&id=alder-clinics",
    "/provider/contact",
    "/provider/enterprises/alder-clinics",
    "/provider/requests",
    "/e/alder-clinics/audit",
    "/e/alder-clinics/configuration",
    "/e/alder-clinics/dashboard",
    "/e/alder-clinics/dashboard?dialog=task&id={task}",
    "/e/alder-clinics/numbers",
    "/e/alder-clinics/numbers?dialog=assign&id={number}",
    "/e/alder-clinics/services/sms",
    "/e/alder-clinics/services/sms/carriers",
    "/e/alder-clinics/services/sms/carriers?dialog=update&id={profile}",
    "/e/alder-clinics/services/sms/domains",
    "/e/alder-clinics/services/sms/domains?dialog=details&id={domain}",
    "/e/alder-clinics/services/sms/groups",
    "/e/alder-clinics/users",
    "/e/alder-clinics/users?dialog=user&id={user}",
];

/// The columns that hold texts, as `table.column`; moments, folded copies and keys are made from something else.
async fn texts(server: &TestServer) -> Vec<String> {
    let sql = "SELECT group_concat(m.name || '.' || p.name) FROM sqlite_master m JOIN pragma_table_info(m.name) p \
               WHERE m.type = 'table' AND lower(p.type) = 'text'";
    let all = server.portal.text(sql).await.unwrap();
    let made = |column: &str| {
        ["_at", "_until", "_search", "_key"]
            .iter()
            .any(|end| column.ends_with(end))
    };
    let of_people = |column: &&str| !made(column) && !OF_A_FORM.contains(column);
    all.split(',').filter(of_people).map(str::to_owned).collect()
}

/// Something of each kind; the ids that the pages need.
async fn fill(server: &TestServer, clinic: &TestEnterprise) -> Vec<(&'static str, String)> {
    let (system, backend) = (server.portal.system(), server.portal.backend());
    let user = clinic.user("Ada Brandt").insert().await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    let domain = clinic.domain("voice.example", profile, -1).await;
    let number = clinic.number("+12065550100").profile(profile).insert().await;
    let input = SmsGroupInput {
        name: "Front Desk".to_owned(),
        owner_id: Some(user),
        member_ids: vec![user],
        number_ids: vec![number],
        ..SmsGroupInput::default()
    };
    sms_group::create(&system, backend, clinic.slug(), &input)
        .await
        .unwrap();
    resubscription_request::file(&system, backend, clinic.slug(), domain)
        .await
        .unwrap();
    let task = TaskId(uuid::Uuid::now_v7());
    clinic.failed_task(task).await;
    vec![
        ("{user}", user.to_string()),
        ("{profile}", profile.to_string()),
        ("{domain}", domain.to_string()),
        ("{number}", number.to_string()),
        ("{task}", task.to_string()),
    ]
}

#[tokio::test]
async fn no_text_of_the_database_becomes_a_script_on_any_page() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let ids = fill(&server, &clinic).await;
    let input = ApiTokenInput {
        name: "Report".to_owned(),
        enterprise: None,
        role: Some(Role::ProviderAdmin),
        days: 1,
    };
    let owner = server.portal.provider_admin().await;
    api_token::create(&owner, server.portal.backend(), &input)
        .await
        .unwrap();
    let mut provider = server.signed_in(None).await;

    let mut planted = Vec::new();
    for column in texts(&server).await {
        let (table, name) = column.split_once('.').unwrap();
        let sql = format!("UPDATE {table} SET {name} = '{SCRIPT}' || rowid");
        // The database refuses it where it holds a rule of its own, such as the words of a state.
        if server.portal.execute(&sql).await.is_ok() {
            planted.push(column);
        }
    }
    for column in [
        "account.display_name",
        "sms_group.name",
        "task.failure",
        "teams_user.display_name",
    ] {
        assert!(planted.iter().any(|planted| planted == column), "{column}: {planted:?}");
    }
    for page in PAGES {
        let path = ids
            .iter()
            .fold(page.to_owned(), |path, (name, id)| path.replace(name, id));
        let shown = provider.get(&path).await;
        assert_eq!(
            shown.status,
            StatusCode::OK,
            "{path} cannot be shown. A new column of a form of its own belongs to OF_A_FORM."
        );
        for element in ["<script>alert(1)", "<img src=x"] {
            assert!(!shown.body.contains(element), "{element} is on {path}");
        }
        assert!(shown.body.contains("&lt;img src=x"), "{path} shows the texts");
    }
}
