//! Numbers that can send messages: what they are, making many of them, and the routes that list them.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    routing::get,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    StandIn, Version, World,
    api::{Paging, Problem, account, host},
};

/// What numbers are for, in turn, and where they lead.
const USES: [(&str, &str); 3] = [("user", "1000"), ("callqueue", "2500"), ("available", "")];

/// A number that can send messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SmsNumber {
    /// The server it is at.
    #[serde(skip)]
    pub host: String,
    /// The number; digits with the country code, if all is well.
    pub number: Value,
    /// `user`, `callqueue` or `available`.
    pub application: String,
    /// To which user or queue it leads.
    pub dest: String,
    /// Of which domain.
    pub domain: String,
    /// Through which carrier it sends.
    pub carrier: String,
    /// Whether it can do MMS; yes or no, if all is well.
    #[serde(rename = "mms-capable")]
    pub mms_capable: Value,
    /// Whether it can do MMS to a group.
    #[serde(rename = "group-mms-capable")]
    pub group_mms_capable: Value,
}

impl SmsNumber {
    /// A number of a domain at a server, free and without MMS.
    #[must_use]
    pub fn new(host: &str, domain: &str, number: impl Into<Value>) -> Self {
        Self {
            host: host.to_owned(),
            number: number.into(),
            application: "available".to_owned(),
            dest: String::new(),
            domain: domain.to_owned(),
            carrier: "Stand-in Carrier".to_owned(),
            mms_capable: json!(false),
            group_mms_capable: json!(false),
        }
    }
}

/// Numbers to begin with.
#[derive(Clone, Debug, Deserialize)]
pub struct NumberSeed {
    /// The server they are at.
    pub host: String,
    /// Of which domain.
    pub domain: String,
    /// The first of them, with its country code; the others follow it.
    pub first: u64,
    /// How many.
    pub count: u64,
}

impl World {
    /// Adds numbers past the API: for users, for queues and free, with and without MMS.
    pub fn seed_numbers(&mut self, seed: &NumberSeed) {
        let numbers = (seed.first..seed.first + seed.count).zip(USES.into_iter().cycle());
        self.numbers
            .extend(numbers.map(|(number, (application, dest))| SmsNumber {
                application: application.to_owned(),
                dest: dest.to_owned(),
                mms_capable: json!(number.is_multiple_of(2)),
                group_mms_capable: json!(number.is_multiple_of(4)),
                ..SmsNumber::new(&seed.host, &seed.domain, number.to_string())
            }));
    }

    /// Adds numbers that somebody has entered wrongly, and some in other spellings that can be read: `first` and those
    /// after it.
    pub fn seed_odd_numbers(&mut self, host: &str, domain: &str, first: u64) {
        let mut next = (first..).map(|number| number.to_string());
        let mut number =
            |change: &dyn Fn(&str) -> SmsNumber| self.numbers.push(change(&next.next().unwrap_or_default()));
        let plain = |number: &str| SmsNumber::new(host, domain, number);
        // A number in place of a text, yes and no as words, capital letters in the domain.
        number(&|text| SmsNumber::new(host, domain, text.parse::<u64>().unwrap_or_default()));
        number(&|text| SmsNumber {
            mms_capable: json!("yes"),
            group_mms_capable: json!("no"),
            domain: domain.to_uppercase(),
            ..plain(text)
        });
        number(&|text| SmsNumber {
            mms_capable: Value::Null,
            group_mms_capable: Value::Null,
            ..plain(&format!("+{text}"))
        });
        // Without the country code, too short, nothing, no yes or no.
        number(&|text| plain(text.get(1..).unwrap_or_default()));
        number(&|text| plain(text.get(..5).unwrap_or_default()));
        number(&|_| plain(""));
        number(&|text| SmsNumber {
            mms_capable: json!("perhaps"),
            ..plain(text)
        });
    }
}

pub(crate) fn router() -> Router<StandIn> {
    Router::new()
        .route("/v2/smsnumbers", get(list))
        .route("/v2/domains/{domain}/smsnumbers", get(list_of_domain))
}

async fn list(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    Query(paging): Query<Paging>,
) -> Result<Json<Vec<SmsNumber>>, Problem> {
    found(&stand_in.world(), &headers, &paging, |_| true)
}

async fn list_of_domain(
    State(stand_in): State<StandIn>,
    Path(domain): Path<String>,
    headers: HeaderMap,
    Query(paging): Query<Paging>,
) -> Result<Json<Vec<SmsNumber>>, Problem> {
    let world = stand_in.world();
    if world.switches.version == Version::V44 {
        return Err(Problem(StatusCode::NOT_FOUND, "No Route Found"));
    }
    found(&world, &headers, &paging, |number| {
        number.domain.eq_ignore_ascii_case(&domain)
    })
}

fn found(
    world: &World,
    headers: &HeaderMap,
    paging: &Paging,
    wanted: impl Fn(&SmsNumber) -> bool,
) -> Result<Json<Vec<SmsNumber>>, Problem> {
    let (account, _) = account(world, headers)?;
    let host = host(headers);
    let (start, limit) = paging.of(world);
    let visible = world
        .numbers
        .iter()
        .filter(|number| number.host == host && account.sees(&number.domain) && wanted(number));
    Ok(Json(visible.skip(start).take(limit).cloned().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_of_all_kinds() {
        let mut world = World::default();
        let seed = NumberSeed {
            host: "a.example".to_owned(),
            domain: "voice".to_owned(),
            first: 12_065_550_100,
            count: 12,
        };
        world.seed_numbers(&seed);
        assert_eq!(world.numbers.len(), 12);
        assert_eq!(world.numbers[11].number, "12065550111");
        for (application, _) in USES {
            let of_it = world.numbers.iter().filter(|number| number.application == application);
            assert_eq!(of_it.count(), 4, "{application}");
        }
        let with_mms = world.numbers.iter().filter(|number| number.mms_capable == json!(true));
        assert_eq!(with_mms.count(), 6);
    }

    #[test]
    fn odd_numbers_are_each_odd_in_their_own_way() {
        let mut world = World::default();
        world.seed_odd_numbers("a.example", "voice", 12_065_550_100);
        let numbers: Vec<String> = world.numbers.iter().map(|number| number.number.to_string()).collect();
        assert_eq!(
            numbers,
            [
                "12065550100",
                "\"12065550101\"",
                "\"+12065550102\"",
                "\"2065550103\"",
                "\"12065\"",
                "\"\"",
                "\"12065550106\"",
            ]
        );
    }
}
