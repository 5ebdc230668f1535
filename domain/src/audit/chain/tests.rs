//! The form of the hashes, and what a walk along a chain finds.

use rstest::rstest;

use super::*;

fn link(sequence: i64) -> Link<'static> {
    Link {
        chain: Uuid::from_u128(1),
        sequence,
        id: Uuid::from_u128(2),
        enterprise: Some(Uuid::from_u128(1)),
        provider: Some(Uuid::from_u128(3)),
        account: None,
        actor: "ada@company.example",
        action: "update",
        resource: "sms_group",
        resource_id: Some(Uuid::from_u128(4)),
        subject: Some("Empfang Süd"),
        before: None,
        after: Some("{}"),
        request: Uuid::from_u128(5),
        peer: Some("::1"),
        at: DateTime::from_timestamp(1_795_939_200, 123_456_000).unwrap(),
    }
}

/// Worked out by another program (Python's hashlib) from the description above.
#[test]
fn the_form_is_the_one_that_was_agreed() {
    assert_eq!(
        link(1).hash(START),
        "47072e38c14539aa5c9ba09499181fb7724b2c19b37bd9f153c695bfc1054acd"
    );
    let second = link(2).hash(&link(1).hash(START));
    assert_eq!(
        second,
        "bca0882591b4231b3e12ee06785ce19cbd04c390203a7ef914e2c3029d665558"
    );
}

#[test]
fn every_field_counts() {
    let other = Some(Uuid::from_u128(9));
    let at = DateTime::from_timestamp(1_795_939_200, 123_457_000).unwrap();
    let nobody = Uuid::nil();
    let changed = [
        Link {
            chain: nobody,
            ..link(1)
        },
        Link { sequence: 2, ..link(1) },
        Link { id: nobody, ..link(1) },
        Link {
            enterprise: None,
            ..link(1)
        },
        Link {
            provider: other,
            ..link(1)
        },
        Link {
            account: other,
            ..link(1)
        },
        Link {
            actor: "ada@company.exampl",
            ..link(1)
        },
        Link {
            action: "updates",
            ..link(1)
        },
        Link {
            resource: "task",
            ..link(1)
        },
        Link {
            resource_id: None,
            ..link(1)
        },
        Link {
            subject: None,
            ..link(1)
        },
        Link {
            before: Some("{}"),
            after: None,
            ..link(1)
        },
        Link {
            after: Some("{ }"),
            ..link(1)
        },
        Link {
            request: nobody,
            ..link(1)
        },
        Link {
            peer: Some(""),
            ..link(1)
        },
        Link { peer: None, ..link(1) },
        Link { at, ..link(1) },
    ];
    let mut hashes: Vec<String> = changed.iter().map(|link| link.hash(START)).collect();
    hashes.push(link(1).hash(START));
    hashes.push(link(1).hash(&hashes[0]));
    let all = hashes.len();
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), all);
}

/// Bytes do not move from one field into the next unseen.
#[test]
fn fields_do_not_run_together() {
    let one = Link {
        actor: "ab",
        action: "c",
        ..link(1)
    };
    let other = Link {
        actor: "a",
        action: "bc",
        ..link(1)
    };
    assert_ne!(one.hash(START), other.hash(START));
}

