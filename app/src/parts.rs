//! The parts of the browser's module: pages and dialogs whose code is loaded with their first use.
//!
//! Here are the pages that are parts. Others are declared with `part!` where they are used: the dialogs of the Groups tab
//! and the undoing of a deletion, the palette, the list of shortcuts, and what is in the popovers of a table. The Groups
//! tab and the pages that only lead on are in the main module.
//!
//! Parts that share much are in one module: what two modules share is a module again, so many small parts would be a
//! hundred files.
//!
//! On the server a part is there like everything else. In the browser the parts of the page that was loaded are there
//! before it is taken over ([`load`]); those of other pages come when somebody goes there.

mod showing;

use std::pin::Pin;

pub(crate) use leptos::wasm_split::SplitLoaderError;

pub(crate) use self::showing::{show, show_dialog};
use crate::{
    erase::Erased,
    pages::{
        account::tokens::TokensPage,
        audit::AuditPage,
        configuration::ConfigurationPage,
        dashboard::DashboardPage,
        help::HelpPage,
        imports::ImportPage,
        invitation::InvitationPage,
        numbers::NumbersPage,
        provider::{
            alerts::AlertsPage, contact::ContactPage, enterprises::EnterprisesPage, members::MembersPage,
            requests::RequestsPage,
        },
        sign_in::SignIn,
        sms::{carriers::CarriersTab, domains::DomainsTab, general::GeneralTab},
        users::UsersPage,
    },
};

/// The loading of a part.
pub(crate) type Loading = Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;
/// The making of a part's view, which begins with its loading.
pub(crate) type Making = Pin<Box<dyn Future<Output = Result<Erased, SplitLoaderError>>>>;

/// Declares a part: `$name` makes its view or whatever else, `$load` loads it. Its code is in `$module`, with that of the
/// other parts there.
macro_rules! part {
    ($module:ident, $name:ident, $load:ident, ($($argument:ident: $type:ty),*) => $view:expr) => {
        $crate::parts::part!($module, $name, $load, ($($argument: $type),*) -> $crate::erase::Erased => $view);
    };
    ($module:ident, $name:ident, $load:ident, ($($argument:ident: $type:ty),*) -> $made:ty => $make:expr) => {
        #[::leptos::wasm_split::wasm_split(
            $module,
            wasm_split_path = ::leptos::wasm_split,
            preload($load),
            fallible
        )]
        fn $name($($argument: $type),*) -> Result<$made, $crate::parts::SplitLoaderError> {
            Ok($make)
        }
    };
}
pub(crate) use part;

/// A page that is a part.
pub struct PagePart {
    name: &'static str,
    module: &'static str,
    load: fn() -> Loading,
    view: fn() -> Erased,
}

macro_rules! page {
    ($module:ident, $constant:ident, $name:ident, $load:ident, $page:ident) => {
        part!($module, $name, $load, () => $page());

        pub(crate) const $constant: PagePart = PagePart {
            name: stringify!($name),
            module: stringify!($module),
            load: || Box::pin($load()),
            view: || show_page(|| Box::pin($load()), || Box::pin($name())),
        };
    };
}

page!(outside, SIGN_IN, sign_in, load_sign_in, SignIn);
page!(outside, HELP, help, load_help, HelpPage);
page!(carriage, GENERAL, general, load_general, GeneralTab);
page!(carriage, CARRIERS, carriers, load_carriers, CarriersTab);
page!(carriage, DOMAINS, domains, load_domains, DomainsTab);
page!(overview, DASHBOARD, dashboard, load_dashboard, DashboardPage);
page!(
    overview,
    CONFIGURATION,
    configuration,
    load_configuration,
    ConfigurationPage
);
page!(people, NUMBERS, numbers, load_numbers, NumbersPage);
page!(people, USERS, users, load_users, UsersPage);
page!(overview, AUDIT, audit, load_audit, AuditPage);
page!(people, IMPORT, import_page, load_import_page, ImportPage);
page!(overview, TOKENS, tokens, load_tokens, TokensPage);
page!(outside, INVITATION, invitation, load_invitation, InvitationPage);
page!(
    console,
    PROVIDER_ENTERPRISES,
    provider_enterprises,
    load_provider_enterprises,
    EnterprisesPage
);
page!(
    console,
    PROVIDER_REQUESTS,
    provider_requests,
    load_provider_requests,
    RequestsPage
);
page!(
    console,
    PROVIDER_ALERTS,
    provider_alerts,
    load_provider_alerts,
    AlertsPage
);
page!(
    console,
    PROVIDER_CONTACT,
    provider_contact,
    load_provider_contact,
    ContactPage
);
page!(
    console,
    PROVIDER_MEMBERS,
    provider_members,
    load_provider_members,
    MembersPage
);

