//! Cases of signing in, invitations, and a person's own tokens.

use super::{Case, Reach, case};
use crate::support::SIGN_IN;

pub(super) const CASES: &[Case<'static>] = &[
    case(
        "/rpc/api_token/create",
        Reach::MakesTokens,
        r#"{"input":{"name":"Report","enterprise":null,"role":"enterprise_viewer","days":7}}"#,
    ),
    case("/rpc/api_token/list", Reach::SignedIn, ""),
    case("/rpc/api_token/revoke", Reach::OwnsNone, r#"{"id":"{group}"}"#),
    case(
        "/rpc/invitation/accept",
        Reach::Everybody,
        "token=no-such-token&password=fifteen-characters",
    ),
    case("/rpc/invitation/get", Reach::Everybody, r#"{"token":"no-such-token"}"#),
    case("/rpc/session/current", Reach::SignedIn, ""),
    case(
        SIGN_IN,
        Reach::Everybody,
        "email={group}@company.example&password=wrong",
    ),
    case("/rpc/session/sign_out", Reach::Everybody, ""),
    case("/rpc/session/sign_out_everywhere", Reach::SignedIn, ""),
];
