//! What is in the files: the columns of the tables on the pages, under the same headings.

use app::words;
use backend::services::{
    audit, carrier_profile, config_snapshot, domain_subscription, enterprise, membership, number,
    resubscription_request, sms_group, teams_user,
};
use domain::{
    access::Resource,
    audit::{AuditEntry, action_label, resource_label},
    carrier_profile::CarrierProfileRow,
    config_snapshot::ConfiguredRow,
    domain_subscription::DomainSubscriptionRow,
    enterprise::EnterpriseRow,
    error::Error,
    membership::MemberRow,
    number::{Assignee, PhoneNumberRow},
    phone::PhoneNumber,
    resubscription_request::{FILED_BY_SYSTEM, RequestRow},
    sms_group::SmsGroupRow,
    teams_user::{GroupPart, TeamsUserRow},
};

use super::{Ask, Cell, Sheet};

pub(crate) static AUDIT: Sheet<AuditEntry> = Sheet {
    name: "audit",
    headings: &[
        words::audit::WHEN,
        words::audit::WHO,
        words::audit::ACTION,
        words::audit::KIND,
        words::audit::THING,
        words::audit::CHANGES,
        words::audit::FROM,
        words::audit::ENTRY,
    ],
    of_carriers: &[],
    cells: |row| {
        vec![
            Cell::moment(Some(row.at)),
            Cell::text(&row.actor),
            Cell::text(action_label(&row.action)),
            Cell::text(resource_label(&row.resource)),
            Cell::text(row.subject.as_deref().unwrap_or_default()),
            Cell::text(&words::audit::changes(&row.changes, 0)),
            Cell::text(row.peer.as_deref().unwrap_or_default()),
            Cell::text(&row.sequence.to_string()),
        ]
    },
    schema: &domain::audit::TABLE,
    ask: Ask::Pieces(|ctx, backend, enterprise, query| Box::pin(audit::export(ctx, backend, enterprise, query))),
};

pub(crate) static GROUPS: Sheet<SmsGroupRow> = Sheet {
    name: "groups",
    headings: &[
        words::groups::NAME,
        words::groups::MEMBERS,
        words::groups::NUMBERS,
        words::groups::OWNER,
    ],
    of_carriers: &[],
    cells: |row| {
        vec![
            Cell::text(&row.name),
            Cell::count(row.member_count),
            Cell::phones(&row.numbers),
            Cell::text(&row.owner_name),
        ]
    },
    schema: &domain::sms_group::TABLE,
    ask: Ask::Pieces(|ctx, backend, enterprise, query| Box::pin(sms_group::export(ctx, backend, enterprise, query))),
};

pub(crate) static PROFILES: Sheet<CarrierProfileRow> = Sheet {
    name: "carriers",
    headings: &[
        words::carriers::CARRIER_NAME,
        words::carriers::CARRIER_PROFILE,
        words::carriers::NUMBERS,
        words::carriers::DOMAIN_STATE,
        words::carriers::LAST_CHECK,
        words::carriers::LAST_CHECK_RESULT,
    ],
    of_carriers: &[],
    cells: |row| {
        vec![
            Cell::words(row.carrier.label()),
            Cell::text(&row.name),
            Cell::count(row.number_count),
            Cell::words(row.worst_domain.map_or("", words::domains::subscription_state)),
            Cell::moment(row.checked_at),
            Cell::words(words::carriers::check_result(row.check_passed)),
        ]
    },
    schema: &domain::carrier_profile::TABLE,
    ask: Ask::Pieces(|ctx, backend, enterprise, query| {
        Box::pin(carrier_profile::export(ctx, backend, enterprise, query))
    }),
};

pub(crate) static DOMAINS: Sheet<DomainSubscriptionRow> = Sheet {
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
    of_carriers: &[],
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
    schema: &domain::domain_subscription::TABLE,
    ask: Ask::Pieces(|ctx, backend, enterprise, query| {
        Box::pin(domain_subscription::export(ctx, backend, enterprise, query))
    }),
};

