//! What the pages can do, scripts can do: each server function has its operation, or a reason why there is none. And the
//! policy that holds at one of the two doors holds at the other.

use std::collections::{BTreeMap, BTreeSet};

use super::borders::operations;
use crate::access::{
    cases::{CASES, Reach},
    registered,
};

/// What stands for a server function in the API.
pub(super) enum Twin {
    /// The operations that do the same between them.
    Operations(&'static [&'static str]),
    /// There is none, for this reason.
    PageOnly(&'static str),
}

use Twin::{Operations, PageOnly};

const OWN_TOKENS: Twin = PageOnly("a token makes, lists and revokes no tokens of its account");
const SESSIONS: Twin = PageOnly("a script has a token and no session");
const BY_LINK: Twin = PageOnly("whoever has the link sets a password, which is a person's business");

/// One line for each server function.
pub(super) const TWINS: &[(&str, Twin)] = &[
    (
        "/rpc/alert_destination/create",
        Operations(&["create_alert_destination"]),
    ),
    ("/rpc/alert_destination/list", Operations(&["list_alert_destinations"])),
    (
        "/rpc/alert_destination/remove",
        Operations(&["remove_alert_destination"]),
    ),
    ("/rpc/alert_destination/send_test", Operations(&["send_test_alert"])),
    ("/rpc/api_token/create", OWN_TOKENS),
    ("/rpc/api_token/list", OWN_TOKENS),
    ("/rpc/api_token/revoke", OWN_TOKENS),
    ("/rpc/audit/get", Operations(&["get_audit_entry"])),
    ("/rpc/audit/history", Operations(&["get_history"])),
    ("/rpc/audit/list", Operations(&["list_audit_entries"])),
    ("/rpc/carrier_profile/check", Operations(&["test_carrier_profile"])),
    ("/rpc/carrier_profile/create", Operations(&["create_carrier_profile"])),
    ("/rpc/carrier_profile/delete", Operations(&["delete_carrier_profile"])),
    ("/rpc/carrier_profile/forms", Operations(&["list_carriers"])),
    ("/rpc/carrier_profile/get", Operations(&["get_carrier_profile"])),
    ("/rpc/carrier_profile/list", Operations(&["list_carrier_profiles"])),
    ("/rpc/carrier_profile/list_all", Operations(&["list_carrier_profiles"])),
    ("/rpc/carrier_profile/update", Operations(&["update_carrier_profile"])),
    ("/rpc/config_snapshot/history", Operations(&["list_snapshots"])),
    ("/rpc/config_snapshot/list", Operations(&["list_configured_numbers"])),
    (
        "/rpc/config_snapshot/list_all",
        Operations(&["list_configured_numbers"]),
    ),
    ("/rpc/config_snapshot/pending", Operations(&["list_pending_changes"])),
    (
        "/rpc/config_snapshot/pending_count",
        Operations(&["list_pending_changes"]),
    ),
    ("/rpc/domain_subscription/delete", Operations(&["delete_domain"])),
    ("/rpc/domain_subscription/get", Operations(&["get_domain"])),
    ("/rpc/domain_subscription/list", Operations(&["list_domains"])),
    ("/rpc/domain_subscription/list_all", Operations(&["list_domains"])),
    ("/rpc/domain_subscription/renew", Operations(&["renew_domain"])),
    ("/rpc/domain_subscription/subscribe", Operations(&["subscribe_domain"])),
    ("/rpc/enterprise/context", Operations(&["get_enterprise"])),
    ("/rpc/enterprise/create", Operations(&["create_enterprise"])),
    ("/rpc/enterprise/get", Operations(&["get_provider_enterprise"])),
    ("/rpc/enterprise/list", Operations(&["list_provider_enterprises"])),
    ("/rpc/enterprise/list_all", Operations(&["list_provider_enterprises"])),
    (
        "/rpc/enterprise/set_suspended",
        Operations(&["suspend_enterprise", "resume_enterprise"]),
    ),
    ("/rpc/enterprise/update", Operations(&["update_enterprise"])),
    (
        "/rpc/finder/find",
        Operations(&["list_groups", "list_users", "list_numbers"]),
    ),
    ("/rpc/health/summary", Operations(&["get_health", "list_alerts"])),
    ("/rpc/import/apply", Operations(&["apply_import"])),
    ("/rpc/import/check", Operations(&["check_import"])),
    ("/rpc/import/from_carrier", Operations(&["import_from_carrier"])),
    ("/rpc/import/get", Operations(&["get_import"])),
    ("/rpc/import/outcomes", Operations(&["list_import_outcomes"])),
    ("/rpc/import/read_as", Operations(&["read_import_as"])),
    ("/rpc/invitation/accept", BY_LINK),
    ("/rpc/invitation/get", BY_LINK),
    ("/rpc/membership/get", Operations(&["get_account"])),
    ("/rpc/membership/invite", Operations(&["invite_account"])),
    ("/rpc/membership/list", Operations(&["list_accounts"])),
    ("/rpc/membership/list_all", Operations(&["list_accounts"])),
    ("/rpc/membership/remove", Operations(&["remove_account"])),
    ("/rpc/membership/renew_invitation", Operations(&["renew_invitation"])),
    (
        "/rpc/membership/reset_password",
        Operations(&["reset_account_password"]),
    ),
    ("/rpc/membership/revoke_token", Operations(&["revoke_account_token"])),
    (
        "/rpc/membership/set_disabled",
        Operations(&["disable_account", "enable_account"]),
    ),
    ("/rpc/membership/set_role", Operations(&["set_account_role"])),
    ("/rpc/membership/tokens", Operations(&["list_account_tokens"])),
    (
        "/rpc/membership/withdraw_invitation",
        Operations(&["withdraw_invitation"]),
    ),
    ("/rpc/number/assign", Operations(&["assign_number"])),
    ("/rpc/number/create", Operations(&["create_number"])),
    ("/rpc/number/delete", Operations(&["delete_number"])),
    ("/rpc/number/delete_many", Operations(&["delete_many_numbers"])),
    ("/rpc/number/get", Operations(&["get_number"])),
    ("/rpc/number/list", Operations(&["list_numbers"])),
    ("/rpc/number/list_all", Operations(&["list_numbers"])),
    ("/rpc/number/options_for_group", Operations(&["list_numbers"])),
    ("/rpc/number/options_for_user", Operations(&["list_numbers"])),
    ("/rpc/number/update", Operations(&["update_number"])),
    ("/rpc/number/update_many", Operations(&["update_many_numbers"])),
    ("/rpc/provider/get", Operations(&["get_provider"])),
    ("/rpc/provider/update", Operations(&["update_provider"])),
    ("/rpc/resubscription_request/answer", Operations(&["answer_request"])),
    (
        "/rpc/resubscription_request/file",
        Operations(&["request_resubscription"]),
    ),
    ("/rpc/resubscription_request/get", Operations(&["get_request"])),
    ("/rpc/resubscription_request/list", Operations(&["list_requests"])),
    ("/rpc/resubscription_request/list_all", Operations(&["list_requests"])),
    ("/rpc/session/current", SESSIONS),
    ("/rpc/session/sign_in", SESSIONS),
    ("/rpc/session/sign_out", SESSIONS),
    ("/rpc/session/sign_out_everywhere", SESSIONS),
    ("/rpc/sms_group/create", Operations(&["create_group"])),
    ("/rpc/sms_group/delete", Operations(&["delete_group"])),
    ("/rpc/sms_group/get", Operations(&["get_group"])),
    ("/rpc/sms_group/list", Operations(&["list_groups"])),
    ("/rpc/sms_group/list_all", Operations(&["list_groups"])),
    ("/rpc/sms_group/restore", Operations(&["restore_group"])),
    ("/rpc/sms_group/update", Operations(&["update_group"])),
    ("/rpc/task/get", Operations(&["get_task"])),
    ("/rpc/task/list", Operations(&["list_tasks"])),
    ("/rpc/task/list_all", Operations(&["list_tasks"])),
    ("/rpc/task/retry", Operations(&["retry_task"])),
    ("/rpc/task/start_sync", Operations(&["start_sync"])),
    ("/rpc/teams_user/get", Operations(&["get_user"])),
    ("/rpc/teams_user/list", Operations(&["list_users"])),
    ("/rpc/teams_user/list_all", Operations(&["list_users"])),
    ("/rpc/teams_user/offboard", Operations(&["offboard_user"])),
    ("/rpc/teams_user/offboard_preview", Operations(&["preview_offboarding"])),
    ("/rpc/teams_user/options", Operations(&["list_users"])),
    ("/rpc/teams_user/set_numbers", Operations(&["set_user_numbers"])),
    ("/rpc/teams_user/undo_offboard", Operations(&["undo_offboarding"])),
];

