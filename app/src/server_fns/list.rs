//! The form in which a whole table travels to the browser: rows one behind the other in a compact binary encoding
//! (<https://postcard.jamesmunns.com/wire-format>), so that the browser can read some, pause, and read on.

use domain::table::Listed;
use leptos::server_fn::codec::ByteStream;
use thiserror::Error;

use crate::error::AppError;

/// An answer that should be a list is none: the page is older than the server, or the answer was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is not a list")]
pub struct NotAList;

/// Writes a list: whether it is there, what its rows share, how many rows, the rows.
///
/// # Errors
/// [`NotAList`] when a row cannot be written, which its type rules out.
#[cfg(feature = "ssr")]
pub fn encode<L: Listed>(list: &domain::table::WholeList<L>) -> Result<Vec<u8>, NotAList> {
    use domain::table::WholeList;

    let write = |value: &dyn Fn(Vec<u8>) -> postcard::Result<Vec<u8>>, bytes| value(bytes).map_err(|_| NotAList);
    match list {
        WholeList::TooLong => write(
            &|bytes| postcard::to_extend(&None::<(&L::Shared, usize)>, bytes),
            Vec::new(),
        ),
        WholeList::Rows(shared, rows) => {
            let head = Some((shared, rows.len()));
            let mut bytes = write(&|bytes| postcard::to_extend(&head, bytes), Vec::new())?;
            for row in rows {
                bytes = write(&|bytes| postcard::to_extend(row, bytes), bytes)?;
            }
            Ok(bytes)
        }
    }
}

/// Answers with a list.
///
/// # Errors
/// [`AppError::Interrupted`] when it cannot be written, which its type rules out.
#[cfg(feature = "ssr")]
pub fn send<L: Listed>(list: domain::table::WholeList<L>) -> Result<ByteStream<AppError>, AppError> {
    let bytes = encode(&list).map_err(|_| AppError::Interrupted)?;
    Ok(ByteStream::from(futures_util::stream::once(std::future::ready(bytes))))
}

/// Takes a list in as it came.
///
/// # Errors
/// Why there is none, or that the connection broke off.
pub async fn receive(answer: Result<ByteStream<AppError>, AppError>) -> Result<Vec<u8>, AppError> {
    use futures_util::TryStreamExt;

    let mut chunks = answer?.into_inner();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.try_next().await? {
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Reads a list row by row.
pub struct ListReader<L: Listed> {
    bytes: Vec<u8>,
    at: usize,
    left: usize,
    shared: L::Shared,
}

impl<L: Listed> ListReader<L> {
    /// Reads the beginning; none when the list was too long to be sent.
    ///
    /// # Errors
    /// [`NotAList`] when the bytes are something else.
    pub fn new(bytes: Vec<u8>) -> Result<Option<Self>, NotAList> {
        let (head, rest) = postcard::take_from_bytes::<Option<(L::Shared, usize)>>(&bytes).map_err(|_| NotAList)?;
        let at = bytes.len() - rest.len();
        Ok(head.map(|(shared, left)| Self {
            bytes,
            at,
            left,
            shared,
        }))
    }

    /// What the rows refer to in common.
    pub fn take_shared(&mut self) -> L::Shared {
        std::mem::take(&mut self.shared)
    }

    /// The next row; none behind the last one.
    ///
    /// # Errors
    /// [`NotAList`] when the bytes are something else.
    #[expect(
        clippy::should_implement_trait,
        reason = "a fallible iterator reads better with `?` inside"
    )]
    pub fn next(&mut self) -> Result<Option<L>, NotAList> {
        let rest = self.bytes.get(self.at..).ok_or(NotAList)?;
        if self.left == 0 {
            return if rest.is_empty() { Ok(None) } else { Err(NotAList) };
        }
        let (row, behind) = postcard::take_from_bytes(rest).map_err(|_| NotAList)?;
        self.at += rest.len() - behind.len();
        self.left -= 1;
        Ok(Some(row))
    }
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use domain::{
        ids::SmsGroupId,
        phone::PhoneNumber,
        sms_group::{ListedGroup, ListedPerson},
        table::WholeList,
    };
    use uuid::Uuid;

    use super::*;

    fn group(n: u128) -> ListedGroup {
        ListedGroup {
            id: SmsGroupId(Uuid::from_u128(n)),
            version: 3,
            name: format!("Ärzte {n}"),
            owner: 0,
            members: vec![0, 0],
            numbers: vec![PhoneNumber::parse("+12065550100").unwrap()],
        }
    }

    fn people() -> Vec<ListedPerson> {
        vec![ListedPerson {
            display_name: "Zoë".to_owned(),
            user_principal_name: "zoe@company.example".to_owned(),
            unreachable: None,
        }]
    }

    #[test]
    fn a_list_arrives_as_it_was_sent() {
        let bytes = encode(&WholeList::Rows(people(), vec![group(1), group(2)])).unwrap();
        let mut reader = ListReader::<ListedGroup>::new(bytes).unwrap().unwrap();
        assert_eq!(reader.take_shared(), people());
        assert_eq!(reader.next(), Ok(Some(group(1))));
        assert_eq!(reader.next(), Ok(Some(group(2))));
        assert_eq!(reader.next(), Ok(None));
    }

    #[test]
    fn a_list_that_is_too_long_says_so() {
        let bytes = encode(&WholeList::<ListedGroup>::TooLong).unwrap();
        assert!(ListReader::<ListedGroup>::new(bytes).unwrap().is_none());
    }

    #[test]
    fn a_list_with_more_behind_it_is_noticed() {
        let mut bytes = encode(&WholeList::Rows(people(), vec![group(1)])).unwrap();
        bytes.push(0);
        let mut reader = ListReader::<ListedGroup>::new(bytes).unwrap().unwrap();
        assert!(reader.next().is_ok());
        assert_eq!(reader.next(), Err(NotAList));
    }

    #[test]
    fn a_list_that_was_cut_off_is_noticed() {
        let mut bytes = encode(&WholeList::Rows(people(), vec![group(1), group(2)])).unwrap();
        bytes.truncate(bytes.len() - 3);
        let mut reader = ListReader::<ListedGroup>::new(bytes).unwrap().unwrap();
        assert!(reader.next().is_ok());
        assert_eq!(reader.next(), Err(NotAList));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert!(ListReader::<ListedGroup>::new(b"<html>".to_vec()).is_err());
    }
}
