//! The numbers that can send messages.
//!
//! They are handed on as they come. What is remembered of each is a hash of eight bytes, by which a server that ignores
//! paging is told, and by which a page that broke off can be asked for again; and that of no more than any carrier has.

use std::{
    collections::{HashSet, hash_map::RandomState},
    hash::BuildHasher,
    slice,
    time::Duration,
};

use domain::domain_subscription::DomainName;
use serde_json::Value;
use tokio::sync::mpsc;

use super::{
    NetSapiens,
    client::{Call, Client},
    objects::Objects,
    wire,
};
use crate::carriers::{Access, CarrierError, RemoteNumber};

const ALL: &str = "/v2/smsnumbers";
/// How many are asked for at a time; a server may give fewer.
const PAGE: usize = 1_000;
/// More pages than any carrier has.
const MOST_PAGES: usize = 10_000;
/// More numbers than any carrier has, those of other customers among them.
const MOST: usize = 2_000_000;
/// How often a page is asked for, once there were others.
const TRIES: u32 = 3;
/// Stands in place of a text that holds a credential. No column of an import takes it.
const ECHO: &str = "?";
/// How long to wait before the second try; before the third twice as long.
const PAUSE: Duration = Duration::from_secs(1);

impl NetSapiens {
    pub(super) async fn all_numbers(
        &self,
        access: &Access,
        domains: &[DomainName],
        found: mpsc::Sender<Vec<RemoteNumber>>,
    ) -> Result<(), CarrierError> {
        let mut listing = Listing {
            client: &self.client,
            access,
            found,
            hasher: RandomState::new(),
            seen: HashSet::new(),
            most: MOST,
        };
        if domains.is_empty() {
            return listing.list(ALL, domains).await;
        }
        let mut route_exists = false;
        for domain in domains {
            let path = format!("/v2/domains/{domain}/smsnumbers");
            match listing.list(&path, slice::from_ref(domain)).await {
                // What the carrier does not know has no numbers there.
                Err(CarrierError::NotFound) if route_exists => {}
                // Or it is the route that the carrier does not know; the one for everything it does.
                Err(CarrierError::NotFound) => return listing.list(ALL, domains).await,
                listed => listed?,
            }
            route_exists = true;
        }
        Ok(())
    }
}

/// Numbers on their way.
struct Listing<'l> {
    client: &'l Client,
    access: &'l Access,
    found: mpsc::Sender<Vec<RemoteNumber>>,
    hasher: RandomState,
    /// The hashes of all rows that have come.
    seen: HashSet<u64>,
    /// How many rows are remembered.
    most: usize,
}

impl Listing<'_> {
    /// Lists what a route has, page by page, and hands on what is of `domains`, or everything where none is named.
    async fn list(&mut self, route: &str, domains: &[DomainName]) -> Result<(), CarrierError> {
        let mut start = 0;
        for _ in 0..MOST_PAGES {
            let before = self.seen.len();
            let rows = self
                .page(&format!("{route}?start={start}&limit={PAGE}"), domains)
                .await?;
            // Only an empty page is surely the last one: a server may give fewer rows than it was asked for. One that
            // ignores paging gives all of them, or the same again.
            let is_last = rows == 0 || rows > PAGE || self.seen.len() == before;
            if is_last || self.found.is_closed() {
                return Ok(());
            }
            start += rows;
        }
        Err(CarrierError::Protocol)
    }

    /// Takes in one page; tells how many rows it has. Where something has come before, it is worth another try.
    async fn page(&mut self, path: &str, domains: &[DomainName]) -> Result<usize, CarrierError> {
        let is_begun = !self.seen.is_empty();
        let mut tried = 1;
        loop {
            match self.try_page(path, domains).await {
                Err(CarrierError::Transient | CarrierError::Protocol) if is_begun && tried < TRIES => {
                    self.client.timing.wait(PAUSE * tried).await;
                    tried += 1;
                }
                answer => return answer,
            }
        }
    }

    async fn try_page(&mut self, path: &str, domains: &[DomainName]) -> Result<usize, CarrierError> {
        self.client.turn(self.access).await?;
        let mut answer = self.client.open(self.access, &Call::read_long(path)).await?;
        let (mut objects, mut count) = (Objects::default(), 0);
        while let Some(part) = answer.part().await? {
            let rows = objects.take(&part)?;
            count += rows.len();
            let numbers = self.new_ones(&rows, domains)?;
            // Whoever takes them may have had enough.
            if !numbers.is_empty() && self.found.send(numbers).await.is_err() {
                return Ok(count);
            }
        }
        objects.finish()?;
        Ok(count)
    }

    /// What has not come before, of these domains.
    fn new_ones(&mut self, rows: &[Value], domains: &[DomainName]) -> Result<Vec<RemoteNumber>, CarrierError> {
        let mut numbers = Vec::new();
        for row in rows {
            let number = wire::number_row(row)?;
            let is_new = self.seen.insert(self.hasher.hash_one(&number));
            if self.seen.len() > self.most {
                return Err(CarrierError::Protocol);
            }
            let of_one = |domain: &DomainName| domain.as_str().eq_ignore_ascii_case(number.domain.trim());
            let of_these = domains.iter().any(of_one);
            if is_new && (of_these || domains.is_empty()) {
                let is_plain = number.number.chars().all(is_of_a_number);
                numbers.push(RemoteNumber {
                    number: self.shown(number.number, is_plain),
                    domain: self.shown(number.domain, of_these),
                    mms: self.shown(number.mms, false),
                    group_mms: self.shown(number.group_mms, false),
                });
            }
        }
        Ok(numbers)
    }

    /// What the carrier wrote, unless it echoes a credential.
    fn shown(&self, text: String, is_harmless: bool) -> String {
        if is_harmless || !self.access.is_in(&text) {
            text
        } else {
            ECHO.to_owned()
        }
    }
}

/// Digits and what people write between them.
fn is_of_a_number(c: char) -> bool {
    c.is_ascii_digit() || "+-(). /".contains(c)
}

#[cfg(test)]
mod tests {
    use domain::ids::CarrierProfileId;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::carriers::{CarrierSettings, Timing};

    fn row(number: u32) -> Value {
        json!({ "number": number.to_string(), "domain": "somebody-else.example" })
    }

    /// Rows of other domains are handed to nobody who could have enough of them.
    #[tokio::test]
    async fn what_is_remembered_of_a_list_that_does_not_end_has_an_end() {
        let client = Client::new(&CarrierSettings::default(), &Timing::system()).unwrap();
        let access = Access {
            profile: CarrierProfileId(Uuid::nil()),
            host: None,
            stamp: 0,
            credentials: Vec::new(),
        };
        let (found, _numbers) = mpsc::channel(1);
        let mut listing = Listing {
            client: &client,
            access: &access,
            found,
            hasher: RandomState::new(),
            seen: HashSet::new(),
            most: 3,
        };
        let own = [DomainName::parse("voice.example").unwrap()];
        assert_eq!(listing.new_ones(&[row(1), row(2), row(3)], &own), Ok(Vec::new()));
        assert_eq!(
            listing.new_ones(&[row(1), row(2)], &own),
            Ok(Vec::new()),
            "they have come before"
        );
        assert_eq!(listing.new_ones(&[row(4)], &own), Err(CarrierError::Protocol));
    }
}
