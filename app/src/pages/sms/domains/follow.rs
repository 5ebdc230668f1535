//! The domain of an open dialog, read anew whenever something of it changes.

use domain::{
    access::Resource as Subject, domain_subscription::DomainSubscriptionDetails, ids::DomainSubscriptionId,
    live::LiveEvent,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    context::{News, on_news, use_enterprise},
    effect::effect,
    error::AppError,
    server_fns::domain_subscription::get_domain_subscription,
};

/// A domain as it is now, or why it cannot be shown; nothing until the server has answered.
pub(super) type Found = RwSignal<Option<Result<DomainSubscriptionDetails, AppError>>>;

/// Keeps `found` what the domain is, for as long as whoever asks is there.
pub(super) fn follow(id: DomainSubscriptionId, found: Found) {
    let slug = StoredValue::new(use_enterprise().slug);
    // Only the answer to the last question counts.
    let asked = StoredValue::new(0_u32);
    found.set(None);
    let read = move || {
        let question = asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        let answer = get_domain_subscription(slug.get_value(), id);
        spawn_local(async move {
            let answer = answer.await;
            if question.is_some() && asked.try_get_value() == question {
                found.try_set(Some(answer));
            }
        });
    };
    effect(read);
    on_news(move |events: News| {
        if events.iter().any(|event| concerns(event, id)) {
            read();
        }
    });
}

/// Whether what is shown of the domain may be old after `event`: its row, its requests, its numbers and whom they serve.
fn concerns(event: &LiveEvent, id: DomainSubscriptionId) -> bool {
    match event {
        LiveEvent::Everything => true,
        LiveEvent::Outdated | LiveEvent::Over => false,
        LiveEvent::Changed(subject) => match subject.resource {
            Subject::DomainSubscription => subject.id.is_none_or(|changed| changed == id.0),
            // How the domain stands changes with time, and the alert about it is the only event then.
            Subject::Alert => subject.id.is_none_or(|changed| changed == id.0),
            Subject::ResubscriptionRequest
            | Subject::PhoneNumber
            | Subject::NumberAssignment
            | Subject::SmsGroup
            | Subject::TeamsUser => true,
            _ => false,
        },
    }
}
