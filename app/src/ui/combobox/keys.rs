//! What the keys of a picker mean (ARIA Authoring Practices, editable combobox with list). Pure: the component looks at its
//! state, asks here, and does what it is told.

/// The state that decides what a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KeyState {
    /// Whether the list is shown.
    pub(super) open: bool,
    /// The option the keyboard is at.
    pub(super) active: Option<usize>,
    /// Options in the list.
    pub(super) count: usize,
    /// Whether anything is typed.
    pub(super) typed: bool,
    /// Whether the text cursor stands at the very start.
    pub(super) at_start: bool,
    /// Chips before the input.
    pub(super) chips: usize,
    /// Whether what the typed text finds is still to come.
    pub(super) searching: bool,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Leave the key to the browser.
    Pass,
    /// Show the list, at this option if any.
    Open(Option<usize>),
    /// Go to this option.
    Move(usize),
    /// Choose this option.
    Choose(usize),
    /// Choose the first of the options that are still to come.
    ChooseFound,
    /// Hide the list.
    Close,
    /// Empty the text.
    ClearText,
    /// Take away the last chip.
    RemoveLast,
    /// Give this chip the focus.
    FocusChip(usize),
}

/// What `key` means in the input.
pub(super) fn in_input(key: &str, state: KeyState) -> Step {
    let last = state.count.checked_sub(1);
    match (key, state.open) {
        // Also before the options have come.
        ("ArrowDown", false) => Step::Open(Some(0)),
        ("ArrowUp", false) => Step::Open(last),
        ("ArrowDown", true) => last.map_or(Step::Pass, |last| {
            Step::Move(
                state
                    .active
                    .map_or(0, |active| if active >= last { 0 } else { active + 1 }),
            )
        }),
        ("ArrowUp", true) => last.map_or(Step::Pass, |last| {
            Step::Move(
                state
                    .active
                    .map_or(last, |active| active.checked_sub(1).unwrap_or(last)),
            )
        }),
        ("PageDown", true) => last.map_or(Step::Pass, |last| Step::Move(last.min(state.active.unwrap_or(0) + 10))),
        ("PageUp", true) => last.map_or(Step::Pass, |last| {
            Step::Move(state.active.unwrap_or(0).saturating_sub(10).min(last))
        }),
        ("Enter", true) => match state.active.filter(|active| *active < state.count) {
            Some(active) => Step::Choose(active),
            None if state.searching => Step::ChooseFound,
            None => Step::Close,
        },
        ("Escape", true) => Step::Close,
        ("Escape", false) if state.typed => Step::ClearText,
        ("Backspace", _) if !state.typed && state.chips > 0 => Step::RemoveLast,
        ("ArrowLeft", _) if state.at_start && state.chips > 0 => Step::FocusChip(state.chips - 1),
        _ => Step::Pass,
    }
}

/// What to do when a key is pressed on a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChipStep {
    /// Leave the key to the browser.
    Pass,
    /// Give this chip the focus.
    Focus(usize),
    /// Give the input the focus.
    FocusInput,
    /// Take this chip away.
    Remove(usize),
}

/// What `key` means on chip `at` of `chips`.
pub(super) fn on_chip(key: &str, at: usize, chips: usize) -> ChipStep {
    match key {
        "ArrowLeft" => ChipStep::Focus(at.saturating_sub(1)),
        "ArrowRight" if at + 1 < chips => ChipStep::Focus(at + 1),
        "ArrowRight" | "End" => ChipStep::FocusInput,
        "Home" => ChipStep::Focus(0),
        "Delete" | "Backspace" => ChipStep::Remove(at),
        _ => ChipStep::Pass,
    }
}