pub(crate) static CONFIGURATION: Sheet<ConfiguredRow> = Sheet {
    name: "configuration",
    headings: &[
        words::configuration::NUMBER,
        words::configuration::SERVES,
        words::configuration::KIND,
        words::configuration::RECEIVERS,
    ],
    of_carriers: &[],
    cells: |row| {
        vec![
            Cell::phones(&[row.number]),
            Cell::text(&row.serves),
            Cell::words(row.kind().label),
            Cell::text(&row.receivers.join(", ")),
        ]
    },
    schema: &domain::config_snapshot::TABLE,
    ask: Ask::Pieces(|ctx, backend, enterprise, query| {
        Box::pin(config_snapshot::export(ctx, backend, enterprise, query))
    }),
};

pub(crate) static NUMBERS: Sheet<PhoneNumberRow> = Sheet {
    name: "numbers",
    headings: &[
        words::numbers::NUMBER,
        words::numbers::ASSIGNED_TO,
        words::carriers::CARRIER_PROFILE,
        words::numbers::CARRIER,
        words::numbers::SERVICES,
        words::numbers::RELEASED,
        words::numbers::RELEASED_BY,
    ],
    of_carriers: &[words::carriers::CARRIER_PROFILE, words::numbers::CARRIER],
    cells: |row| {
        let carrier = row.carrier.as_ref();
        vec![
            Cell::phones(&[row.e164]),
            Cell::text(row.assignee.as_ref().map(Assignee::name).unwrap_or_default()),
            Cell::text(carrier.map(|carrier| carrier.profile.as_str()).unwrap_or_default()),
            Cell::words(carrier.map(|carrier| carrier.kind.label()).unwrap_or_default()),
            Cell::words(words::numbers::service(row.service())),
            Cell::moment(row.released.as_ref().map(|released| released.at)),
            Cell::text(&row.released.as_ref().map(words::numbers::cause).unwrap_or_default()),
        ]
    },
    schema: &domain::number::TABLE,
    ask: Ask::Pieces(|ctx, backend, enterprise, query| Box::pin(number::export(ctx, backend, enterprise, query))),
};

pub(crate) static TASKS: Sheet<domain::task::TaskRow> = Sheet {
    name: "tasks",
    headings: &[
        words::tasks::KIND,
        words::tasks::FILE,
        words::tasks::STARTED_BY,
        words::tasks::REQUESTED,
        words::tasks::STATE,
        words::tasks::DURATION_SECONDS,
        words::tasks::FAILURE,
    ],
    of_carriers: &[],
    cells: |row| {
        let seconds = row.duration_seconds.map(|seconds| seconds.to_string());
        vec![
            Cell::words(row.kind.label()),
            Cell::text(row.file.as_ref().map(|file| file.name.as_str()).unwrap_or_default()),
            Cell::text(&row.started_by),
            Cell::moment(Some(row.created_at)),
            Cell::words(row.state.label()),
            Cell::text(&seconds.unwrap_or_default()),
            Cell::text(row.failure.as_deref().unwrap_or_default()),
        ]
    },
    schema: &domain::task::TABLE,
    ask: Ask::Pieces(|ctx, backend, enterprise, query| {
        Box::pin(backend::services::task::export(ctx, backend, enterprise, query))
    }),
};

pub(crate) static USERS: Sheet<TeamsUserRow> = Sheet {
    name: "users",
    headings: &[
        words::users::NAME,
        words::users::SIGN_IN_NAME,
        words::users::OWN_NUMBERS,
        words::users::OWNED_GROUPS,
        words::users::MEMBER_OF,
        words::users::GROUP_NUMBERS,
        words::users::LICENSES,
        words::users::SIGN_IN,
    ],
    of_carriers: &[],
    cells: |row| {
        let groups = |chosen: fn(GroupPart) -> bool| {
            let names: Vec<&str> = row
                .groups
                .iter()
                .filter(|group| chosen(group.part))
                .map(|group| group.name.as_str())
                .collect();
            names.join(", ")
        };
        let of_groups: Vec<PhoneNumber> = row.groups.iter().flat_map(|group| group.numbers.clone()).collect();
        vec![
            Cell::text(&row.display_name),
            Cell::text(&row.user_principal_name),
            Cell::phones(&row.numbers),
            Cell::text(&groups(GroupPart::owns)),
            Cell::text(&groups(GroupPart::belongs)),
            Cell::phones(&of_groups),
            Cell::words(words::users::license(row.license)),
            Cell::words(words::users::sign_in(row.enabled)),
        ]
    },
    schema: &domain::teams_user::TABLE,
    ask: Ask::Pieces(|ctx, backend, enterprise, query| Box::pin(teams_user::export(ctx, backend, enterprise, query))),
};

