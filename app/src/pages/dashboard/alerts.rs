//! The alerts that are open: which domain or carrier profile, and since when.

use domain::{
    alert::{AlertKind, AlertList, OpenAlert},
    enterprise::{EnterpriseContext, SmsTab},
    table::TableQuery,
};
use leptos::{either::Either, prelude::*};

use super::health::Health;
use crate::{
    components::date_time::DateAndTime,
    context::use_enterprise,
    erase::{Erase, Erased},
    paths,
    ui::{Chip, Tone},
    words,
};

/// A card with the open alerts, while there are any.
#[component]
pub(super) fn OpenAlerts(health: Health) -> Erased {
    let enterprise = use_enterprise();
    let summary = health.summary;
    let shown = move || {
        let alerts = summary.read().alerts.clone();
        (!alerts.rows.is_empty()).then(|| view! { <AlertCard alerts enterprise=enterprise.clone()/> })
    };
    shown.erase()
}

#[component]
fn AlertCard(alerts: AlertList, enterprise: EnterpriseContext) -> Erased {
    let cut = alerts
        .is_cut()
        .then(|| words::dashboard::newest_alerts(alerts.rows.len(), alerts.total));
    let items = alerts
        .rows
        .into_iter()
        .map(|alert| {
            let href = place(&enterprise, &alert);
            view! { <AlertItem alert href/> }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="alerts-title">
            <div class="card__header">
                <h2 class="card__title" id="alerts-title">
                    {words::dashboard::ALERTS}
                </h2>
            </div>
            <div class="card__body">
                <ul class="alert-list" aria-labelledby="alerts-title">
                    {items}
                </ul>
                {cut.map(|text| view! { <p class="text-muted">{text}</p> })}
            </div>
        </section>
    }
    .erase()
}

#[component]
fn AlertItem(
    alert: OpenAlert,
    /// Where there is more about it, if there is such a page.
    href: Option<String>,
) -> Erased {
    let tone = match alert.kind {
        AlertKind::DomainExpiring => Tone::Warning,
        AlertKind::DomainExpired | AlertKind::ProfileFailing => Tone::Danger,
    };
    let (name, since) = (alert.name, alert.since);
    let name = match href {
        Some(href) => Either::Left(view! {
            <a class="link" href=href>
                {name}
            </a>
        }),
        None => Either::Right(name),
    };
    view! {
        <li class="alert-list__item">
            <Chip tone label=words::dashboard::alert(alert.kind)/>
            <span class="alert-list__name">{name}</span>
            <span class="text-muted">{words::dashboard::ALERT_SINCE} " " <DateAndTime at=since/></span>
        </li>
    }
    .erase()
}

/// The row of a tab that an alert is about, where the enterprise has that tab.
fn place(enterprise: &EnterpriseContext, alert: &OpenAlert) -> Option<String> {
    let tab = match alert.kind {
        AlertKind::DomainExpiring | AlertKind::DomainExpired => SmsTab::Domains,
        AlertKind::ProfileFailing => SmsTab::Carriers,
    };
    let query = TableQuery::default().with_search(&alert.name).to_query_string();
    let path = paths::sms_tab(&enterprise.slug, tab);
    enterprise
        .sms_tabs()
        .contains(&tab)
        .then(|| paths::with_query(&path, &[&query]))
}
