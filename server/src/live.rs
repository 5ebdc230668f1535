//! Live updates: a stream of server-sent events for each open page, which says what has changed in its enterprise, or in
//! all enterprises of its provider.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use app::{server_context::ServerContext, server_fns::wire::FORM};
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use backend::{
    Backend,
    context::{Actor, OpContext},
    services::live::{self, Subscription},
};
use chrono::Utc;
use domain::{access::Resource, enterprise::EnterpriseSlug, error::Error, ids::ProviderId, live::LiveEvent};
use futures_util::{
    StreamExt,
    stream::{self, Stream},
};
use http::{HeaderName, HeaderValue, header};
use serde::Deserialize;
use tokio::{
    sync::watch,
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};
use tower_sessions::{Session, SessionStore, session};

use crate::{
    middleware::{context, failure},
    state::AppState,
};

/// How often something is sent in any case, so that nobody on the way takes the connection for a dead one.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// After what time a browser comes back when the connection broke off.
const COME_BACK: Duration = Duration::from_secs(1);
/// When to come back if there are too many streams, in seconds.
const TOO_MANY: u64 = 60;

/// The streams that are open; cloning it is cheap.
#[derive(Clone)]
pub struct Streams {
    inner: Arc<Inner>,
}

struct Inner {
    of_session: Mutex<HashMap<session::Id, usize>>,
    ended: watch::Sender<bool>,
}

impl Default for Streams {
    fn default() -> Self {
        let (ended, _) = watch::channel(false);
        Self {
            inner: Arc::new(Inner {
                of_session: Mutex::default(),
                ended,
            }),
        }
    }
}

impl Streams {
    /// Ends all of them, and those that are still to come: a server that stops waits for open answers.
    pub fn end(&self) {
        self.inner.ended.send_replace(true);
    }

    /// Room for one more stream of the session, unless it has `most` already.
    fn place(&self, session: session::Id, most: usize) -> Option<Place> {
        let mut of_session = self.of_session();
        let count = of_session.entry(session).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Place {
            streams: self.clone(),
            session,
        })
    }

    fn of_session(&self) -> MutexGuard<'_, HashMap<session::Id, usize>> {
        self.inner.of_session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One stream of a session. It makes room when it is dropped.
struct Place {
    streams: Streams,
    session: session::Id,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut of_session = self.streams.of_session();
        if let Some(count) = of_session.get_mut(&self.session) {
            *count -= 1;
            if *count == 0 {
                of_session.remove(&self.session);
            }
        }
    }
}

/// Tells a page what changes in an enterprise, until the page goes, its session ends or the server stops.
pub async fn listen(
    State(state): State<AppState>,
    Extension(context): Extension<ServerContext>,
    session: Session,
    Path(enterprise): Path<String>,
    Query(page): Query<Page>,
) -> Response {
    let enterprise = EnterpriseSlug::parse(&enterprise).map_err(|_| Error::NotFound {
        resource: Resource::Enterprise,
    });
    answered(state, context, &session, enterprise.map(Audience::Enterprise), page).await
}

/// Tells a page of the console what changes in all enterprises of the provider, in the same way.
pub async fn listen_as_provider(
    State(state): State<AppState>,
    Extension(context): Extension<ServerContext>,
    session: Session,
    Query(page): Query<Page>,
) -> Response {
    answered(state, context, &session, Ok(Audience::Provider), page).await
}

/// What a page tells of itself.
#[derive(Deserialize)]
pub struct Page {
    /// The form of the answers that it understands ([`FORM`]); those who need no answers have none.
    form: Option<String>,
}

impl Page {
    /// Whether the page is of another build, so that this server refuses its calls.
    fn is_outdated(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form != FORM)
    }
}

/// What a page listens to.
enum Audience {
    /// One enterprise.
    Enterprise(EnterpriseSlug),
    /// All enterprises of the provider whom the person runs.
    Provider,
}

impl Audience {
    async fn subscribe(&self, op: &OpContext, backend: &Backend) -> Result<Subscription, Error> {
        match self {
            Self::Enterprise(enterprise) => live::subscribe(op, backend, enterprise).await,
            Self::Provider => live::subscribe_provider(op, backend),
        }
    }

    /// Whether whoever listens to `provider`, or to one of its enterprises, still may.
    async fn check(&self, op: &OpContext, backend: &Backend, provider: ProviderId) -> Result<(), Error> {
        match self {
            Self::Enterprise(enterprise) => live::check(op, backend, enterprise).await,
            Self::Provider => live::check_provider(op, provider),
        }
    }
}

