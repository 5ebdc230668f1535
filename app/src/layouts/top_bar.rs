//! The top bar: product name, the enterprise's services, the account menu.

use domain::enterprise::{EnterpriseContext, SmsTab};
use icondata_core::Icon as IconData;
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{palette::FindButton, shortcuts::use_shortcuts};
use crate::{
    context::use_session,
    erase::{Erase, Erased, changing},
    paths::{self, HelpTopic},
    server_fns::session::{CurrentSession, SignOut, SignOutEverywhere},
    ui::{Icon, Logo, Menu, MenuAlign, MenuButton, MenuLink, MenuList, MenuSection, MenuText, ThemeChoice},
    words,
};
use leptos::server_fn::ServerFn;

/// The top bar; `enterprise` is the one whose pages are open, if any.
#[component]
pub(super) fn TopBar(enterprise: Option<EnterpriseContext>) -> Erased {
    let session = use_session();
    let tenant = enterprise.as_ref().map(|enterprise| enterprise.name.clone());
    view! {
        <header class="top-bar">
            <div class="top-bar__inner">
                <a class="top-bar__brand" href=paths::home()>
                    <Logo/>
                    <span class="top-bar__product">{words::shell::PRODUCT}</span>
                </a>
                <nav class="top-bar__nav" aria-label=words::shell::MAIN_NAVIGATION>
                    <ul class="top-bar__links">
                        {enterprise.clone().map(|enterprise| view! { <EnterpriseLinks enterprise/> })}
                        <li>
                            <a class="top-bar__link" href=paths::help(HelpTopic::SigningIn)>
                                {words::shell::HELP}
                            </a>
                        </li>
                    </ul>
                </nav>
                <div class="top-bar__end">
                    <FindButton/>
                    {tenant.map(|name| view! { <span class="top-bar__tenant">{name}</span> })}
                    <AccountMenu session enterprise/>
                </div>
            </div>
        </header>
    }
    .erase()
}

/// The pages of the enterprise; those about numbers and services while it uses SMS.
#[component]
fn EnterpriseLinks(enterprise: EnterpriseContext) -> Erased {
    let sms = enterprise.switches.sms;
    let numbers = paths::numbers(&enterprise.slug);
    view! {
        <PageLink href=paths::dashboard(&enterprise.slug) label=words::shell::DASHBOARD/>
        <PageLink href=paths::users(&enterprise.slug) label=words::shell::USERS/>
        {sms.then(|| view! { <PageLink href=numbers label=words::shell::NUMBERS/> })}
        {sms.then(|| view! { <ServicesMenu enterprise/> })}
    }
    .erase()
}

#[component]
fn PageLink(href: String, label: &'static str) -> Erased {
    let path = use_location().pathname;
    let own = href.clone();
    let current = move || (path.read().trim_end_matches('/') == own).then_some("page");
    view! {
        <li>
            <a class="top-bar__link" href=href aria-current=changing(current)>
                {label}
            </a>
        </li>
    }
    .erase()
}

#[component]
fn ServicesMenu(enterprise: EnterpriseContext) -> Erased {
    let href = paths::sms_tab(&enterprise.slug, SmsTab::General);
    let path = use_location().pathname;
    let current = Signal::derive(move || paths::is_service(&path.read()));
    view! {
        <li>
            <Menu label=words::shell::SERVICES current>
                <MenuList>
                    <MenuLink href=href.clone() label=words::shell::SMS icon=lu::LuMessageSquare current/>
                </MenuList>
            </Menu>
        </li>
    }
    .erase()
}

#[component]
fn AccountMenu(session: CurrentSession, enterprise: Option<EnterpriseContext>) -> Erased {
    let CurrentSession {
        account,
        enterprises,
        provider,
    } = session;
    let email = account.email.to_string();
    let current = enterprise.map(|enterprise| enterprise.slug);
    let slug = current.clone();
    let shortcuts = use_shortcuts();
    view! {
        <Menu label=account.display_name.clone() icon=lu::LuCircleUser align=MenuAlign::End>
            <MenuText>{email.clone()}</MenuText>
            {provider
                .map(|_| {
                    view! {
                        <MenuList>
                            <MenuLink
                                href=paths::provider()
                                label=words::provider::TITLE
                                icon=lu::LuBuilding2
                                rel="external"
                            />
                        </MenuList>
                    }
                })}
            {(enterprises.len() > 1)
                .then(|| {
                    let links = enterprises
                        .iter()
                        .map(|enterprise| {
                            let href = paths::enterprise(&enterprise.slug);
                            let is_current = current.as_ref() == Some(&enterprise.slug);
                            // The whole page anew: nothing of one enterprise stays in memory when another one is open.
                            view! {
                                <MenuLink href label=enterprise.name.clone() current=is_current rel="external"/>
                            }
                        })
                        .collect_view();
                    view! {
                        <MenuSection label=words::shell::ENTERPRISES>
                            <MenuList>{links}</MenuList>
                        </MenuSection>
                    }
                })}
            <MenuList>
                {slug
                    .map(|slug| {
                        let (configuration, audit) = (paths::configuration(&slug), paths::audit(&slug));
                        view! {
                            <MenuPage href=configuration label=words::configuration::TITLE icon=lu::LuFileCheck/>
                            <MenuPage href=audit label=words::audit::TITLE icon=lu::LuHistory/>
                        }
                    })}
                <MenuPage href=paths::api_tokens() label=words::tokens::TITLE icon=lu::LuKeyRound/>
            </MenuList>
            <MenuSection label=words::shell::THEME>
                <ThemeChoice/>
            </MenuSection>
            <MenuList>
                <MenuButton
                    label=words::shortcuts::TITLE
                    icon=lu::LuKeyboard
                    opens="dialog"
                    on_press=move |()| shortcuts.list()
                />
                <li>
                    // A plain form: the whole page is loaded anew, so nothing of the old session stays in memory.
                    <form method="post" action=SignOut::url()>
                        <button class="menu__item" type="submit">
                            <Icon icon=lu::LuLogOut/>
                            {words::shell::SIGN_OUT}
                        </button>
                    </form>
                </li>
                <li>
                    <form method="post" action=SignOutEverywhere::url()>
                        <button class="menu__item" type="submit">
                            <Icon icon=lu::LuMonitorOff/>
                            {words::shell::SIGN_OUT_EVERYWHERE}
                        </button>
                    </form>
                </li>
            </MenuList>
        </Menu>
    }
    .erase()
}

/// A link in the menu that knows whether its page is the one shown.
#[component]
fn MenuPage(href: String, label: &'static str, icon: IconData) -> Erased {
    let (path, page) = (use_location().pathname, href.clone());
    let current = Signal::derive(move || path.get() == page);
    view! { <MenuLink href label icon current/> }.erase()
}
