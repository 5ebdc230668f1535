//! What a row holds in a column, as the evaluator takes it in.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::phone::PhoneNumber;

/// One row as the evaluator takes it in.
#[derive(Clone, Debug)]
pub struct IndexRow<'a, const N: usize> {
    /// Settles the order of rows that are equal otherwise.
    pub id: Uuid,
    /// What it holds, in the order of the schema's columns.
    pub values: [Value<'a>; N],
    /// Texts that it is found by although no column shows them.
    pub search_only: Vec<Cow<'a, str>>,
}

/// What a row holds in a column. It must fit the column's kind: a text for texts and choices, a list for lists and
/// phone numbers; anything that does not fit counts as missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    Missing,
    /// A text, or the stored form of a choice.
    Text(Cow<'a, str>),
    /// Any number of texts or phone numbers, in any order.
    List(Vec<Cow<'a, str>>),
    /// A whole number.
    Number(i64),
    /// A moment.
    Date(DateTime<Utc>),
}

impl<'a> Value<'a> {
    /// A list of texts.
    pub fn list<T: Into<Cow<'a, str>>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Into::into).collect())
    }

    /// A list of phone numbers.
    pub fn phones<'n>(numbers: impl IntoIterator<Item = &'n PhoneNumber>) -> Self {
        Self::list(numbers.into_iter().map(PhoneNumber::to_string))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<DateTime<Utc>> for Value<'_> {
    fn from(moment: DateTime<Utc>) -> Self {
        Self::Date(moment)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}
