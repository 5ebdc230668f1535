//! The model of every table: what a person asks of it, how that is written in addresses, and the answer.
//!
//! A [`TableQuery`] is judged against a [`TableSchema`] and settled into a [`Plan`], in which nothing is left to
//! interpretation: texts are folded, phone numbers reduced to digits, days turned into instants. The [`TableIndex`]
//! answers a plan over rows in memory and `backend::store::table_sql` answers the same plan in SQL; a property test
//! holds both to the same rows in the same order. No label of a page and no SQL belongs here.
//!
//! # What the parts mean
//! - Texts are compared as [`fold`] leaves them; they sort by the bytes of that.
//! - Quick search looks for one text in each searchable value by itself, in each element of a list by itself, and in
//!   the values a row is found by without showing them. A number is found by being typed exactly, a choice by its
//!   label, a phone number also in the ways of [`phone_needles`], a moment by its whole day or month ("2026-11-23",
//!   "23 Nov 2026", "2026-11", "Nov 2026").
//! - A condition on a list holds when it holds for one of its elements; "does not contain" holds when no element
//!   contains the text. A list sorts by its smallest element.
//! - Before, after, between and searched days go by days of UTC; "in the last" and "in the next N days" reach N times 24 hours
//!   from the moment that the caller gives.
//! - A missing value fails every condition but three: "is empty", "does not contain" and "not equal". It sorts before
//!   everything else ascending and after everything else descending.
//! - Rows that are equal by all sort keys follow each other by ascending id, so that the order is total.
//! - A page behind the last one shows the last one.

mod builder;
mod check;
mod column;
mod condition;
mod day;
mod evaluator;
mod finder;
mod fold;
mod haystack;
mod list;
mod page;
mod percent;
mod phone_needles;
mod plan;
mod query;
mod schema;
#[cfg(test)]
mod tests;
mod text_form;
mod value;

pub use self::{
    builder::TableIndexBuilder,
    check::{Checked, QueryProblem, searchable},
    condition::{Condition, DateCondition, NumberCondition, NumberOperator, TextOperator},
    day::read_day,
    evaluator::{TableIndex, TableSlice},
    fold::fold,
    list::{Listed, Shared, WHOLE_LIST_ROWS, WholeList},
    page::{Page, PageSize, RowRange},
    phone_needles::phone_needles,
    plan::{InstantSpan, Plan, SearchPlan, Test, TextTest},
    query::{ColumnFilter, Direction, MAX_FILTERS, MAX_SORT_KEYS, MAX_TEXT_CHARS, SortKey, SortMode, TableQuery},
    schema::{ChoiceOption, ColumnKind, ColumnSpec, TableSchema},
    value::{IndexRow, Value},
};