const PAGES: &[&PagePart] = &[
    &SIGN_IN,
    &HELP,
    &GENERAL,
    &CARRIERS,
    &DOMAINS,
    &DASHBOARD,
    &CONFIGURATION,
    &NUMBERS,
    &USERS,
    &AUDIT,
    &IMPORT,
    &TOKENS,
    &INVITATION,
    &PROVIDER_ENTERPRISES,
    &PROVIDER_REQUESTS,
    &PROVIDER_ALERTS,
    &PROVIDER_CONTACT,
    &PROVIDER_MEMBERS,
];

impl PagePart {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The name of the module with its code, as in the list of built files.
    #[must_use]
    pub fn module(&self) -> &'static str {
        self.module
    }

    /// What makes the page.
    pub(crate) fn view(&self) -> fn() -> Erased {
        self.view
    }
}

/// The part that the page at `path` is, if it is one.
#[must_use]
pub fn of_address(path: &str) -> Option<&'static PagePart> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let part = match segments.as_slice() {
        ["sign-in"] => &SIGN_IN,
        ["help", _] => &HELP,
        ["account", "tokens"] => &TOKENS,
        ["e", _, "dashboard"] => &DASHBOARD,
        ["e", _, "configuration"] => &CONFIGURATION,
        ["e", _, "numbers"] => &NUMBERS,
        ["e", _, "users"] => &USERS,
        ["e", _, "audit"] => &AUDIT,
        ["e", _, "numbers" | "users", "import"] | ["e", _, "numbers" | "users", "import", _] => &IMPORT,
        ["invitation", _] => &INVITATION,
        ["provider"] => &PROVIDER_ENTERPRISES,
        ["provider", "requests"] => &PROVIDER_REQUESTS,
        ["provider", "alerts"] => &PROVIDER_ALERTS,
        ["provider", "contact"] => &PROVIDER_CONTACT,
        ["provider", "enterprises", _] => &PROVIDER_MEMBERS,
        ["e", _, "services", "sms"] => &GENERAL,
        ["e", _, "services", "sms", "carriers"] => &CARRIERS,
        ["e", _, "services", "sms", "domains"] => &DOMAINS,
        _ => return None,
    };
    Some(part)
}

/// Loads the part of that name; of one that is not known there is nothing to load.
///
/// # Errors
/// It could not be loaded.
pub async fn load(name: &str) -> Result<(), SplitLoaderError> {
    match PAGES.iter().find(|part| part.name == name) {
        Some(part) => (part.load)().await,
        None => Ok(()),
    }
}

fn show_page(load: fn() -> Loading, make: fn() -> Making) -> Erased {
    show(load, make)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_tells_the_part() {
        let part = |path: &str| of_address(path).map(|part| (part.name(), part.module()));
        assert_eq!(part("/sign-in"), Some(("sign_in", "outside")));
        assert_eq!(part("/help/sms-groups"), Some(("help", "outside")));
        assert_eq!(part("/e/alder-clinics/services/sms/"), Some(("general", "carriage")));
        assert_eq!(
            part("/e/alder-clinics/services/sms/domains"),
            Some(("domains", "carriage"))
        );
        assert_eq!(part("/e/alder-clinics/numbers"), Some(("numbers", "people")));
        assert_eq!(part("/e/alder-clinics/services/sms/groups"), None);
        assert_eq!(
            part("/e/alder-clinics/users/import/17"),
            Some(("import_page", "people"))
        );
        assert_eq!(part("/provider"), Some(("provider_enterprises", "console")));
        assert_eq!(
            part("/provider/enterprises/alder-clinics"),
            Some(("provider_members", "console"))
        );
        assert_eq!(part("/"), None);
    }
}
