//! The sign-in page. Works without the browser's part: a plain form.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;

use crate::{
    components::page_title::PageTitle,
    erase::{Erase, Erased},
    server_fns::session::SignIn as SignInCall,
    ui::{Appearance, Banner, Button, ButtonKind, ButtonWidth, Logo, Required, TextField, TextKind, Tone, Works},
    words,
};

/// Asks for e-mail address and password.
#[component]
pub fn SignIn() -> Erased {
    let call = ServerAction::<SignInCall>::new();
    let parameters = use_query_map();
    let next = move || parameters.read().get("next").unwrap_or_default();
    let refused = move || {
        let result = call.value().get()?;
        result.err().map(|error| {
            // Without the browser's part the error comes back in the address, where anybody can write: no text of it
            // is shown.
            let text = error.fixed_text().unwrap_or_else(|| words::sign_in::REFUSED.to_owned());
            view! { <Banner tone=Tone::Danger text/> }
        })
    };
    view! {
        <PageTitle title=words::sign_in::TITLE/>
        <main class="sign-in" id="main" tabindex="-1">
            <div class="sign-in__card">
                <div class="sign-in__brand">
                    <Logo/>
                    <span>{words::shell::PRODUCT}</span>
                </div>
                <h1 class="sign-in__title">{words::sign_in::TITLE}</h1>
                <p class="sign-in__lead">{words::sign_in::LEAD}</p>
                <ActionForm action=call>
                    {refused}
                    <input type="hidden" name="next" value=next/>
                    <TextField
                        id="email"
                        name="email"
                        label=words::sign_in::EMAIL
                        kind=TextKind::Email
                        autocomplete="username"
                        required=Required::Yes
                    />
                    <TextField
                        id="password"
                        name="password"
                        label=words::sign_in::PASSWORD
                        kind=TextKind::Password
                        autocomplete="current-password"
                        required=Required::Yes
                    />
                    <Button
                        label=words::sign_in::SIGN_IN
                        appearance=Appearance::Primary
                        kind=ButtonKind::Submit
                        works=Works::Always
                        width=ButtonWidth::Full
                        busy=call.pending()
                    />
                </ActionForm>
                <p class="sign-in__help">{words::sign_in::HELP}</p>
            </div>
        </main>
    }
    .erase()
}
