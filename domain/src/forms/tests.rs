//! That nothing is lost on the way in either form, and that people read what they always did.

use std::fmt::Debug;

use chrono::DateTime;
use rstest::rstest;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use uuid::Uuid;

use crate::{
    access::{Action, Resource},
    config_snapshot::ConfigChange,
    error::{Error, FieldError},
    ids::{AuditEventId, PhoneNumberId, SmsGroupId, TeamsUserId},
    import::{ImportSummary, UserImportSummary},
    number::{Assignee, PhoneNumberRef},
    phone::PhoneNumber,
    sms_group::{LostNumber, NotRestored},
    teams_user::{
        Consequence, GroupFate, LicenseState, LostGroup, NotUndone, TeamsUser, TeamsUserDetails, TeamsUserRef,
        UNDO_FOR, UndoableOffboarding,
    },
};

/// Makes sure that a value is the same after a way in the binary format of our pages, and after one as JSON.
pub(crate) fn assert_travels<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let bytes = postcard::to_allocvec(value).unwrap();
    assert_eq!(&postcard::from_bytes::<T>(&bytes).unwrap(), value, "{bytes:?}");
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), value, "{json}");
}

fn number() -> PhoneNumber {
    PhoneNumber::parse("+12065550100").unwrap()
}

fn ada() -> Assignee {
    Assignee::TeamsUser {
        id: TeamsUserId(Uuid::from_u128(1)),
        name: "Ada".to_owned(),
    }
}

fn front_desk() -> Assignee {
    Assignee::SmsGroup {
        id: SmsGroupId(Uuid::from_u128(2)),
        name: "Front Desk".to_owned(),
    }
}

#[rstest]
#[case(Error::SignedOut)]
#[case(Error::Forbidden { action: Action::Update, resource: Resource::SmsGroup })]
#[case(Error::NotFound { resource: Resource::AlertDestination })]
#[case(Error::Outdated { resource: Resource::Task, id: Uuid::from_u128(3), current_version: -4 })]
#[case(Error::conflict("name", "Taken."))]
#[case(Error::Invalid { fields: vec![FieldError::new("name", "Enter a name."), FieldError::new("owner_id", "Choose.")] })]
#[case(Error::Gone { message: "Over.".to_owned() })]
#[case(Error::TooManyRequests { seconds: 300 })]
#[case(Error::NotSupported { message: "Not yet.".to_owned() })]
#[case(Error::Unavailable)]
#[case(Error::Internal { request_id: Uuid::from_u128(5) })]
fn errors_travel(#[case] error: Error) {
    assert_travels(&error);
}

#[test]
fn people_read_the_kind_of_an_error_in_it() {
    let json = serde_json::to_value(Error::conflict("name", "Taken.")).unwrap();
    assert_eq!(json, json!({"kind": "conflict", "field": "name", "message": "Taken."}));
    let json = serde_json::to_value(Error::SignedOut).unwrap();
    assert_eq!(json, json!({"kind": "signed_out"}));
}

#[test]
fn assignees_travel() {
    assert_travels(&vec![Some(ada()), None, Some(front_desk())]);
    let json = serde_json::to_value(ada()).unwrap();
    let id = Uuid::from_u128(1).to_string();
    assert_eq!(json, json!({"kind": "teams_user", "id": id, "name": "Ada"}));
}

#[rstest]
#[case(ConfigChange::GroupAdded { id: SmsGroupId(Uuid::nil()), name: "A".to_owned() })]
#[case(ConfigChange::GroupRenamed { id: SmsGroupId(Uuid::nil()), from: "A".to_owned(), to: "B".to_owned() })]
#[case(ConfigChange::OwnerChanged {
    id: SmsGroupId(Uuid::nil()), group: "A".to_owned(), from: "Ada".to_owned(), to: "Bo".to_owned()
})]
#[case(ConfigChange::MembersChanged {
    id: SmsGroupId(Uuid::nil()), group: "A".to_owned(), added: vec!["Ada".to_owned()], removed: Vec::new()
})]
#[case(ConfigChange::GroupRemoved { id: SmsGroupId(Uuid::nil()), name: "A".to_owned() })]
#[case(ConfigChange::NumberAssigned { id: PhoneNumberId(Uuid::nil()), number: number(), to: ada() })]
#[case(ConfigChange::NumberReassigned {
    id: PhoneNumberId(Uuid::nil()), number: number(), from: ada(), to: front_desk()
})]
#[case(ConfigChange::NumberReleased { id: PhoneNumberId(Uuid::nil()), number: number(), from: front_desk() })]
#[case(ConfigChange::PersonChanged { id: TeamsUserId(Uuid::nil()), name: "Ada".to_owned() })]
fn changes_of_the_configuration_travel(#[case] change: ConfigChange) {
    assert_travels(&change);
}

#[test]
fn what_did_not_come_back_travels() {
    let (name, why) = ("Ada".to_owned(), LostNumber::Taken("Bo".to_owned()));
    assert_travels(&vec![
        NotRestored::Member { name: name.clone() },
        NotRestored::Number {
            number: number(),
            why: why.clone(),
        },
    ]);
    assert_travels(&vec![
        NotUndone::Group {
            name,
            why: LostGroup::NameTaken,
        },
        NotUndone::Number { number: number(), why },
    ]);
}

#[test]
fn an_offboarding_travels() {
    let to = TeamsUserId(Uuid::from_u128(6));
    assert_travels(&vec![GroupFate::Leave, GroupFate::HandOver { to }, GroupFate::Delete]);
    let (group, to, numbers) = ("A".to_owned(), "Bo".to_owned(), vec![number()]);
    assert_travels(&vec![
        Consequence::NewOwner {
            group: group.clone(),
            to: to.clone(),
        },
        Consequence::NewMember {
            group: group.clone(),
            to: to.clone(),
        },
        Consequence::Leaves { group: group.clone() },
        Consequence::Deletes {
            group,
            numbers: numbers.clone(),
        },
        Consequence::Frees {
            numbers: numbers.clone(),
        },
        Consequence::Moves { numbers, to },
    ]);
}

#[test]
fn a_person_with_everything_travels() {
    let user = TeamsUser {
        person: TeamsUserRef {
            id: TeamsUserId(Uuid::from_u128(1)),
            display_name: "Ada".to_owned(),
            user_principal_name: "ada@company.example".to_owned(),
            license: LicenseState::Licensed,
            enabled: true,
        },
        object_id: None,
        version: 3,
        numbers: vec![PhoneNumberRef {
            id: PhoneNumberId(Uuid::from_u128(4)),
            e164: number(),
            assignee: Some(ada()),
        }],
        groups: Vec::new(),
    };
    assert_travels(&user);
    let offboarded = UndoableOffboarding {
        event: AuditEventId(Uuid::from_u128(7)),
        by: "ben@company.example".to_owned(),
        at: DateTime::UNIX_EPOCH,
        until: DateTime::UNIX_EPOCH + UNDO_FOR,
    };
    assert_travels(&TeamsUserDetails {
        user,
        offboarded: Some(offboarded),
    });
}

#[test]
fn what_an_import_came_to_travels() {
    let summary = UserImportSummary {
        rows: ImportSummary {
            added: 1,
            updated: 2,
            unchanged: 3,
            rejected: 4,
        },
        missing: Some(5),
        disabled: 6,
    };
    assert_travels(&summary);
    let json = serde_json::to_value(summary).unwrap();
    let flat = json!({"added": 1, "updated": 2, "unchanged": 3, "rejected": 4, "missing": 5, "disabled": 6});
    assert_eq!(json, flat);
}
