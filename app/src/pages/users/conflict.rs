//! Somebody else changed a person's numbers first: what there is now, and how to go on from it.

use domain::teams_user::TeamsUser;
use leptos::{either::EitherOf3, prelude::*};

use super::load;
use crate::{
    erase::{Erase, Erased},
    ui::{Banner, Button, ButtonSize, Spinner, Tone},
    words,
};

/// Reads the person again and offers to go on from there.
#[component]
pub(super) fn NumbersConflict(
    /// The person as the dialog knows them.
    base: RwSignal<TeamsUser>,
    /// Called with the person as they are now.
    on_resolved: Callback<TeamsUser>,
) -> Erased {
    let current = load(base.with_untracked(|user| user.person.id));
    let shown = move || match current.get() {
        None => EitherOf3::A(view! { <Spinner label=words::users::LOADING_ONE/> }),
        Some(Err(error)) => EitherOf3::B(view! { <Banner tone=Tone::Danger text=error.to_string()/> }),
        Some(Ok(user)) => EitherOf3::C(view! { <Choice user on_resolved/> }),
    };
    shown.erase()
}

#[component]
fn Choice(user: TeamsUser, on_resolved: Callback<TeamsUser>) -> Erased {
    let numbers: Vec<String> = user
        .numbers
        .iter()
        .map(|number| words::numbers::within_text(number.e164))
        .collect();
    let text = words::users::they_have_now(&numbers);
    let user = StoredValue::new(user);
    view! {
        <Banner tone=Tone::Warning title=words::users::CONFLICT_TITLE.to_owned() text>
            <div class="banner__actions">
                <Button
                    label=words::users::APPLY_MINE
                    size=ButtonSize::Small
                    on_press=move |()| on_resolved.run(user.get_value())
                />
            </div>
        </Banner>
    }
    .erase()
}
