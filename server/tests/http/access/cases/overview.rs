//! Cases of what an enterprise shows as a whole: counts, tasks, the audit log, and finding things in it.

use super::{Case, Reach, case};

pub(super) const CASES: &[Case<'static>] = &[
    case("/rpc/audit/get", Reach::Reads, "enterprise=alder-clinics&id={entry}"),
    case(
        "/rpc/audit/history",
        Reach::Reads,
        "enterprise=alder-clinics&resource=sms_group&id={group}",
    ),
    case("/rpc/audit/list", Reach::Reads, "enterprise=alder-clinics&query="),
    case("/rpc/finder/find", Reach::Reads, "enterprise=alder-clinics&search=ada"),
    case("/rpc/health/summary", Reach::Reads, "enterprise=alder-clinics"),
    case("/rpc/task/get", Reach::Reads, "enterprise=alder-clinics&id={task}"),
    case("/rpc/task/list", Reach::Reads, "enterprise=alder-clinics&query="),
    case(
        "/rpc/task/list_all",
        Reach::ReadsMany,
        r#"{"enterprise":"alder-clinics","ids":[]}"#,
    ),
    case(
        "/rpc/task/retry",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{task}"}"#,
    ),
    case(
        "/rpc/task/start_sync",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics"}"#,
    ),
];
