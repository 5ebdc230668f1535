//! The fields of a filter; they take effect as they are filled in.

use domain::table::{ColumnKind, ColumnSpec};
use leptos::{either::Either, ev, html, prelude::*};

use super::{
    Step, TableAddress, active_filter,
    draft::{Draft, Operator, Values},
};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    ui::{Appearance, Button, ButtonKind, ButtonSize},
    words,
};

/// What the fields are of.
#[derive(Clone)]
pub(super) struct FieldsOf {
    /// The prefix of the element ids.
    pub(super) id: String,
    pub(super) spec: &'static ColumnSpec,
    pub(super) heading: &'static str,
    pub(super) address: TableAddress,
    /// Whether the popover is open.
    pub(super) open: RwSignal<bool>,
    /// The popover around them.
    pub(super) popover: NodeRef<html::Div>,
}

/// Operator and value of one column. The fields take the address's state over each time the popover opens.
#[component]
pub(super) fn FilterFields(of: FieldsOf) -> Erased {
    let FieldsOf {
        id,
        spec,
        heading,
        address,
        open,
        popover,
    } = of;
    let draft = RwSignal::new(Draft::default());
    effect(move || {
        if open.get() {
            let condition = untrack(|| active_filter(&address, spec.id)).map(|filter| filter.condition);
            draft.set(Draft::of(spec.kind, condition.as_ref()));
        }
    });
    let apply = Callback::new(move |()| {
        let query = address.query().get_untracked();
        let query = match draft.read_untracked().condition(spec.kind) {
            Some(condition) => query.with_filter(spec.id, condition),
            None => query.without_filter(spec.id),
        };
        address.show(query, Step::Filling);
    });
    let clear = move |()| {
        draft.set(Draft::default());
        apply.run(());
    };
    let close = move || {
        if let Some(popover) = popover.get_untracked() {
            // It may have been closed by the browser already; there is nothing left to do then.
            drop(popover.hide_popover());
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        apply.run(());
        close();
    };
    view! {
        <form on:submit=submit>
            <p class="filter-popover__title">{words::filter::title(heading)}</p>
            {if spec.kind == ColumnKind::Choice {
                Either::Left(view! { <Choices spec draft apply/> })
            } else {
                Either::Right(view! { <Comparison id heading kind=spec.kind draft apply/> })
            }}
            <div class="filter-popover__footer">
                <Button label=words::filter::CLEAR appearance=Appearance::Subtle size=ButtonSize::Small on_press=clear/>
                <Button label=words::filter::DONE size=ButtonSize::Small kind=ButtonKind::Submit/>
            </div>
        </form>
    }
    .erase()
}

/// Checkboxes for the words of a choice column.
#[component]
fn Choices(spec: &'static ColumnSpec, draft: RwSignal<Draft>, apply: Callback<()>) -> Erased {
    let boxes = spec
        .choices
        .iter()
        .map(|choice| {
            let value = choice.value;
            let checked = move || draft.read().chosen.iter().any(|chosen| chosen == value);
            let toggle = move |event| {
                draft.update(|draft| {
                    draft.chosen.retain(|chosen| chosen != value);
                    if event_target_checked(&event) {
                        draft.chosen.push(value.to_owned());
                    }
                });
                apply.run(());
            };
            view! {
                <label class="checkbox">
                    <input type="checkbox" prop:checked=checked on:change=toggle/>
                    <span class="checkbox__label">{choice.label}</span>
                </label>
            }
        })
        .collect_view();
    view! { <div class="stack">{boxes}</div> }.erase()
}

/// Operator and values.
#[component]
fn Comparison(
    id: String,
    heading: &'static str,
    kind: ColumnKind,
    draft: RwSignal<Draft>,
    apply: Callback<()>,
) -> Erased {
    let operators = Operator::of_kind(kind);
    let operator = Memo::new(move |_| operators.get(draft.read().operator).copied());
    let values = move || operator.get().map_or(Values::None, Operator::values);
    let input_type = move || operator.get().map_or("text", Operator::input_type);
    let options = operators
        .iter()
        .enumerate()
        .map(|(index, operator)| {
            view! { <option value=index.to_string()>{operator.label()}</option> }
        })
        .collect_view();
    let choose = move |event| {
        draft.update(|draft| draft.operator = event_target_value(&event).parse().unwrap_or_default());
        apply.run(());
    };
    let (operator_id, first_id, second_id) = (format!("{id}-operator"), format!("{id}-value"), format!("{id}-to"));
    view! {
        <div class="field">
            <label class="field__label" for=operator_id.clone()>
                {words::filter::OPERATOR}
            </label>
            <select class="select" id=operator_id prop:value=move || draft.read().operator.to_string() on:change=choose>
                {options}
            </select>
        </div>
        <div class="field" hidden=move || values() == Values::None>
            <label class="field__label" for=first_id.clone()>
                {words::filter::value(heading)}
            </label>
            <input
                class="input"
                id=first_id
                type=input_type
                autocomplete="off"
                prop:value=move || draft.read().first.clone()
                on:input=move |event| {
                    draft.update(|draft| draft.first = event_target_value(&event));
                    apply.run(());
                }
            />
        </div>
        <div class="field" hidden=move || values() != Values::Two>
            <label class="field__label" for=second_id.clone()>
                {words::filter::AND}
            </label>
            <input
                class="input"
                id=second_id
                type=input_type
                autocomplete="off"
                prop:value=move || draft.read().second.clone()
                on:input=move |event| {
                    draft.update(|draft| draft.second = event_target_value(&event));
                    apply.run(());
                }
            />
        </div>
    }
    .erase()
}
