//! Connections: taken on, served, and ended when the server stops. Somebody who sends the head of a request byte by byte,
//! or none at all, is hung up on.

use std::{
    io::{self, ErrorKind},
    net::SocketAddr,
    pin::pin,
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::Request;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tower::ServiceExt;

/// How long to wait before connections are taken on again when the system has no room for more.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until `stopped` says so or its other end is gone, then until the requests under way are answered. The head of a
/// request has to arrive within `head_time`, also on a connection that was used before.
pub async fn serve(listener: TcpListener, router: Router, head_time: Duration, mut stopped: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    connections.spawn(attend(stream, peer, router.clone(), head_time, stopped.clone()));
                }
                Err(error) => pause_after(&error).await,
            },
            Some(ended) = connections.join_next() => {
                if let Err(error) = ended {
                    tracing::error!(%error, "a connection broke down");
                }
            }
            () = told(&mut stopped) => break,
        }
    }
    // Nobody new is taken on while the others are answered.
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Serves one connection. When the server stops, the request under way is its last.
async fn attend(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    head_time: Duration,
    mut stopped: watch::Receiver<bool>,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head_time);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = told(&mut stopped) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended before its time");
    }
}

/// Waits until the server is to stop.
async fn told(stopped: &mut watch::Receiver<bool>) {
    drop(stopped.wait_for(|stopped| *stopped).await);
}

/// A connection that was gone before it was taken on is nobody's loss. Anything else, such as too many open files, may be
/// over in a moment.
async fn pause_after(error: &io::Error) {
    let gone = matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    );
    if !gone {
        tracing::error!(%error, "connections cannot be taken on");
        tokio::time::sleep(PAUSE).await;
    }
}