/// Which chip gets the focus after chip `removed` is gone and `left` remain; none means the input.
pub(super) fn after_removal(removed: usize, left: usize) -> Option<usize> {
    (left > 0).then(|| removed.min(left - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOSED: KeyState = KeyState {
        open: false,
        active: None,
        count: 3,
        typed: false,
        at_start: true,
        chips: 0,
        searching: false,
    };
    const OPEN: KeyState = KeyState { open: true, ..CLOSED };

    #[test]
    fn the_arrows_open_the_list_at_its_ends() {
        assert_eq!(in_input("ArrowDown", CLOSED), Step::Open(Some(0)));
        assert_eq!(in_input("ArrowUp", CLOSED), Step::Open(Some(2)));
        assert_eq!(
            in_input("ArrowDown", KeyState { count: 0, ..CLOSED }),
            Step::Open(Some(0))
        );
        assert_eq!(in_input("ArrowUp", KeyState { count: 0, ..CLOSED }), Step::Open(None));
    }

    #[test]
    fn the_arrows_go_round() {
        assert_eq!(in_input("ArrowDown", OPEN), Step::Move(0));
        assert_eq!(
            in_input(
                "ArrowDown",
                KeyState {
                    active: Some(2),
                    ..OPEN
                }
            ),
            Step::Move(0)
        );
        assert_eq!(
            in_input(
                "ArrowUp",
                KeyState {
                    active: Some(0),
                    ..OPEN
                }
            ),
            Step::Move(2)
        );
        assert_eq!(in_input("ArrowUp", OPEN), Step::Move(2));
    }

    #[test]
    fn an_empty_list_has_nowhere_to_go() {
        let empty = KeyState { count: 0, ..OPEN };
        for key in ["ArrowDown", "ArrowUp", "PageDown", "PageUp"] {
            assert_eq!(in_input(key, empty), Step::Pass, "{key}");
        }
        assert_eq!(in_input("Enter", empty), Step::Close);
    }

    #[test]
    fn pages_stop_at_the_ends() {
        assert_eq!(
            in_input(
                "PageDown",
                KeyState {
                    active: Some(1),
                    ..OPEN
                }
            ),
            Step::Move(2)
        );
        assert_eq!(
            in_input(
                "PageUp",
                KeyState {
                    active: Some(1),
                    ..OPEN
                }
            ),
            Step::Move(0)
        );
    }

    #[test]
    fn enter_chooses_only_from_an_open_list() {
        assert_eq!(
            in_input(
                "Enter",
                KeyState {
                    active: Some(1),
                    ..OPEN
                }
            ),
            Step::Choose(1)
        );
        assert_eq!(
            in_input(
                "Enter",
                KeyState {
                    active: Some(9),
                    ..OPEN
                }
            ),
            Step::Close
        );
        assert_eq!(in_input("Enter", CLOSED), Step::Pass);
    }

    #[test]
    fn enter_waits_for_what_is_being_searched_unless_the_arrows_led_to_an_option() {
        let searching = KeyState {
            searching: true,
            ..OPEN
        };
        assert_eq!(in_input("Enter", searching), Step::ChooseFound);
        let led = KeyState {
            active: Some(1),
            ..searching
        };
        assert_eq!(in_input("Enter", led), Step::Choose(1));
    }

    #[test]
    fn escape_closes_first_then_empties_then_belongs_to_the_dialog() {
        assert_eq!(in_input("Escape", KeyState { typed: true, ..OPEN }), Step::Close);
        assert_eq!(in_input("Escape", KeyState { typed: true, ..CLOSED }), Step::ClearText);
        assert_eq!(in_input("Escape", CLOSED), Step::Pass);
    }

    #[test]
    fn chips_are_reached_only_from_an_empty_or_unentered_text() {
        let chips = KeyState { chips: 2, ..CLOSED };
        assert_eq!(in_input("Backspace", chips), Step::RemoveLast);
        assert_eq!(in_input("Backspace", KeyState { typed: true, ..chips }), Step::Pass);
        assert_eq!(in_input("Backspace", CLOSED), Step::Pass);
        assert_eq!(in_input("ArrowLeft", chips), Step::FocusChip(1));
        assert_eq!(
            in_input(
                "ArrowLeft",
                KeyState {
                    at_start: false,
                    ..chips
                }
            ),
            Step::Pass
        );
    }

    #[test]
    fn chips_are_walked_and_removed() {
        assert_eq!(on_chip("ArrowLeft", 0, 3), ChipStep::Focus(0));
        assert_eq!(on_chip("ArrowRight", 1, 3), ChipStep::Focus(2));
        assert_eq!(on_chip("ArrowRight", 2, 3), ChipStep::FocusInput);
        assert_eq!(on_chip("Delete", 1, 3), ChipStep::Remove(1));
        assert_eq!(on_chip("Tab", 1, 3), ChipStep::Pass);
    }

    #[test]
    fn the_focus_has_somewhere_to_go_after_a_removal() {
        assert_eq!(after_removal(1, 2), Some(1));
        assert_eq!(after_removal(2, 2), Some(1));
        assert_eq!(after_removal(0, 0), None);
    }
}
