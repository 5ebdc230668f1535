//! How many of the selected numbers serve somebody, for the question before they are deleted.

use domain::{
    enterprise::EnterpriseSlug,
    number::{ListedNumber, Selection, TABLE},
    table::{ColumnFilter, Condition, TableQuery},
};
use futures_util::future::try_join;

use crate::{
    error::AppError,
    server_fns::{
        list::{ListReader, NotAList, receive},
        number::{list_all_numbers, list_numbers},
    },
};

/// How many of them serve somebody at this moment.
///
/// # Errors
/// As the tables of numbers.
pub(super) async fn serving(enterprise: EnterpriseSlug, selection: Selection) -> Result<u64, AppError> {
    match selection {
        Selection::Ids(ids) => {
            let list = receive(list_all_numbers(enterprise, ids).await).await?;
            count(list).map_err(|_| AppError::NotUnderstood)
        }
        Selection::Query(all) => {
            let free = free_of(&all);
            let (all, free) = try_join(list_numbers(enterprise.clone(), all), list_numbers(enterprise, free)).await?;
            Ok(all.matching.saturating_sub(free.matching))
        }
    }
}

/// The query of the Numbers table that finds those of `all` that serve nobody.
fn free_of(all: &str) -> String {
    let [_, assigned_to, ..] = TABLE.columns();
    let mut free = TableQuery::parse_lenient(all, &TABLE);
    free.filters.push(ColumnFilter {
        column: assigned_to.id.to_owned(),
        condition: Condition::IsEmpty,
    });
    free.to_query_string()
}

/// How many numbers of a list serve somebody.
fn count(list: Vec<u8>) -> Result<u64, NotAList> {
    let mut list = ListReader::<ListedNumber>::new(list)?.ok_or(NotAList)?;
    let mut serving = 0;
    while let Some(number) = list.next()? {
        serving += u64::from(number.assignee.is_some());
    }
    Ok(serving)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_free_ones_are_looked_for_among_what_was_found() {
        assert_eq!(free_of(""), "filter=assigned_to:empty");
        let among = free_of("search=206&filter=assigned_to:contains:ada");
        let among = TableQuery::parse_lenient(&among, &TABLE);
        assert_eq!((among.search.as_str(), among.filters.len()), ("206", 2));
    }
}
