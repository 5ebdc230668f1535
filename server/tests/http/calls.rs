//! What travels between a page and its server, in a form that tests write and read: JSON, both arguments and answers.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use app::{
    error::AppError,
    server_fns::{
        alert_destination, api_token, audit, carrier_profile, config_snapshot, domain_subscription, enterprise, finder,
        health, import_upload, invitation, membership, number, provider, resubscription_request, session, sms_group,
        task, teams_user, wire,
    },
};
use domain::import::ImportUpload;
use http::StatusCode;
use leptos::server_fn::ServerFn;
use serde::{Serialize, de::DeserializeOwned};

use crate::access::registered;

/// The two forms of one server function.
struct Call {
    path: &'static str,
    /// The bytes of its arguments.
    arguments: fn(&str) -> Option<Vec<u8>>,
    /// The JSON of its answer.
    answer: fn(&[u8]) -> Option<String>,
}

fn call<F>() -> Call
where
    F: ServerFn + Serialize + DeserializeOwned,
    F::Output: Serialize + DeserializeOwned,
{
    Call {
        path: F::PATH,
        arguments: bytes_of::<F>,
        answer: json_of::<F::Output>,
    }
}

/// One that answers with a whole list, which is not looked into here.
fn streaming<F: ServerFn + Serialize + DeserializeOwned>() -> Call {
    Call {
        path: F::PATH,
        arguments: bytes_of::<F>,
        answer: |_| None,
    }
}

fn bytes_of<T: Serialize + DeserializeOwned>(json: &str) -> Option<Vec<u8>> {
    wire::write(&serde_json::from_str::<T>(json).ok()?).ok()
}

fn json_of<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Option<String> {
    serde_json::to_string(&wire::read::<T>(bytes).ok()?).ok()
}

