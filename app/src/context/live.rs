//! Live updates: one stream of events for each open page, which everything on the page shares.
//!
//! The events say what has changed, not what it is now: whoever shows it reads it again. After a break in the stream,
//! such as a restart of the server, anything may have changed; the server may even be of another build, which the page
//! then says.

use std::sync::Arc;

use domain::{enterprise::EnterpriseSlug, live::LiveEvent};
use gloo_timers::callback::Timeout;
use leptos::{
    prelude::*,
    web_sys::{EventSource, MessageEvent},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::{effect::effect, paths, server_fns::wire::FORM, ui::BrowserValue};

/// How long events are collected before they are told, so that a burst of changes costs one question; in milliseconds.
const TOGETHER: u32 = 200;
/// After how long out of sight a page gives its connection back, of which browsers allow only six to one server; in
/// milliseconds.
const OUT_OF_SIGHT: u32 = 5_000;
/// How long to wait after the server has refused the stream, at first and at most, in milliseconds. A connection that
/// breaks off the browser takes up again by itself.
const FIRST_PAUSE: u32 = 2_000;
const LONGEST_PAUSE: u32 = 60_000;

/// The notice in the document that the page has to be loaded again.
pub const OUTDATED_NOTICE: &str = "outdated";

/// What has happened since the last news.
pub type News = Arc<[LiveEvent]>;

/// The stream of the page, and who listens to it.
#[derive(Clone, Copy)]
struct Live {
    address: StoredValue<String>,
    state: StoredValue<State>,
    connection: BrowserValue<Connection>,
    /// Closes the stream of a page that is out of sight, or opens it once more.
    next_step: BrowserValue<Timeout>,
    telling: BrowserValue<Timeout>,
}

#[derive(Default)]
struct State {
    listeners: Vec<(usize, Callback<News>)>,
    /// How many have ever listened.
    numbers: usize,
    heard: Vec<LiveEvent>,
    /// Whether something may have happened that was not told.
    missed: bool,
    /// Whether there is nothing more to hear.
    over: bool,
    pause: Option<u32>,
}

/// Opens the stream of an enterprise for everything below; it is closed with whoever asks.
pub fn provide_live(enterprise: &EnterpriseSlug) {
    open(paths::live(enterprise));
}

/// Opens the stream of all enterprises of the provider whom the person runs, for everything below.
pub fn provide_live_of_provider() {
    open(paths::provider_live());
}

fn open(address: String) {
    let live = Live {
        address: StoredValue::new(format!("{address}?form={FORM}")),
        state: StoredValue::new(State::default()),
        connection: BrowserValue::new(),
        next_step: BrowserValue::new(),
        telling: BrowserValue::new(),
    };
    provide_context(live);
    effect(move || {
        let listener = window_event_listener_untyped("visibilitychange", move |_| live.sight_changed());
        on_cleanup(move || listener.remove());
        live.connect();
    });
}

/// Calls `listen` with the news for as long as whoever asks is there. Outside of the pages of an
/// enterprise or a provider there are none.
pub fn on_news(listen: impl Fn(News) + Send + Sync + 'static) {
    let Some(live) = use_context::<Live>() else { return };
    let listener = Callback::new(listen);
    let number = live.state.try_update_value(|state| {
        state.numbers += 1;
        state.listeners.push((state.numbers, listener));
        state.numbers
    });
    on_cleanup(move || {
        live.state
            .try_update_value(|state| state.listeners.retain(|(known, _)| Some(*known) != number));
    });
}

impl Live {
    fn connect(self) {
        if document().hidden() {
            self.state.try_update_value(|state| state.missed = true);
            return;
        }
        let Some(address) = self.address.try_get_value() else {
            return;
        };
        match Connection::open(&address, self) {
            Ok(connection) => self.connection.set(connection),
            Err(reason) => leptos::logging::warn!("live updates cannot be had: {reason:?}"),
        }
    }

    fn is_connected(self) -> bool {
        self.connection
            .with(|connection| !connection.is_closed())
            .unwrap_or_default()
    }

    fn opened(self) {
        let missed = self.state.try_update_value(|state| {
            state.pause = None;
            std::mem::take(&mut state.missed)
        });
        if missed == Some(true) {
            self.hear(LiveEvent::Everything);
        }
    }

    fn failed(self) {
        self.state.try_update_value(|state| state.missed = true);
        if self.is_connected() {
            return;
        }
        let pause = self.state.try_update_value(|state| {
            let pause = state.pause.unwrap_or(FIRST_PAUSE);
            state.pause = Some((pause * 2).min(LONGEST_PAUSE));
            pause
        });
        if let Some(pause) = pause {
            self.next_step.set(Timeout::new(pause, move || self.connect()));
        }
    }

    fn hear(self, event: LiveEvent) {
        match event {
            LiveEvent::Over => return self.end(),
            LiveEvent::Outdated => return self.outdated(),
            LiveEvent::Everything | LiveEvent::Changed(_) => {}
        }
        self.state.try_update_value(|state| state.heard.push(event));
        if !self.telling.is_set() {
            self.telling.set(Timeout::new(TOGETHER, move || self.tell()));
        }
    }

    /// Hears nothing more.
    fn end(self) {
        self.state.try_update_value(|state| state.over = true);
        self.connection.with(|connection| connection.source.close());
    }

    /// Says that the page has to be loaded again, and asks for nothing more: every answer would be a refusal.
    fn outdated(self) {
        self.end();
        self.telling.clear();
        if let Some(notice) = document().get_element_by_id(OUTDATED_NOTICE) {
            let _ = notice.remove_attribute("hidden");
        }
    }

    fn tell(self) {
        self.telling.clear();
        let told = self
            .state
            .try_update_value(|state| (std::mem::take(&mut state.heard), state.listeners.clone()));
        let Some((news, listeners)) = told else { return };
        let news = News::from(news);
        for (_, listener) in listeners {
            // One that another one has taken off the page is not there any more.
            listener.try_run(news.clone());
        }
    }

    fn sight_changed(self) {
        if self.state.try_with_value(|state| state.over) != Some(false) {
            return;
        }
        if document().hidden() {
            self.next_step
                .set(Timeout::new(OUT_OF_SIGHT, move || self.disconnect()));
            return;
        }
        self.next_step.clear();
        if !self.is_connected() {
            self.connect();
        }
    }

    fn disconnect(self) {
        self.connection.clear();
        self.state.try_update_value(|state| state.missed = true);
    }
}

/// The open stream; it is closed when this value is dropped.
struct Connection {
    source: EventSource,
    _opened: Closure<dyn FnMut()>,
    _told: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut()>,
}

impl Connection {
    fn open(address: &str, live: Live) -> Result<Self, JsValue> {
        let source = EventSource::new(address)?;
        let opened = Closure::<dyn FnMut()>::new(move || live.opened());
        let told = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            let text = message.data().as_string().unwrap_or_default();
            // A word of a newer server says only that there was a change.
            live.hear(text.parse().unwrap_or(LiveEvent::Everything));
        });
        let failed = Closure::<dyn FnMut()>::new(move || live.failed());
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onmessage(Some(told.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Ok(Self {
            source,
            _opened: opened,
            _told: told,
            _failed: failed,
        })
    }

    fn is_closed(&self) -> bool {
        self.source.ready_state() == EventSource::CLOSED
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onmessage(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}
