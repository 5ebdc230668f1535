//! Giving numbers away although they should rest: the question, and going on.

use domain::number::{COOLING_OFF, CoolingOff};
use leptos::{html, prelude::*};

use super::form::Sending;
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    ui::{Banner, Button, ButtonSize, Tone, focus},
    words,
};

/// The question whether numbers are given away although they should rest.
#[derive(Clone, Copy)]
pub struct CoolingOffQuestion {
    /// What is asked, while it is.
    text: Memo<Option<String>>,
    busy: Memo<bool>,
    confirm: Callback<()>,
}

/// Takes the question out of what can be wrong with `sending`, which sends `answer` along. A yes is about what was chosen
/// when the form was sent: with another choice there is no question any more, and sending the form asks again.
pub fn ask_about_cooling_off<T>(
    sending: Sending,
    answer: StoredValue<CoolingOff>,
    chosen: impl Fn() -> T + Send + Sync + 'static,
) -> (CoolingOffQuestion, Sending)
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let chosen = Signal::derive(chosen);
    let sent = StoredValue::new(None::<T>);
    let failed = sending.error;
    let text = Memo::new(move |_| {
        let error = failed.get().filter(is_question)?;
        (sent.get_value() == Some(chosen.get())).then(|| error.to_string())
    });
    let send = Callback::new(move |()| {
        sent.set_value(Some(chosen.get_untracked()));
        sending.send();
    });
    let confirm = Callback::new(move |()| {
        answer.set_value(CoolingOff::Confirmed);
        send.run(());
        answer.set_value(CoolingOff::Heeded);
    });
    let question = CoolingOffQuestion {
        text,
        busy: sending.busy,
        confirm,
    };
    let error = Signal::derive(move || failed.get().filter(|error| !is_question(error)));
    (question, Sending { error, send, ..sending })
}

fn is_question(error: &AppError) -> bool {
    error.field_errors().iter().any(|error| error.field == COOLING_OFF)
}

/// The question with its way on; takes the focus when it comes up.
#[component]
pub fn CoolingOffNotice(
    /// What is asked.
    question: CoolingOffQuestion,
    /// What going on is called.
    label: &'static str,
) -> Erased {
    let notice = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(notice) = notice.get().filter(|_| question.text.with(Option::is_some)) {
            focus(&notice);
        }
    });
    let shown = move || {
        question.text.get().map(|text| {
            view! {
                <div node_ref=notice tabindex="-1">
                    <Banner tone=Tone::Warning title=words::numbers::COOLING_OFF_TITLE.to_owned() text>
                        <div class="banner__actions">
                            <Button
                                label
                                size=ButtonSize::Small
                                busy=question.busy
                                on_press=question.confirm
                            />
                        </div>
                    </Banner>
                </div>
            }
        })
    };
    shown.erase()
}