/// Every server function, by its path.
static CALLS: LazyLock<BTreeMap<&'static str, Call>> = LazyLock::new(|| {
    let calls = [
        call::<alert_destination::CreateAlertDestination>(),
        call::<alert_destination::ListAlertDestinations>(),
        call::<alert_destination::RemoveAlertDestination>(),
        call::<alert_destination::SendTestAlert>(),
        call::<api_token::CreateApiToken>(),
        call::<api_token::ListApiTokens>(),
        call::<api_token::RevokeApiToken>(),
        call::<audit::GetAuditEntry>(),
        call::<audit::ListAuditHistory>(),
        call::<audit::ListAuditEvents>(),
        call::<carrier_profile::CheckCarrierProfile>(),
        call::<carrier_profile::CreateCarrierProfile>(),
        call::<carrier_profile::DeleteCarrierProfile>(),
        call::<carrier_profile::ListCarrierForms>(),
        call::<carrier_profile::GetCarrierProfile>(),
        call::<carrier_profile::ListCarrierProfiles>(),
        streaming::<carrier_profile::ListAllCarrierProfiles>(),
        call::<carrier_profile::UpdateCarrierProfile>(),
        call::<config_snapshot::GetSnapshotHistory>(),
        call::<config_snapshot::ListConfiguredNumbers>(),
        streaming::<config_snapshot::ListAllConfiguredNumbers>(),
        call::<config_snapshot::GetPendingChanges>(),
        call::<config_snapshot::CountPendingChanges>(),
        call::<domain_subscription::DeleteDomainSubscription>(),
        call::<domain_subscription::GetDomainSubscription>(),
        call::<domain_subscription::ListDomainSubscriptions>(),
        streaming::<domain_subscription::ListAllDomainSubscriptions>(),
        call::<domain_subscription::RenewDomain>(),
        call::<domain_subscription::SubscribeDomain>(),
        call::<enterprise::LoadEnterprise>(),
        call::<enterprise::CreateEnterprise>(),
        call::<enterprise::GetEnterprise>(),
        call::<enterprise::ListEnterprises>(),
        streaming::<enterprise::ListAllEnterprises>(),
        call::<enterprise::SuspendEnterprise>(),
        call::<enterprise::UpdateEnterprise>(),
        call::<finder::FindAnything>(),
        call::<health::LoadHealth>(),
        call::<import_upload::ApplyImport>(),
        call::<import_upload::CheckImport>(),
        call::<import_upload::ImportFromCarrier>(),
        call::<import_upload::GetImportUpload>(),
        call::<import_upload::ListImportOutcomes>(),
        call::<import_upload::ReadImportAs>(),
        call::<invitation::AcceptInvitation>(),
        call::<invitation::GetInvitation>(),
        call::<membership::GetMember>(),
        call::<membership::InviteMember>(),
        call::<membership::ListMembers>(),
        streaming::<membership::ListAllMembers>(),
        call::<membership::RemoveMember>(),
        call::<membership::RenewInvitation>(),
        call::<membership::ResetMemberPassword>(),
        call::<membership::RevokeMemberToken>(),
        call::<membership::SetMemberDisabled>(),
        call::<membership::SetMemberRole>(),
        call::<membership::ListMemberTokens>(),
        call::<membership::WithdrawInvitation>(),
        call::<number::AssignNumber>(),
        call::<number::CreateNumber>(),
        call::<number::DeleteNumber>(),
        call::<number::DeleteNumbers>(),
        call::<number::GetNumber>(),
        call::<number::ListNumbers>(),
        streaming::<number::ListAllNumbers>(),
        call::<number::NumberOptions>(),
        call::<number::NumberOptionsForUser>(),
        call::<number::UpdateNumber>(),
        call::<number::UpdateNumbers>(),
        call::<provider::GetProvider>(),
        call::<provider::UpdateProvider>(),
        call::<resubscription_request::AnswerResubscriptionRequest>(),
        call::<resubscription_request::FileResubscriptionRequest>(),
        call::<resubscription_request::GetResubscriptionRequest>(),
        call::<resubscription_request::ListResubscriptionRequests>(),
        streaming::<resubscription_request::ListAllResubscriptionRequests>(),
        call::<session::LoadSession>(),
        call::<session::SignIn>(),
        call::<session::SignOut>(),
        call::<session::SignOutEverywhere>(),
        call::<sms_group::CreateSmsGroup>(),
        call::<sms_group::DeleteSmsGroup>(),
        call::<sms_group::GetSmsGroup>(),
        call::<sms_group::ListSmsGroups>(),
        streaming::<sms_group::ListAllSmsGroups>(),
        call::<sms_group::RestoreSmsGroup>(),
        call::<sms_group::UpdateSmsGroup>(),
        call::<task::GetTask>(),
        call::<task::ListTasks>(),
        streaming::<task::ListAllTasks>(),
        call::<task::RetryTask>(),
        call::<task::StartSync>(),
        call::<teams_user::GetTeamsUser>(),
        call::<teams_user::ListTeamsUsers>(),
        streaming::<teams_user::ListAllTeamsUsers>(),
        call::<teams_user::OffboardUser>(),
        call::<teams_user::PreviewOffboarding>(),
        call::<teams_user::TeamsUserOptions>(),
        call::<teams_user::SetUserNumbers>(),
        call::<teams_user::UndoOffboarding>(),
    ];
    calls.into_iter().map(|call| (call.path, call)).collect()
});

/// The body of a call with these arguments; none if they do not fit it.
pub(crate) fn arguments(path: &str, json: &str) -> Option<Vec<u8>> {
    (CALLS.get(path)?.arguments)(json)
}

/// The JSON of what a call was answered with; nothing for a form that is led on and for a HEAD.
pub(crate) fn answer(path: &str, status: StatusCode, bytes: &[u8]) -> String {
    let json = match (status.is_success(), bytes) {
        (true, _) => value(path, bytes),
        (false, []) => return String::new(),
        (false, _) => json_of::<AppError>(bytes),
    };
    json.unwrap_or_else(|| {
        panic!("{path} answered {status} with bytes that say nothing. Is it missing in CALLS? {bytes:?}")
    })
}

fn value(path: &str, bytes: &[u8]) -> Option<String> {
    if path.starts_with("/rpc/import/upload/") {
        return json_of::<ImportUpload>(bytes);
    }
    (CALLS.get(path)?.answer)(bytes)
}

#[test]
fn every_server_function_is_among_the_calls() {
    let registered: BTreeSet<String> = registered().into_iter().map(|(path, _)| path).collect();
    let known: BTreeSet<String> = CALLS.keys().map(|path| (*path).to_owned()).collect();
    assert_eq!(
        registered, known,
        "the server's on the left, those of CALLS on the right"
    );
}
