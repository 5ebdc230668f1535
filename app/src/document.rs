//! The HTML document around the application, and the content security policy that goes with it.
//!
//! The loader is written here rather than taken from `leptos::hydration::HydrationScripts`: version 0.8 of that puts
//! the nonce into `crossorigin`, and it says nothing to the person when loading fails.

use std::{collections::HashMap, sync::Arc};

use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;
use serde::Deserialize;

use crate::{
    App,
    context::OUTDATED_NOTICE,
    parts::{self, PagePart},
    server_fns::wire::FORM,
    ui::Theme,
    words,
};

/// The notice that the browser's part did not arrive.
const LOAD_FAILED_NOTICE: &str = "load-failed";

/// The addresses of the built files, as the build wrote them to `manifest.json`.
#[derive(Clone, Debug, Deserialize)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The JavaScript glue around the wasm.
    pub js: String,
    /// The application compiled to wasm.
    pub wasm: String,
    /// The modules of the parts that not every page loads, by their names.
    #[serde(default)]
    pub parts: HashMap<String, Vec<String>>,
}

/// The whole document. Sets the `Content-Security-Policy` of the answer, whose nonce it uses.
pub fn shell(assets: Arc<Assets>) -> impl IntoView {
    let nonce = use_nonce();
    if let (Some(nonce), Some(response)) = (&nonce, use_context::<ResponseOptions>()) {
        set_content_security_policy(&response, nonce);
    }
    let theme = theme_of_request().attribute();
    let part = part_of_request();
    let modules = part
        .and_then(|part| assets.parts.get(part.module()))
        .cloned()
        .unwrap_or_default();
    let modules = std::iter::once(assets.wasm.clone())
        .chain(modules)
        .map(preload_module)
        .collect_view();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" type="image/svg+xml" href="/favicon.svg"/>
                <link rel="stylesheet" href=assets.css.clone()/>
                <link rel="modulepreload" href=assets.js.clone()/>
                {modules}
                <script type="module" nonce=nonce inner_html=loader(&assets, part)></script>
                <MetaTags/>
            </head>
            <body class="app">
                <App/>
                {reload_notice(LOAD_FAILED_NOTICE, words::shell::LOAD_FAILED)}
                {reload_notice(OUTDATED_NOTICE, words::shell::OUTDATED)}
            </body>
        </html>
    }
}

fn preload_module(address: String) -> impl IntoView {
    view! { <link rel="preload" r#as="fetch" r#type="application/wasm" crossorigin="anonymous" href=address/> }
}

/// A notice that is not shown yet, for when reloading the page is what helps.
fn reload_notice(id: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <div id=id class="reload-notice" role="alert" hidden>
            <p class="reload-notice__text">{text}</p>
            // The router would take the link for one to this page, and not load it anew.
            <a class="button button--secondary" href="" rel="external">
                {words::shell::RELOAD}
            </a>
        </div>
    }
}

/// The part that the requested page is.
fn part_of_request() -> Option<&'static PagePart> {
    use_context::<http::request::Parts>().and_then(|request| parts::of_address(request.uri.path()))
}

/// Loads the browser's part and starts it; shows the notice at the end of the document if that fails.
fn loader(assets: &Assets, part: Option<&PagePart>) -> String {
    let Assets { js, wasm, .. } = assets;
    let part = part.map(PagePart::name).unwrap_or_default();
    format!(
        "import('{js}').then(m => m.default({{ module_or_path: '{wasm}' }}).then(() => m.hydrate('{part}', '{FORM}')))\
         .catch(e => {{ console.error(e); \
         const show = () => {{ document.getElementById('{LOAD_FAILED_NOTICE}').hidden = false; }}; \
         document.readyState === 'loading' ? addEventListener('DOMContentLoaded', show) : show(); }});"
    )
}

fn set_content_security_policy(response: &ResponseOptions, nonce: &str) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; manifest-src 'self'"
    );
    if let Ok(value) = http::HeaderValue::from_str(&policy) {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, value);
    }
}

fn theme_of_request() -> Theme {
    use_context::<http::request::Parts>()
        .and_then(|parts| {
            let cookies = parts.headers.get(http::header::COOKIE)?.to_str().ok()?;
            Some(Theme::from_cookie_header(cookies))
        })
        .unwrap_or(Theme::System)
}
