//! What is in the files: the columns of the tables on the pages, under the same headings.

use app::words;
use domain::{carrier_profile::CarrierProfileRow, domain_subscription::DomainSubscriptionRow, sms_group::SmsGroupRow};

use super::{Cell, Sheet};

pub(super) static GROUPS: Sheet<SmsGroupRow> = Sheet {
    name: "groups",
    headings: &[
        words::groups::NAME,
        words::groups::MEMBERS,
        words::groups::NUMBERS,
        words::groups::OWNER,
    ],
    cells: |row| {
        vec![
            Cell::text(&row.name),
            Cell::count(row.member_count),
            Cell::phones(&row.numbers),
            Cell::text(&row.owner_name),
        ]
    },
};

pub(super) static PROFILES: Sheet<CarrierProfileRow> = Sheet {
    name: "carriers",
    headings: &[
        words::carriers::CARRIER_NAME,
        words::carriers::CARRIER_PROFILE,
        words::carriers::NUMBERS,
        words::carriers::LAST_CHECK,
        words::carriers::LAST_CHECK_RESULT,
    ],
    cells: |row| {
        vec![
            Cell::words(row.carrier.label()),
            Cell::text(&row.name),
            Cell::count(row.number_count),
            Cell::moment(row.checked_at),
            Cell::words(words::carriers::check_result(row.check_passed)),
        ]
    },
};

pub(super) static DOMAINS: Sheet<DomainSubscriptionRow> = Sheet {
    name: "domains",
    headings: &[
        words::domains::DOMAIN,
        words::domains::CARRIER_PROFILE,
        words::domains::SUBSCRIPTION_ID,
        words::domains::SUBSCRIPTION_DATE,
        words::domains::EXPIRY_DATE,
        words::domains::STATE,
        words::domains::NUMBERS,
    ],
    cells: |row| {
        vec![
            Cell::text(row.domain.as_str()),
            Cell::text(&row.carrier_profile),
            Cell::text(row.subscription_id.as_deref().unwrap_or_default()),
            Cell::moment(row.subscribed_at),
            Cell::moment(row.expires_at),
            Cell::words(words::domains::state(row.renewal, row.state)),
            Cell::count(row.number_count),
        ]
    },
};

pub(super) static TASKS: Sheet<domain::task::TaskRow> = Sheet {
    name: "tasks",
    headings: &[
        words::tasks::KIND,
        words::tasks::STARTED_BY,
        words::tasks::REQUESTED,
        words::tasks::STATE,
        words::tasks::DURATION_SECONDS,
        words::tasks::FAILURE,
    ],
    cells: |row| {
        let seconds = row.duration_seconds.map(|seconds| seconds.to_string());
        vec![
            Cell::words(row.kind.label()),
            Cell::text(&row.started_by),
            Cell::moment(Some(row.created_at)),
            Cell::words(row.state.label()),
            Cell::text(&seconds.unwrap_or_default()),
            Cell::text(row.failure.as_deref().unwrap_or_default()),
        ]
    },
    schema: &domain::task::TABLE,
    ask: |ctx, backend, enterprise, query| Box::pin(backend::services::task::export(ctx, backend, enterprise, query)),
};
