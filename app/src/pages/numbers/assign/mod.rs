//! Assign Number: to a person or a group, to somebody else, or to nobody. Also opened from other pages.

mod form;
mod news;
mod pickers;

use domain::{ids::PhoneNumberId, number::PhoneNumberRow};
use leptos::prelude::*;

use self::form::AssignForm;
pub(super) use self::{
    form::ReloadNotice,
    news::{NumberNews, is_newer, use_number_news},
};
use crate::{
    components::form::{form_dialog_about, loaded},
    context::use_enterprise,
    erase::{Erase, Erased},
    server_fns::number::get_number,
    words,
};

/// The dialog.
#[component]
pub fn AssignNumberDialog(
    /// The number it is about; closed while there is none.
    #[prop(into)]
    number: Signal<Option<PhoneNumberId>>,
    /// Called with the number as it is after it was given to somebody or nobody.
    on_done: Callback<PhoneNumberRow>,
    /// Closes the dialog.
    on_close: Callback<()>,
) -> Erased {
    form_dialog_about(
        "assign-number",
        words::numbers::ASSIGN_TITLE,
        Memo::new(move |_| number.get()),
        on_close,
        move |id, dirty| view! { <LoadedNumber id on_done on_close dirty/> }.erase(),
    )
}

#[component]
fn LoadedNumber(
    id: PhoneNumberId,
    on_done: Callback<PhoneNumberRow>,
    on_close: Callback<()>,
    dirty: RwSignal<bool>,
) -> Erased {
    let slug = use_enterprise().slug;
    // Listens from before the number is read, so that no change falls in between.
    let news = use_number_news(id);
    let number = LocalResource::new(move || get_number(slug.clone(), id));
    let reload = Callback::new(move |()| number.refetch());
    loaded(
        move || number.get(),
        words::numbers::LOADING_ONE,
        on_close,
        move |detail| view! { <AssignForm detail news reload on_done dirty/> }.erase(),
    )
}
