//! The health strip: a few counts that an admin reads in five seconds, each a link to what it counts.

use domain::{
    enterprise::{EnterpriseContext, SmsTab},
    number::NumberService,
    table::{Condition, NumberCondition, NumberOperator, TableQuery},
};
use leptos::prelude::*;

use super::health::Health;
use crate::{
    context::use_enterprise,
    erase::{Erase, Erased},
    paths, words,
};

#[component]
pub(super) fn HealthStrip(health: Health) -> Erased {
    let enterprise = use_enterprise();
    let summary = health.summary;
    let domains = enterprise.sms_tabs().contains(&SmsTab::Domains).then(|| {
        let expired = Signal::derive(move || summary.read().expired);
        let expiring = Signal::derive(move || summary.read().expiring);
        view! {
            <Count
                href=in_state(&enterprise, "expired")
                tone="danger"
                count=Signal::derive(move || u64::from(expired.get().domains))
                label=Signal::derive(move || words::dashboard::expired(expired.get()))
            />
            <Count
                href=in_state(&enterprise, "expiring")
                tone="warning"
                count=Signal::derive(move || u64::from(expiring.get().domains))
                label=Signal::derive(move || words::dashboard::expiring(expiring.get()))
            />
        }
    });
    let groups = Signal::derive(move || summary.read().unreachable_groups);
    let numbers = Signal::derive(move || summary.read().free_numbers);
    let pending = Signal::derive(move || summary.read().pending_changes);
    let waits_for_sync = summary.read_untracked().pending_changes.is_some();
    view! {
        <ul class="health-strip" aria-label=words::dashboard::HEALTH>
            {domains}
            <Count
                href=unreachable_groups(&enterprise)
                tone="warning"
                count=Signal::derive(move || u64::from(groups.get()))
                label=Signal::derive(move || words::dashboard::unreachable_groups(groups.get()).to_owned())
            />
            <Count
                href=free_numbers(&enterprise)
                tone="none"
                count=Signal::derive(move || u64::from(numbers.get()))
                label=Signal::derive(move || words::dashboard::free_numbers(numbers.get()).to_owned())
            />
            {waits_for_sync
                .then(|| {
                    view! {
                        <Count
                            href=paths::configuration(&enterprise.slug)
                            tone="warning"
                            count=Signal::derive(move || pending.get().unwrap_or_default())
                            label=Signal::derive(move || {
                                words::dashboard::pending_changes(pending.get().unwrap_or_default()).to_owned()
                            })
                        />
                    }
                })}
        </ul>
    }
    .erase()
}

/// One count. Zero of what should not be is good news.
#[component]
fn Count(
    href: String,
    /// What it means when there are any.
    tone: &'static str,
    count: Signal<u64>,
    /// What is counted.
    label: Signal<String>,
) -> Erased {
    let shown_tone = move || {
        if tone != "none" && count.get() == 0 {
            "success"
        } else {
            tone
        }
    };
    view! {
        <li>
            <a class="health-strip__item" href=href data-tone=shown_tone>
                <span class="health-strip__value">{count}</span>
                " "
                <span class="health-strip__label">{label}</span>
            </a>
        </li>
    }
    .erase()
}

/// The Domains tab with those in a state.
fn in_state(enterprise: &EnterpriseContext, state: &str) -> String {
    let is_in = Condition::Choice(vec![state.to_owned()]);
    filtered(
        &paths::sms_tab(&enterprise.slug, SmsTab::Domains),
        &TableQuery::default().with_filter("state", is_in),
    )
}

/// The Groups tab with those in which nobody gets messages.
fn unreachable_groups(enterprise: &EnterpriseContext) -> String {
    let none = Condition::Number(NumberCondition::Compare(NumberOperator::Equal, 0));
    filtered(
        &paths::sms_tab(&enterprise.slug, SmsTab::Groups),
        &TableQuery::default().with_filter("reachable", none),
    )
}

/// The numbers that can do SMS and that nobody has.
fn free_numbers(enterprise: &EnterpriseContext) -> String {
    let is_free = Condition::Choice(vec![NumberService::Free.as_str().to_owned()]);
    filtered(
        &paths::numbers(&enterprise.slug),
        &TableQuery::default().with_filter("services", is_free),
    )
}

fn filtered(path: &str, query: &TableQuery) -> String {
    paths::with_query(path, &[&query.to_query_string()])
}