/// Operations that stand for no server function, and whose business they are: what connectors read, what the pages have at
/// addresses of their own or in a list.
const OTHERS: &[(&str, Reach)] = &[
    ("export_accounts", Reach::Reads),
    ("export_audit_entries", Reach::Reads),
    ("export_carrier_profiles", Reach::Reads),
    ("export_configured_numbers", Reach::Reads),
    ("export_domains", Reach::Reads),
    ("export_enterprises", Reach::Provider),
    ("export_groups", Reach::Reads),
    ("export_numbers", Reach::Reads),
    ("export_rejected_rows", Reach::Reads),
    ("export_requests", Reach::Provider),
    ("export_tasks", Reach::Reads),
    ("export_users", Reach::Reads),
    ("get_alert_destination", Reach::Provider),
    ("get_configuration", Reach::Reads),
    ("list_enterprises", Reach::SignedIn),
    ("upload_import", Reach::Changes),
];

/// Whose business each operation is. An answer to a request is found through the provider's queue, so whoever runs no provider
/// is told nothing of it.
pub(super) fn reaches() -> BTreeMap<&'static str, Reach> {
    let mut reaches: BTreeMap<&str, Reach> = OTHERS.iter().copied().collect();
    for (path, twin) in TWINS {
        let (Operations(names), Some(case)) = (twin, CASES.iter().find(|case| case.path == *path)) else {
            continue;
        };
        reaches.extend(names.iter().map(|name| (*name, case.reach)));
    }
    reaches.insert("answer_request", Reach::Provider);
    reaches
}

