//! Cases of the provider's console, and the members of an enterprise.

use super::{Case, Reach, case};

pub(super) const CASES: &[Case<'static>] = &[
    case(
        "/rpc/alert_destination/create",
        Reach::Provider,
        r#"{"input":{"kind":"webhook","address":"https://hooks.company.example/{n}"}}"#,
    ),
    case("/rpc/alert_destination/list", Reach::Provider, ""),
    case(
        "/rpc/alert_destination/remove",
        Reach::Provider,
        r#"{"id":"{destination}"}"#,
    ),
    case(
        "/rpc/alert_destination/send_test",
        Reach::Provider,
        r#"{"id":"{destination}"}"#,
    ),
    case("/rpc/enterprise/context", Reach::Reads, "enterprise=alder-clinics"),
    case(
        "/rpc/enterprise/create",
        Reach::Provider,
        r#"{"input":{"slug":"new-enterprise-{n}","settings":{settings}}}"#,
    ),
    case("/rpc/enterprise/get", Reach::OfProvider, "enterprise=alder-clinics"),
    case("/rpc/enterprise/list", Reach::Provider, "query="),
    case("/rpc/enterprise/list_all", Reach::Provider, r#"{"ids":[]}"#),
    case(
        "/rpc/enterprise/set_suspended",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","version":1,"suspended":true}"#,
    ),
    case(
        "/rpc/enterprise/update",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","version":1,"input":{settings}}"#,
    ),
    case(
        "/rpc/membership/get",
        Reach::Reads,
        "enterprise=alder-clinics&id={member}",
    ),
    case(
        "/rpc/membership/invite",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","input":{"email":"new@company.example","role":"enterprise_viewer"}}"#,
    ),
    case("/rpc/membership/list", Reach::Reads, "enterprise=alder-clinics&query="),
    case(
        "/rpc/membership/list_all",
        Reach::ReadsMany,
        r#"{"enterprise":"alder-clinics","ids":[]}"#,
    ),
    case(
        "/rpc/membership/remove",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{member}"}"#,
    ),
    case(
        "/rpc/membership/renew_invitation",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{invitation}"}"#,
    ),
    case(
        "/rpc/membership/reset_password",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{member}"}"#,
    ),
    case(
        "/rpc/membership/revoke_token",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{member}","token":"{token}"}"#,
    ),
    case(
        "/rpc/membership/set_disabled",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{member}","disabled":true}"#,
    ),
    case(
        "/rpc/membership/set_role",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{member}","was":"enterprise_viewer","role":"enterprise_admin"}"#,
    ),
    case(
        "/rpc/membership/tokens",
        Reach::OfProvider,
        "enterprise=alder-clinics&id={member}",
    ),
    case(
        "/rpc/membership/withdraw_invitation",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{invitation}"}"#,
    ),
    case("/rpc/provider/get", Reach::Provider, ""),
    case(
        "/rpc/provider/update",
        Reach::Provider,
        r#"{"version":1,"input":{"name":"Test Voice","email":"","phone":""}}"#,
    ),
    case(
        "/rpc/resubscription_request/answer",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{request}","input":{"verdict":"done","text":""}}"#,
    ),
    case(
        "/rpc/resubscription_request/file",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{domain}"}"#,
    ),
    case("/rpc/resubscription_request/get", Reach::Provider, "id={request}"),
    case("/rpc/resubscription_request/list", Reach::Provider, "query="),
    case("/rpc/resubscription_request/list_all", Reach::Provider, r#"{"ids":[]}"#),
];