async fn answered(
    state: AppState,
    context: ServerContext,
    session: &Session,
    audience: Result<Audience, Error>,
    page: Page,
) -> Response {
    let assets = state.assets.clone();
    let id = context.op.request_id;
    let listening = match audience {
        Ok(audience) => Listening::begin(state, context, session, audience).await,
        Err(error) => Err(error),
    };
    match listening {
        Ok(listening) => answer(listening, &page),
        Err(error) => failure::response(&assets, true, &error, id),
    }
}

fn answer(listening: Listening, page: &Page) -> Response {
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    let mut response = Sse::new(events(listening, page)).keep_alive(keep_alive).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Asks proxies to hand on each event at once; without it nginx collects a few kilobytes first.
    let buffering = HeaderName::from_static("x-accel-buffering");
    headers.insert(buffering, HeaderValue::from_static("no"));
    response
}

fn events(listening: Listening, page: &Page) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    // Something to send at once, so that the page knows from when on it listens.
    let mut first = Event::default().retry(COME_BACK).comment("listening");
    if page.is_outdated() {
        first = first.data(LiveEvent::Outdated.to_string());
    }
    let rest = stream::unfold(Some(listening), |listening| async move {
        let mut listening = listening?;
        let event = listening.next().await?;
        let goes_on = (event != LiveEvent::Over).then_some(listening);
        Some((Event::default().data(event.to_string()), goes_on))
    });
    stream::once(std::future::ready(first)).chain(rest).map(Ok)
}

/// A page that listens.
struct Listening {
    subscription: Subscription,
    ended: watch::Receiver<bool>,
    check: Interval,
    listener: Listener,
    _place: Place,
}

/// Who listens to what.
struct Listener {
    state: AppState,
    op: OpContext,
    session: session::Id,
    audience: Audience,
    provider: ProviderId,
}

impl Listening {
    async fn begin(
        state: AppState,
        context: ServerContext,
        session: &Session,
        audience: Audience,
    ) -> Result<Self, Error> {
        let subscription = audience.subscribe(&context.op, &state.backend).await?;
        let session = session.id().ok_or(Error::SignedOut)?;
        let limits = state.settings.limits;
        let place = state
            .streams
            .place(session, limits.live_streams)
            .ok_or(Error::TooManyRequests { seconds: TOO_MANY })?;
        let mut check = interval_at(Instant::now() + limits.live_check, limits.live_check);
        check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let provider = subscription.provider();
        Ok(Self {
            subscription,
            ended: state.streams.inner.ended.subscribe(),
            check,
            listener: Listener {
                state,
                op: context.op,
                session,
                audience,
                provider,
            },
            _place: place,
        })
    }

    /// What to tell next; none when the server stops.
    async fn next(&mut self) -> Option<LiveEvent> {
        loop {
            tokio::select! {
                biased;
                () = ended(&mut self.ended) => return None,
                _ = self.check.tick() => {
                    if !self.listener.may_go_on().await {
                        return Some(LiveEvent::Over);
                    }
                }
                event = self.subscription.next_event() => return event,
            }
        }
    }
}

impl Listener {
    /// Whether the session still stands for somebody who may read the enterprise. An open page alone is no use of the
    /// session: this does not make it last longer.
    async fn may_go_on(&self) -> bool {
        let store = self.state.backend.session_store();
        match store.load(&self.session).await {
            Ok(Some(_)) => {}
            Ok(None) => return false,
            Err(_) => return true,
        }
        let session = Session::new(Some(self.session), Arc::new(store), None);
        let mut op = OpContext {
            actor: Actor::Anonymous,
            now: Utc::now(),
            ..self.op.clone()
        };
        match context::person(&self.state, &op, &session).await {
            Ok(Some(signed_in)) => op.actor = Actor::Account(Arc::new(signed_in)),
            Ok(None) => return false,
            Err(_) => return true,
        }
        let checked = self.audience.check(&op, &self.state.backend, self.provider).await;
        // A database that does not answer takes nobody's right away.
        !matches!(
            checked,
            Err(Error::SignedOut | Error::NotFound { .. } | Error::Forbidden { .. })
        )
    }
}

/// Waits until all streams end.
async fn ended(ended: &mut watch::Receiver<bool>) {
    drop(ended.wait_for(|ended| *ended).await);
}