#[test]
fn every_server_function_has_a_twin_or_a_reason() {
    let paths: BTreeSet<String> = registered().into_iter().map(|(path, _)| path).collect();
    let lines: BTreeSet<String> = TWINS.iter().map(|(path, _)| (*path).to_owned()).collect();
    let missing: Vec<_> = paths.difference(&lines).collect();
    assert!(
        missing.is_empty(),
        "No operation of the API stands for {missing:?}. Add the operation in server/src/api and a line to TWINS in \
         server/tests/http/api/twins.rs; or say there why scripts have no use for it."
    );
    let gone: Vec<_> = lines.difference(&paths).collect();
    assert!(
        gone.is_empty(),
        "There is no server function at {gone:?} any more; remove the line from TWINS, and keep the operation: within v1 \
         none is taken away."
    );
    for (path, twin) in TWINS {
        match twin {
            Operations(names) => assert!(!names.is_empty(), "{path}"),
            PageOnly(reason) => assert!(!reason.is_empty(), "{path}"),
        }
    }
}

#[test]
fn every_twin_is_an_operation_and_every_operation_is_known() {
    let known: BTreeSet<String> = operations().into_iter().map(|operation| operation.id).collect();
    let named: BTreeSet<String> = reaches().keys().map(|name| (*name).to_owned()).collect();
    assert_eq!(
        known, named,
        "the operations of the document on the left, those of TWINS and OTHERS in server/tests/http/api/twins.rs on the \
         right"
    );
}
