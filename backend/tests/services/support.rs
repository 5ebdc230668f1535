//! What the tests of several resources need: inputs, and the fields that an answer names.

use backend::testing::{Engine, TestPortal};
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

/// Adds `count` copies of the only row of a table in one statement: the columns `same` as they are, those of `numbered`,
/// which are texts, with a number behind them.
pub(crate) async fn add_copies(
    portal: &TestPortal,
    engine: Engine,
    table: &str,
    count: u64,
    same: &str,
    numbered: &[&str],
) {
    let id = match engine {
        Engine::Sqlite => "randomblob(16)",
        Engine::Postgres => "gen_random_uuid()",
    };
    let names = numbered.join(", ");
    let values: Vec<String> = numbered.iter().map(|column| format!("{column} || n")).collect();
    let values = values.join(", ");
    portal
        .execute(&format!(
            "WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < {count}) \
             INSERT INTO {table} (id, {same}, {names}) SELECT {id}, {same}, {values} FROM {table}, copies"
        ))
        .await
        .unwrap();
}

/// An id that nothing has.
pub(crate) fn nobody<T: From<Uuid>>() -> T {
    T::from(Uuid::from_u128(0x018f_3c1e_0000_7000_8000_0000_0000_0001))
}
