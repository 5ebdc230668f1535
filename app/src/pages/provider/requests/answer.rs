//! Answer a request: done, or declined with a reason.

use domain::{
    ids::ResubscriptionRequestId,
    resubscription_request::{ANSWER_MAX, RequestAnswerInput, RequestRow, RequestState, Verdict},
};
use leptos::{either::EitherOf3, prelude::*};

use crate::{
    components::form::{DialogForm, at, on_answer},
    effect::effect,
    erase::{Erase, Erased},
    server_fns::resubscription_request::{AnswerResubscriptionRequest, get_resubscription_request},
    ui::{Banner, Button, Dialog, DialogBody, DialogFooter, SelectField, SelectOption, Spinner, TextField, Tone},
    words,
};

#[component]
pub(super) fn AnswerDialog(
    open: Memo<Option<ResubscriptionRequestId>>,
    close: Callback<()>,
    done: Callback<(ResubscriptionRequestId, String)>,
) -> Erased {
    let dirty = RwSignal::new(false);
    view! {
        <Dialog
            id="answer-request"
            title=words::provider::ANSWER_TITLE
            open=Signal::derive(move || open.get().is_some())
            on_close=close
            dirty
        >
            {move || open.get().map(|id| view! { <LoadedRequest id close done dirty/> })}
        </Dialog>
    }
    .erase()
}

#[component]
fn LoadedRequest(
    id: ResubscriptionRequestId,
    close: Callback<()>,
    done: Callback<(ResubscriptionRequestId, String)>,
    dirty: RwSignal<bool>,
) -> Erased {
    let request = LocalResource::new(move || get_resubscription_request(id));
    let shown = move || match request.get() {
        Some(Ok(request)) if request.state == RequestState::Open => {
            EitherOf3::A(view! { <AnswerForm request done dirty/> })
        }
        Some(answer) => {
            let text = match answer {
                Ok(_) => words::provider::ANSWERED_ALREADY.to_owned(),
                Err(error) => error.to_string(),
            };
            EitherOf3::B(view! {
                <DialogBody>
                    <Banner tone=Tone::Danger text/>
                </DialogBody>
                <DialogFooter>
                    <Button label=words::dialogs::CLOSE on_press=close/>
                </DialogFooter>
            })
        }
        None => EitherOf3::C(view! {
            <DialogBody>
                <Spinner label=words::shell::LOADING/>
            </DialogBody>
        }),
    };
    shown.erase()
}

#[component]
fn AnswerForm(request: RequestRow, done: Callback<(ResubscriptionRequestId, String)>, dirty: RwSignal<bool>) -> Erased {
    let verdict = RwSignal::new(RequestState::Done.as_str().to_owned());
    let text = RwSignal::new(String::new());
    effect(move || dirty.set(!text.read().trim().is_empty()));
    let save = ServerAction::<AnswerResubscriptionRequest>::new();
    let (id, domain) = (request.id, request.domain.clone());
    let error = on_answer(*save, move |_| {
        done.run((id, words::provider::answered(&domain)));
    });
    let enterprise = request.enterprise.clone();
    let on_submit = move |()| {
        let declined = verdict.read_untracked().as_str() == RequestState::Declined.as_str();
        save.dispatch(AnswerResubscriptionRequest {
            enterprise: enterprise.clone(),
            id,
            input: RequestAnswerInput {
                verdict: if declined { Verdict::Declined } else { Verdict::Done },
                text: text.get_untracked(),
            },
        });
    };
    let options = [RequestState::Done, RequestState::Declined]
        .map(|state| SelectOption::new(state.as_str(), words::provider::request_state(state)))
        .to_vec();
    view! {
        <DialogForm error fields=&["text"] label=words::provider::SEND_ANSWER busy=save.pending() on_submit>
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
                error=at(error, "text")
                maxlength=u32::try_from(ANSWER_MAX).unwrap_or(u32::MAX)
            />
        </DialogForm>
    }
    .erase()
}
