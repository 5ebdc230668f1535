//! Every address of the portal, as a function, by area; nothing else builds one by hand.

mod account;
mod audit;
mod carriers;
mod domains;
mod enterprise;
mod export;
mod groups;
mod help;
mod imports;
mod invitation;
mod numbers;
mod provider;
mod shell;
mod sms;
mod tasks;
mod users;

pub use self::{
    account::{api_docs, api_tokens},
    audit::{AuditDialog, audit},
    carriers::ProfileDialog,
    domains::DomainDialog,
    enterprise::{configuration, enterprise, enterprise_start, live},
    export::{export, page_of_export},
    groups::{GroupDialog, group},
    help::{HelpTopic, help},
    imports::{
        IMPORT_CALLS, import, import_file, import_of, import_rejected, import_template, import_upload, imported,
    },
    invitation::{invitation, is_invitation, without_secrets},
    numbers::{NumberDialog, number, numbers},
    provider::{
        EnterpriseDialog, MemberDeed, MemberDialog, RequestDialog, provider, provider_alerts, provider_contact,
        provider_live, provider_members, provider_requests,
    },
    shell::{after_sign_in, home, sign_in, sign_in_and_return},
    sms::{is_service, sms_tab},
    tasks::{TaskDialog, dashboard},
    users::{UserDialog, user, users},
};

/// `path` with the parts of a query string that are not empty.
#[must_use]
pub fn with_query(path: &str, parts: &[&str]) -> String {
    let query: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use domain::enterprise::{EnterpriseSlug, SmsTab};

    use super::*;

    #[test]
    fn every_address() {
        let slug = EnterpriseSlug::parse("alder-clinics").unwrap();
        assert_eq!(sms_tab(&slug, SmsTab::General), "/e/alder-clinics/services/sms");
        assert_eq!(sms_tab(&slug, SmsTab::Groups), "/e/alder-clinics/services/sms/groups");
        assert_eq!(
            sms_tab(&slug, SmsTab::Carriers),
            "/e/alder-clinics/services/sms/carriers"
        );
        assert_eq!(sms_tab(&slug, SmsTab::Domains), "/e/alder-clinics/services/sms/domains");
        assert!(is_service(&sms_tab(&slug, SmsTab::General)) && is_service(&sms_tab(&slug, SmsTab::Domains)));
        assert!(!is_service(&enterprise(&slug)) && !is_service("/help/services/x"));
        assert_eq!(enterprise(&slug), "/e/alder-clinics");
        assert_eq!(dashboard(&slug), "/e/alder-clinics/dashboard");
        assert_eq!(configuration(&slug), "/e/alder-clinics/configuration");
        assert_eq!(numbers(&slug), "/e/alder-clinics/numbers");
        let id = "018f3c1e-0000-7000-8000-000000000001";
        assert_eq!(users(&slug), "/e/alder-clinics/users");
        assert_eq!(
            user(&slug, id.parse().unwrap()),
            format!("/e/alder-clinics/users?dialog=user&id={id}")
        );
        assert_eq!(
            group(&slug, id.parse().unwrap()),
            format!("/e/alder-clinics/services/sms/groups?dialog=update&id={id}")
        );
        assert_eq!(numbers(&slug), "/e/alder-clinics/numbers");
        assert_eq!(
            number(&slug, id.parse().unwrap()),
            format!("/e/alder-clinics/numbers?dialog=assign&id={id}")
        );
        assert_eq!(live(&slug), "/rpc/live/alder-clinics");
        assert_eq!(audit(&slug), "/e/alder-clinics/audit");
        assert_eq!(api_tokens(), "/account/tokens");
        assert_eq!(api_docs(), "/api/docs/");
        let groups = sms_tab(&slug, SmsTab::Groups);
        let export_of_desks = export(&groups, "search=desk");
        assert_eq!(
            export_of_desks,
            "/e/alder-clinics/services/sms/groups/export.csv?search=desk"
        );
        assert_eq!(page_of_export(&export_of_desks), format!("{groups}?search=desk"));
        assert_eq!(page_of_export(&export(&groups, "")), groups);
        assert_eq!(page_of_export("/?export.csv"), "/?export.csv");
        assert_eq!(help(HelpTopic::SmsGroups), "/help/sms-groups");
        assert_eq!(sign_in_and_return("/"), "/sign-in");
        assert_eq!(
            sign_in_and_return("/e/a?search=x y&page=2"),
            "/sign-in?next=/e/a%3Fsearch%3Dx%20y%26page%3D2"
        );
    }
}