type Entries = Vec<(Link<'static>, String)>;

/// A chain of five, with the hashes that its entries carry.
fn chain() -> Entries {
    let mut previous = START.to_owned();
    (1..=5)
        .map(|sequence| {
            previous = link(sequence).hash(&previous);
            (link(sequence), previous.clone())
        })
        .collect()
}

fn flaws(entries: &[(Link<'static>, String)], head: Option<(i64, &str)>) -> Vec<Flaw> {
    let mut walk = Walk::default();
    for (link, hash) in entries {
        walk.step(link, hash);
    }
    walk.finish(head).0
}

#[test]
fn a_chain_as_it_was_written_has_no_flaw() {
    let entries = chain();
    let head = entries[4].1.clone();
    assert!(flaws(&entries, Some((5, &head))).is_empty());
    assert!(flaws(&[], None).is_empty());
    assert!(flaws(&[], Some((0, START))).is_empty());
}

fn changed(mut entries: Entries) -> Entries {
    entries[2].0.actor = "eve@company.example";
    entries
}

fn changed_with_its_hash(entries: Entries) -> Entries {
    let mut entries = changed(entries);
    entries[2].1 = entries[2].0.hash(&entries[1].1);
    entries
}

fn removed(mut entries: Entries) -> Entries {
    entries.remove(1);
    entries
}

fn first_removed(mut entries: Entries) -> Entries {
    entries.drain(..2);
    entries
}

fn last_removed(mut entries: Entries) -> Entries {
    entries.truncate(3);
    entries
}

fn all_removed(_: Entries) -> Entries {
    Vec::new()
}

/// The second entry is taken out and its place given to those behind it.
fn closed_up(entries: Entries) -> Entries {
    let mut entries = removed(entries);
    for (entry, sequence) in entries.iter_mut().zip(1..) {
        entry.0.sequence = sequence;
    }
    entries
}

fn swapped(mut entries: Entries) -> Entries {
    entries.swap(1, 2);
    entries[1].0.sequence = 2;
    entries[2].0.sequence = 3;
    entries
}

fn twice(mut entries: Entries) -> Entries {
    let copy = entries[1].clone();
    entries.insert(2, copy);
    entries
}

fn change(sequence: i64) -> Flaw {
    Flaw::Changed { sequence }
}

fn gap(first: i64, last: i64) -> Flaw {
    Flaw::Missing { first, last }
}

#[rstest]
#[case::changed(changed, vec![change(3)])]
#[case::changed_with_its_hash(changed_with_its_hash, vec![change(4)])]
#[case::removed(removed, vec![gap(2, 2)])]
#[case::first_removed(first_removed, vec![gap(1, 2)])]
#[case::last_removed(last_removed, vec![gap(4, 5)])]
#[case::all_removed(all_removed, vec![gap(1, 5)])]
#[case::closed_up(closed_up, vec![change(2), change(3), change(4), gap(5, 5)])]
#[case::swapped(swapped, vec![change(2), change(3), change(4)])]
#[case::twice(twice, vec![Flaw::Surplus { sequence: 2 }])]
fn what_was_done_to_a_chain_shows(#[case] tamper: fn(Entries) -> Entries, #[case] expected: Vec<Flaw>) {
    let entries = chain();
    let head = entries[4].1.clone();
    assert_eq!(flaws(&tamper(entries), Some((5, &head))), expected);
}

#[test]
fn a_head_that_does_not_fit_shows() {
    let entries = chain();
    let head = entries[4].1.clone();
    assert_eq!(flaws(&entries, Some((5, START))), [Flaw::Head]);
    assert_eq!(flaws(&entries, Some((4, &head))), [Flaw::Head]);
    assert_eq!(flaws(&entries, None), [Flaw::Head]);
}

#[test]
fn many_flaws_are_counted() {
    let entries: Vec<_> = (1..=30).map(|sequence| (link(sequence), "x".to_owned())).collect();
    let flaws = flaws(&entries, Some((30, "x")));
    assert_eq!(flaws.len(), 21);
    assert_eq!(flaws[20], Flaw::More { count: 10 });
}

#[rstest]
#[case(Some(1), Some(2), 1)]
#[case(None, Some(2), 2)]
#[case(None, None, 0)]
fn each_enterprise_has_its_chain(
    #[case] enterprise: Option<u128>,
    #[case] provider: Option<u128>,
    #[case] expected: u128,
) {
    let id = |id: Option<u128>| id.map(Uuid::from_u128);
    assert_eq!(chain_of(id(enterprise), id(provider)), Uuid::from_u128(expected));
}
