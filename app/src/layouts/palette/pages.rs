//! The pages that the signed-in person can open from here, and finding one by typed words without asking the server.

use domain::{enterprise::EnterpriseContext, import::ImportKind, table::fold};

use super::entry::{Entry, Kind, Opening};
use crate::{
    paths::{self, HelpTopic},
    server_fns::session::CurrentSession,
    words,
};

/// All of them: those of the open enterprise, the other enterprises, the person's own, help.
pub(super) fn pages(enterprise: Option<&EnterpriseContext>, session: &CurrentSession) -> Vec<Entry> {
    let mut pages = enterprise.map(of_enterprise).unwrap_or_default();
    let others = session
        .enterprises
        .iter()
        .filter(|other| enterprise.is_none_or(|enterprise| enterprise.slug != other.slug));
    pages.extend(others.map(|other| Entry {
        opening: Opening::Anew,
        ..page(&other.name, words::palette::ENTERPRISE, paths::enterprise(&other.slug))
    }));
    // The start page leads on: whoever runs a provider to the console, others to their only enterprise.
    if session.provider.is_some() {
        pages.push(Entry {
            opening: Opening::Anew,
            ..page(words::provider::TITLE, "", paths::provider())
        });
    } else if session.enterprises.len() > 1 {
        pages.push(page(words::home::TITLE, "", paths::home()));
    }
    pages.push(page(words::tokens::TITLE, "", paths::api_tokens()));
    pages.extend(
        HelpTopic::ALL.map(|topic| page(words::help::topic(topic).title, words::shell::HELP, paths::help(topic))),
    );
    pages
}

/// The pages of the enterprise; those about numbers and services while it uses SMS.
fn of_enterprise(enterprise: &EnterpriseContext) -> Vec<Entry> {
    let slug = &enterprise.slug;
    let mut pages = vec![
        page(words::shell::DASHBOARD, "", paths::dashboard(slug)),
        page(words::shell::USERS, "", paths::users(slug)),
    ];
    if enterprise.switches.sms {
        pages.push(page(words::shell::NUMBERS, "", paths::numbers(slug)));
    }
    let tabs = enterprise.sms_tabs().into_iter();
    pages.extend(tabs.map(|tab| page(words::sms::tab(tab), words::sms::TITLE, paths::sms_tab(slug, tab))));
    pages.push(page(words::configuration::TITLE, "", paths::configuration(slug)));
    pages.push(page(words::audit::TITLE, "", paths::audit(slug)));
    let imports = [ImportKind::Users, ImportKind::Numbers].into_iter();
    let numbers = enterprise.switches.sms && enterprise.keeps_numbers();
    let here = imports.filter(|kind| *kind == ImportKind::Users || numbers);
    pages.extend(here.map(|kind| page(words::imports::title(kind), "", paths::import(slug, kind))));
    pages
}

fn page(label: &str, detail: &str, href: String) -> Entry {
    Entry {
        kind: Kind::Page,
        label: label.to_owned(),
        detail: detail.to_owned(),
        href,
        opening: Opening::Within,
    }
}

/// Those of `pages` that hold each typed word; what is called so first, then what begins so.
pub(super) fn matching(pages: &[Entry], typed: &str) -> Vec<Entry> {
    let typed = fold(typed);
    let mut found: Vec<(u8, &Entry)> = Vec::new();
    for page in pages {
        let label = fold(&page.label);
        let text = format!("{label} {}", fold(&page.detail));
        if typed.split(' ').all(|word| text.contains(word)) {
            let rank = match label.strip_prefix(&typed) {
                Some("") => 0,
                Some(_) => 1,
                None => 2,
            };
            found.push((rank, page));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, page)| page.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_by_words_of_its_name_and_what_is_beside_it() {
        let pages = [
            page("Numbers", "", "/numbers".to_owned()),
            page("Groups", "SMS", "/groups".to_owned()),
            page("Audit log", "", "/audit".to_owned()),
            page("Numbers", "Help and advice", "/help/numbers".to_owned()),
        ];
        let cases: [(&str, &[&str]); 6] = [
            // Nothing typed finds all.
            ("  ", &["/numbers", "/groups", "/audit", "/help/numbers"]),
            ("numbers", &["/numbers", "/help/numbers"]),
            // What begins so comes first.
            ("a", &["/audit", "/help/numbers"]),
            ("groups  sms", &["/groups"]),
            ("AUDIT LOG", &["/audit"]),
            ("fax", &[]),
        ];
        for (typed, expected) in cases {
            let found: Vec<String> = matching(&pages, typed).into_iter().map(|page| page.href).collect();
            assert_eq!(found, expected, "{typed:?}");
        }
    }
}
