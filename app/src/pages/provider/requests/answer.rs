//! Answer a request: done, or declined with a reason.

use domain::{
    ids::ResubscriptionRequestId,
    resubscription_request::{ANSWER_MAX, RequestAnswerInput, RequestRow, RequestState, Verdict},
};
use leptos::prelude::*;

use crate::{
    components::form::{DialogForm, OnlyToRead, at, form_dialog_about, loaded, use_sending},
    effect::effect,
    erase::{Erase, Erased},
    server_fns::resubscription_request::{AnswerResubscriptionRequest, get_resubscription_request},
    ui::{Banner, SelectField, SelectOption, TextField, Tone},
    words,
};

#[component]
pub(super) fn AnswerDialog(
    open: Memo<Option<ResubscriptionRequestId>>,
    close: Callback<()>,
    done: Callback<(ResubscriptionRequestId, String)>,
) -> Erased {
    form_dialog_about(
        "answer-request",
        words::provider::ANSWER_TITLE,
        open,
        close,
        move |id, dirty| view! { <LoadedRequest id close done dirty/> }.erase(),
    )
}

#[component]
fn LoadedRequest(
    id: ResubscriptionRequestId,
    close: Callback<()>,
    done: Callback<(ResubscriptionRequestId, String)>,
    dirty: RwSignal<bool>,
) -> Erased {
    let request = LocalResource::new(move || get_resubscription_request(id));
    loaded(
        move || request.get(),
        words::shell::LOADING,
        close,
        move |request| match request.state {
            RequestState::Open => view! { <AnswerForm request done dirty/> }.erase(),
            RequestState::Done | RequestState::Declined => view! { <AnsweredAlready close/> }.erase(),
        },
    )
}

#[component]
fn AnsweredAlready(close: Callback<()>) -> Erased {
    view! {
        <OnlyToRead close>
            <Banner tone=Tone::Danger text=words::provider::ANSWERED_ALREADY/>
        </OnlyToRead>
    }
    .erase()
}

#[component]
fn AnswerForm(request: RequestRow, done: Callback<(ResubscriptionRequestId, String)>, dirty: RwSignal<bool>) -> Erased {
    let verdict = RwSignal::new(RequestState::Done.as_str().to_owned());
    let text = RwSignal::new(String::new());
    effect(move || dirty.set(!text.read().trim().is_empty()));
    let (id, domain, enterprise) = (request.id, request.domain.clone(), request.enterprise.clone());
    let input = move || {
        let declined = verdict.read().as_str() == RequestState::Declined.as_str();
        AnswerResubscriptionRequest {
            enterprise: enterprise.clone(),
            id,
            input: RequestAnswerInput {
                verdict: if declined { Verdict::Declined } else { Verdict::Done },
                text: text.get(),
            },
        }
    };
    let sending = use_sending(*ServerAction::<AnswerResubscriptionRequest>::new(), input, move |_| {
        done.run((id, words::provider::answered(&domain)));
    });
    let options = [RequestState::Done, RequestState::Declined]
        .map(|state| SelectOption::new(state.as_str(), words::provider::request_state(state)))
        .to_vec();
    view! {
        <DialogForm sending fields=&["text"] label=words::provider::SEND_ANSWER>
            <p>{words::provider::what_was_asked(&request)}</p>
            <SelectField
                id="request-verdict"
                name="verdict"
                label=words::provider::ANSWER
                options
                value=verdict
            />
            <TextField
                id="request-text"
                name="text"
                label=words::provider::FIELD_TEXT
                hint=words::provider::HINT_TEXT
                value=text
                error=at(sending.error, "text")
                maxlength=u32::try_from(ANSWER_MAX).unwrap_or(u32::MAX)
            />
        </DialogForm>
    }
    .erase()
}
