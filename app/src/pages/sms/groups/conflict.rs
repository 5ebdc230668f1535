//! Somebody else saved the group first: what they changed, and what to do about it.

use domain::sms_group::{SmsGroup, changed_fields};
use leptos::{either::EitherOf3, prelude::*};

use super::form::GroupForm;
use crate::{
    context::use_enterprise,
    erase::{Erase, Erased},
    server_fns::sms_group::get_sms_group,
    ui::{Banner, Button, ButtonSize, Spinner, Tone},
    words,
};

/// Lists the fields that differ from the version this dialog was opened with, in the stored one or in the form, and who
/// changed each; offers to take the stored version over or to put one's own changes on top of it.
#[component]
pub(super) fn ConflictNotice(
    /// The version the dialog was opened with.
    base: RwSignal<SmsGroup>,
    form: GroupForm,
    /// Called with the stored version once the person has chosen; saving starts from it.
    on_resolved: Callback<SmsGroup>,
) -> Erased {
    let slug = use_enterprise().slug;
    let id = base.with_untracked(|group| group.id);
    let current = LocalResource::new(move || get_sms_group(slug.clone(), id));
    let shown = move || match current.get() {
        None => EitherOf3::A(view! { <Spinner label=words::groups::LOADING_ONE/> }),
        Some(Err(error)) => EitherOf3::B(view! { <Banner tone=Tone::Danger text=error.to_string()/> }),
        Some(Ok(current)) => EitherOf3::C(view! { <Choice base form current on_resolved/> }),
    };
    shown.erase()
}

#[component]
fn Choice(base: RwSignal<SmsGroup>, form: GroupForm, current: SmsGroup, on_resolved: Callback<SmsGroup>) -> Erased {
    let current = StoredValue::new(current);
    // Follows what is typed meanwhile, but is announced again only where a line reads differently.
    let lines = Memo::new(move |_| {
        let mine = form.input();
        let changed = base.with_untracked(|base| current.with_value(|current| changed_fields(base, &mine, current)));
        changed.iter().map(words::groups::changed_field).collect::<Vec<_>>()
    });
    let changes = move || {
        lines
            .get()
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect_view()
    };
    let know = move || {
        let other = GroupForm::of(&current.get_value());
        form.known_people
            .update_value(|known| known.extend(other.known_people.get_value()));
        form.known_numbers
            .update_value(|known| known.extend(other.known_numbers.get_value()));
    };
    let take_over = move |()| {
        know();
        let theirs = current.with_value(SmsGroup::input);
        form.rebase(theirs.clone(), &theirs);
        on_resolved.run(current.get_value());
    };
    let apply_mine = move |()| {
        know();
        let mine = form.input();
        let merged = base.with_untracked(|base| current.with_value(|current| mine.reapply(&base.input(), current)));
        form.rebase(current.with_value(SmsGroup::input), &merged);
        on_resolved.run(current.get_value());
    };
    view! {
        <Banner
            tone=Tone::Warning
            title=words::groups::CONFLICT_TITLE.to_owned()
            text=words::groups::CONFLICT_TEXT
        >
            <ul class="consequences">{changes}</ul>
            <div class="banner__actions">
                <Button label=words::groups::TAKE_OVER size=ButtonSize::Small on_press=take_over/>
                <Button label=words::groups::APPLY_MINE size=ButtonSize::Small on_press=apply_mine/>
            </div>
        </Banner>
    }
    .erase()
}
