//! `serve`: answers requests until it is told to stop.

use std::{io::Write, net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};

use app::Assets;
use backend::{
    Backend,
    carriers::Timing,
    jobs::{Alerts, Renewal, Runner},
    services::{
        account::{self, NewAccount},
        domain_subscription::resume_deletions,
        import_upload,
    },
};
use chrono::Utc;
use tokio::{net::TcpListener, sync::watch};

use super::{CommandError, context, with_core};
use crate::{assets::read_manifest, build_router, live::Streams, settings::Settings, state::AppState};

/// How long requests under way get when the server stops.
const DRAIN: Duration = Duration::from_secs(10);
/// How often ended sessions are removed.
const SESSION_CLEANING: Duration = Duration::from_secs(60 * 60);
/// How often uploaded files whose time is over are removed.
const UPLOAD_CLEANING: Duration = Duration::from_secs(10 * 60);
/// Who the first start makes an account for.
const FIRST_ADMIN: &str = "admin@localhost";

pub(super) async fn run(settings: &Settings) -> Result<ExitCode, CommandError> {
    let assets = read_manifest(&settings.site_dir)?;
    with_core(settings, async move |backend| {
        work(settings, assets, backend.clone()).await
    })
    .await
}

async fn work(settings: &Settings, assets: Assets, backend: Backend) -> Result<ExitCode, CommandError> {
    let listener = listen(settings.listen).await?;
    create_first_admin(&backend).await?;
    finish_deletions(&backend).await;
    let state = AppState {
        backend: backend.clone(),
        assets: Arc::new(assets),
        site_dir: Arc::new(settings.site_dir.clone()),
        settings: Arc::new(settings.web.clone()),
        streams: Streams::default(),
    };
    let stop = stop_signal()?;
    let address = listener.local_addr()?;
    writeln!(std::io::stdout(), "Listening on http://{address}")?;
    let (stopping, stopped) = watch::channel(false);
    let stop = async move {
        stop.await;
        stopping.send_replace(true);
    };
    let renewal = Renewal::new(&backend, settings.renewal, Timing::system());
    let renewal = tokio::spawn(renewal.run(told(stopped.clone())));
    let alerts = tokio::spawn(Alerts::new(&backend).run(told(stopped.clone())));
    let tasks = tokio::spawn(Runner::new(&backend).run(told(stopped)));
    let cleaning = tokio::spawn(clean_sessions(backend.clone()));
    let cleaning_uploads = tokio::spawn(clean_uploads(backend));
    let result = serve(listener, state, stop).await;
    cleaning.abort();
    cleaning_uploads.abort();
    // Requests and tasks drain side by side; the program ends when both are over.
    if let Err(error) = tasks.await {
        tracing::error!(%error, "the task runner broke down");
    }
    if let Err(error) = renewal.await {
        tracing::error!(%error, "the renewal of domains broke down");
    }
    if let Err(error) = alerts.await {
        tracing::error!(%error, "noticing alerts broke down");
    }
    result?;
    Ok(ExitCode::SUCCESS)
}

/// Waits until the program is to stop, or serves no more.
async fn told(mut stopped: watch::Receiver<bool>) {
    drop(stopped.wait_for(|stopped| *stopped).await);
}

async fn listen(address: SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address)
        .await
        .map_err(|cause| CommandError::Listen { address, cause })
}

/// Serves until a signal comes, then until the requests under way are answered or [`DRAIN`] is over.
async fn serve(
    listener: TcpListener,
    state: AppState,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let streams = state.streams.clone();
    let router = build_router(state).into_make_service_with_connect_info::<SocketAddr>();
    let (stopping, mut stopped) = watch::channel(false);
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        stop.await;
        streams.end();
        stopping.send_replace(true);
    });
    let too_long = async move {
        // The sender lives until the signal came; after that nothing is left to wait for but the time.
        drop(stopped.wait_for(|stopping| *stopping).await);
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        result = server => result,
        () = too_long => {
            tracing::warn!("requests were cut off after {} s", DRAIN.as_secs());
            Ok(())
        }
    }
}

/// Waits for Ctrl-C, or for what a service manager sends. Listens from the moment of the call on, so that a signal that
/// comes before anybody waits is not lost and does not cut the program off.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}

async fn clean_sessions(backend: Backend) {
    let mut interval = tokio::time::interval(SESSION_CLEANING);
    loop {
        interval.tick().await;
        if let Err(error) = backend.session_store().delete_expired(Utc::now()).await {
            tracing::warn!(%error, "ended sessions could not be removed");
        }
    }
}

async fn clean_uploads(backend: Backend) {
    let mut interval = tokio::time::interval(UPLOAD_CLEANING);
    loop {
        interval.tick().await;
        if let Err(error) = import_upload::delete_expired(&context(), &backend).await {
            tracing::warn!(%error, "uploaded files could not be removed");
        }
    }
}

/// Takes up what a stop in the middle has left. A failure is no reason not to serve.
async fn finish_deletions(backend: &Backend) {
    match resume_deletions(&context(), backend).await {
        Ok(0) => {}
        Ok(domains) => tracing::info!(domains, "going on with deletions of domains"),
        Err(error) => tracing::warn!(%error, "deletions of domains could not be taken up"),
    }
}

/// At the very first start nobody could sign in: makes an admin and tells the password once.
async fn create_first_admin(backend: &Backend) -> Result<(), CommandError> {
    let ctx = context();
    if account::any(&ctx, backend).await? {
        return Ok(());
    }
    let new = NewAccount {
        email: FIRST_ADMIN.to_owned(),
        display_name: "Administrator".to_owned(),
        at: None,
    };
    let password = account::create(&ctx, backend, &new).await?;
    let mut out = std::io::stdout();
    writeln!(
        out,
        "This database is new. Sign in as {FIRST_ADMIN} with this password, shown once: {password}"
    )?;
    Ok(())
}
