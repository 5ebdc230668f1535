//! Subscriptions on a domain that are somebody else's: they are left alone, and told.

use serde::{Deserialize, Serialize};

use crate::text::one_line;

/// How many of them are named; the rest is counted.
pub const FOREIGN_NAMED: usize = 10;
/// Most characters of an id or a host that are shown.
const SHOWN_CHARS: usize = 253;

/// A subscription of somebody else, as far as it is any of our business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignSubscription {
    /// The carrier's id of it; none if it cannot be shown.
    pub id: Option<String>,
    /// The host that its messages go to; none if its address names none.
    pub host: Option<String>,
}

impl ForeignSubscription {
    /// One with this id, which sends to this host. Both come from outside: what cannot be shown is left out.
    #[must_use]
    pub fn new(id: &str, host: Option<&str>) -> Self {
        Self {
            id: one_line(id, SHOWN_CHARS).ok(),
            host: host.and_then(|host| one_line(host, SHOWN_CHARS).ok()),
        }
    }
}

/// What was there of others when a domain was last compared with its carrier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignSubscriptions {
    /// How many there were.
    pub count: u32,
    /// The first [`FOREIGN_NAMED`] of them.
    pub named: Vec<ForeignSubscription>,
}

impl FromIterator<ForeignSubscription> for ForeignSubscriptions {
    fn from_iter<I: IntoIterator<Item = ForeignSubscription>>(found: I) -> Self {
        let mut all = Self::default();
        for one in found {
            all.count = all.count.saturating_add(1);
            if all.named.len() < FOREIGN_NAMED {
                all.named.push(one);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_shown_is_left_out() {
        let shown = ForeignSubscription::new(" 5a3c ", Some("other.example"));
        assert_eq!(
            (shown.id.as_deref(), shown.host.as_deref()),
            (Some("5a3c"), Some("other.example"))
        );
        let odd = ForeignSubscription::new("5a\u{202E}3c", Some("\n"));
        assert_eq!(odd, ForeignSubscription { id: None, host: None });
        assert_eq!(ForeignSubscription::new(&"x".repeat(300), None).id, None);
    }

    #[test]
    fn ten_are_named_and_all_are_counted() {
        let found = (0..12).map(|n| ForeignSubscription::new(&n.to_string(), None));
        let all: ForeignSubscriptions = found.collect();
        assert_eq!((all.count, all.named.len()), (12, FOREIGN_NAMED));
    }
}
