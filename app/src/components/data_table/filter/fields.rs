//! The fields of a filter; they take effect as they are filled in.

use domain::table::{ColumnKind, ColumnSpec};
use icondata_lu as lu;
use leptos::{either::Either, ev, html, prelude::*};

use super::{
    Step, TableAddress, active_filter,
    draft::Draft,
    operator::{Operator, Values},
};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    ui::{Appearance, Button, ButtonKind, ButtonSize, Icon},
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
        let query = match draft.read_untracked().usable(spec) {
            Some(condition) => query.with_filter(spec.id, condition),
            None => query.without_filter(spec.id),
        };
        address.show(query, Step::Filling(spec.id));
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
        if !draft.read_untracked().has_problem(spec) {
            close();
        }
    };
    view! {
        <form on:submit=submit novalidate>
            <p class="filter-popover__title">{words::filter::title(heading)}</p>
            {if spec.kind == ColumnKind::Choice {
                Either::Left(view! { <Choices spec draft apply/> })
            } else {
                Either::Right(view! { <Comparison id heading spec draft apply/> })
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
    spec: &'static ColumnSpec,
    draft: RwSignal<Draft>,
    apply: Callback<()>,
) -> Erased {
    let operators = Operator::of_kind(spec.kind);
    let operator = Memo::new(move |_| operators.get(draft.read().operator).copied());
    let values = move || operator.get().map_or(Values::None, Operator::values);
    let input_type = Signal::derive(move || operator.get().map_or("text", Operator::input_type));
    let options = operators
        .iter()
        .enumerate()
        .map(|(index, operator)| {
            view! { <option value=index.to_string()>{operator.label()}</option> }
        })
        .collect_view();
    let choose = move |event| {
        let chosen: usize = event_target_value(&event).parse().unwrap_or_default();
        draft.update(|draft| draft.choose(spec.kind, chosen));
        apply.run(());
    };
    let type_first = move |value: String| {
        draft.update(|draft| draft.first = value);
        apply.run(());
    };
    let type_second = move |value: String| {
        draft.update(|draft| draft.second = value);
        apply.run(());
    };
    let problem = move |value: fn(&Draft) -> &str| {
        Signal::derive(move || {
            let draft = draft.read();
            draft.problem(spec, value(&draft))
        })
    };
    let operator_id = format!("{id}-operator");
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
            <ValueField
                id=format!("{id}-value")
                label=words::filter::value(heading)
                input_type
                value=Signal::derive(move || draft.read().first.clone())
                problem=problem(|draft| draft.first.as_str())
                on_input=type_first
            />
        </div>
        <div class="field" hidden=move || values() != Values::Two>
            <ValueField
                id=format!("{id}-to")
                label=words::filter::AND.to_owned()
                input_type
                value=Signal::derive(move || draft.read().second.clone())
                problem=problem(|draft| draft.second.as_str())
                on_input=type_second
            />
        </div>
    }
    .erase()
}

/// Label and input of one value, and what is wrong with it.
#[component]
fn ValueField(
    id: String,
    label: String,
    input_type: Signal<&'static str>,
    value: Signal<String>,
    problem: Signal<Option<&'static str>>,
    /// Called with what was typed.
    #[prop(into)]
    on_input: Callback<String>,
) -> Erased {
    let input = NodeRef::<html::Input>::new();
    // Type and value go together: not even for a moment may a field hold what its type cannot, of which browsers
    // complain.
    effect(move || {
        let Some(input) = input.get() else { return };
        let (input_type, value) = (input_type.get(), value.get());
        if input.type_() != input_type {
            input.set_value("");
            input.set_type(input_type);
        }
        if input.value() != value {
            input.set_value(&value);
        }
    });
    let problem_id = format!("{id}-problem");
    let described_by = problem_id.clone();
    let note = move || {
        problem.get().map(|text| {
            view! {
                <p class="field__error" id=problem_id.clone()>
                    <Icon icon=lu::LuCircleAlert/>
                    <span>{text}</span>
                </p>
            }
        })
    };
    view! {
        <label class="field__label" for=id.clone()>
            {label}
        </label>
        <input
            node_ref=input
            class="input"
            id=id
            type=input_type.get_untracked()
            autocomplete="off"
            aria-invalid=move || problem.get().map(|_| "true")
            aria-describedby=move || problem.get().map(|_| described_by.clone())
            on:input=move |event| on_input.run(event_target_value(&event))
        />
        {note}
    }
    .erase()
}
