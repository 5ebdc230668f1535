//! What the tests of several resources need: inputs, and the fields that an answer names.

use backend::testing::Engine;
use domain::{
    error::Error,
    ids::{PhoneNumberId, TeamsUserId},
    sms_group::SmsGroupInput,
};
use uuid::Uuid;

/// A group as its dialog sends it: that name, that owner, who is the only member, no numbers.
pub(crate) fn input(name: &str, owner: TeamsUserId) -> SmsGroupInput {
    SmsGroupInput {
        name: name.to_owned(),
        owner_id: Some(owner),
        member_ids: vec![owner],
        ..SmsGroupInput::default()
    }
}

/// The same with these numbers.
pub(crate) fn with_numbers(input: SmsGroupInput, numbers: &[PhoneNumberId]) -> SmsGroupInput {
    SmsGroupInput {
        number_ids: numbers.to_vec(),
        ..input
    }
}

/// The same with these members.
pub(crate) fn with_members(input: SmsGroupInput, members: &[TeamsUserId]) -> SmsGroupInput {
    SmsGroupInput {
        member_ids: members.to_vec(),
        ..input
    }
}

/// The fields that a refusal names; panics for any other answer.
pub(crate) fn fields<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<String> {
    let error = result.expect_err("a refusal");
    let fields: Vec<String> = error.field_errors().iter().map(|field| field.field.clone()).collect();
    assert!(!fields.is_empty(), "a refusal that names fields, not {error:?}");
    fields
}

/// An id in the SQL of that database.
pub(crate) fn sql(engine: Engine, id: impl Into<Uuid>) -> String {
    let id: Uuid = id.into();
    match engine {
        Engine::Sqlite => format!("x'{}'", id.simple()),
        Engine::Postgres => format!("'{id}'"),
    }
}

/// An id that nothing has.
pub(crate) fn nobody<T: From<Uuid>>() -> T {
    T::from(Uuid::from_u128(0x018f_3c1e_0000_7000_8000_0000_0000_0001))
}