pub(crate) static ENTERPRISES: Sheet<EnterpriseRow> = Sheet {
    name: "enterprises",
    headings: &[
        words::provider::NAME,
        words::provider::FIELD_SLUG,
        words::provider::STATE,
        words::provider::SMS,
        words::general::CONNECTOR_APP,
        words::provider::EXPIRED,
        words::provider::EXPIRING,
        words::provider::USERS,
        words::provider::NUMBERS,
        words::provider::GROUPS,
    ],
    of_carriers: &[],
    cells: |row| {
        let record = &row.record;
        vec![
            Cell::text(&record.name),
            Cell::text(record.slug.as_str()),
            Cell::words(if record.suspended {
                words::provider::SUSPENDED
            } else {
                words::provider::ACTIVE
            }),
            Cell::words(if record.switches.sms {
                words::ui::ON
            } else {
                words::ui::OFF
            }),
            Cell::words(words::general::connector_app(record.switches.connector_app)),
            Cell::count(row.expired_domains),
            Cell::count(row.expiring_domains),
            Cell::count(row.user_count),
            Cell::count(row.number_count),
            Cell::count(row.group_count),
        ]
    },
    schema: &domain::enterprise::TABLE,
    ask: Ask::Whole(|ctx, backend, _, query| Box::pin(enterprise::export(ctx, backend, query))),
};

pub(crate) static REQUESTS: Sheet<RequestRow> = Sheet {
    name: "requests",
    headings: &[
        words::domains::DOMAIN,
        words::provider::ENTERPRISE,
        words::provider::STATE,
        words::provider::REQUESTED,
        words::provider::REQUESTED_BY,
        words::provider::ANSWERED,
        words::provider::ANSWER,
    ],
    of_carriers: &[],
    cells: |row| {
        vec![
            Cell::text(&row.domain),
            Cell::text(&row.enterprise_name),
            Cell::words(words::provider::request_state(row.state)),
            Cell::moment(Some(row.requested_at)),
            Cell::text(row.requested_by.as_deref().unwrap_or(FILED_BY_SYSTEM)),
            Cell::moment(row.answered_at),
            Cell::text(row.answer.as_deref().unwrap_or_default()),
        ]
    },
    schema: &domain::resubscription_request::TABLE,
    ask: Ask::Whole(|ctx, backend, _, query| Box::pin(resubscription_request::export(ctx, backend, query))),
};

pub(crate) static MEMBERS: Sheet<MemberRow> = Sheet {
    name: "accounts",
    headings: &[
        words::provider::FIELD_EMAIL,
        words::provider::PERSON,
        words::provider::ROLE,
        words::provider::STATE,
        words::provider::LAST_SIGNED_IN,
    ],
    of_carriers: &[],
    cells: |row| {
        vec![
            Cell::text(row.email.as_str()),
            Cell::text(row.display_name.as_deref().unwrap_or_default()),
            Cell::words(words::home::role(row.role)),
            Cell::words(words::provider::member_state(row.state)),
            Cell::moment(row.last_signed_in_at),
        ]
    },
    schema: &domain::membership::TABLE,
    ask: Ask::Whole(|ctx, backend, enterprise, query| {
        Box::pin(async move {
            let enterprise = enterprise.ok_or(Error::NotFound {
                resource: Resource::Enterprise,
            })?;
            membership::export(ctx, backend, enterprise, query).await
        })
    }),
};
