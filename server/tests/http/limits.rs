//! How much a request may ask for: the size of its body, and the time of its answer.

use std::time::Duration;

use axum::body::Body;
use http::{Method, StatusCode, header};
use server::{
    connections,
    settings::{Limits, WebSettings},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

use crate::support::{TestServer, binary, request};

const CREATE: &str = "/rpc/sms_group/create";

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let server = TestServer::start().await;
    let limit = Limits::default().body_bytes;
    let fits = server.browser().post_call(CREATE, &" ".repeat(limit)).await;
    assert_eq!(fits.status, StatusCode::BAD_REQUEST, "read, but not understood");
    let mut large = request(Method::POST, CREATE, Body::from(" ".repeat(limit + 1)));
    large.headers_mut().insert(header::CONTENT_TYPE, binary());
    large.headers_mut().insert(header::CONTENT_LENGTH, (limit + 1).into());
    assert_eq!(server.browser().send(large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

/// Without a length in front the limit shows only while reading.
#[tokio::test]
async fn a_body_that_does_not_tell_its_size_is_cut_off() {
    let server = TestServer::start().await;
    let chunks = (0..1_000).map(|_| Ok::<_, std::io::Error>("x".repeat(1_024)));
    let body = Body::from_stream(futures_util::stream::iter(chunks));
    let mut large = request(Method::POST, CREATE, body);
    large.headers_mut().insert(header::CONTENT_TYPE, binary());
    let answer = server.browser().send(large).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let limits = Limits {
        request_time: Duration::from_millis(50),
        ..Limits::default()
    };
    let server = TestServer::start_with(WebSettings {
        limits,
        ..WebSettings::default()
    })
    .await;
    let answer = server.browser().post_form("/rpc/test/wait", &[]).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("unavailable"), "{}", answer.body);
    assert!(!answer.header("x-request-id").is_empty());
}

/// Somebody who sends a byte now and then does not hold the server up for longer than anybody else.
#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    let limits = Limits {
        request_time: Duration::from_millis(50),
        ..Limits::default()
    };
    let server = TestServer::start_with(WebSettings {
        limits,
        ..WebSettings::default()
    })
    .await;
    let (address, _stopping, serving) = bind(&server, Duration::from_secs(60)).await;
    let mut connection = TcpStream::connect(address).await.unwrap();
    let head = "POST /rpc/sms_group/create HTTP/1.1\r\nHost: portal.example\r\nContent-Type: application/x-postcard\r\n\
                Content-Length: 100\r\nConnection: close\r\n\r\n{\"";
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    connection.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 503");
    serving.abort();
}

/// Over a real connection: heads that are too long or broken, and others that are answered beside them.
#[tokio::test]
async fn a_broken_head_is_refused_and_others_are_served() {
    let server = TestServer::start().await;
    let (address, _stopping, serving) = bind(&server, Duration::from_secs(60)).await;
    let long = "a".repeat(100_000);
    for (head, expected) in [
        (format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 414"),
        (
            format!("GET / HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n", "a".repeat(500_000)),
            "HTTP/1.1 431",
        ),
        ("GET / HTTP/1.1\r\nHost x\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        ("GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        ("nonsense\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        (
            "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
            "HTTP/1.1 200",
        ),
    ] {
        let mut connection = TcpStream::connect(address).await.unwrap();
        // The server may close before it has read everything.
        drop(connection.write_all(head.as_bytes()).await);
        let mut answer = vec![0; expected.len()];
        connection.read_exact(&mut answer).await.unwrap();
        assert_eq!(
            String::from_utf8_lossy(&answer),
            expected,
            "{}",
            &head[..20.min(head.len())]
        );
    }
    serving.abort();
}

/// Whoever sends a head byte by byte, or none at all, holds a connection for a while only.
#[tokio::test]
async fn a_head_that_never_ends_is_hung_up_on() {
    let server = TestServer::start().await;
    let (address, _stopping, serving) = bind(&server, Duration::from_millis(50)).await;
    for head in ["", "GET /health/live HTTP/1.1\r\nHost: portal.example\r\nX-Slow: "] {
        let mut connection = TcpStream::connect(address).await.unwrap();
        connection.write_all(head.as_bytes()).await.unwrap();
        let mut byte = [0];
        let read = tokio::time::timeout(Duration::from_secs(10), connection.read(&mut byte)).await;
        let read = read.expect("the server hangs up");
        assert!(!matches!(read, Ok(1)), "there is nothing to answer to {head:?}");
    }
    serving.abort();
}

/// The same way in as that of the program.
#[tokio::test]
async fn a_stop_ends_a_quiet_connection_and_takes_on_no_other() {
    let server = TestServer::start().await;
    let (address, stopping, serving) = bind(&server, Duration::from_secs(60)).await;
    let mut connection = TcpStream::connect(address).await.unwrap();
    let asked = b"GET /health/live HTTP/1.1\r\nHost: portal.example\r\n\r\n";
    connection.write_all(asked).await.unwrap();
    let mut status = [0; 12];
    connection.read_exact(&mut status).await.unwrap();
    assert_eq!(&status, b"HTTP/1.1 200");
    stopping.send_replace(true);
    let ended = tokio::time::timeout(Duration::from_secs(10), serving).await;
    ended.expect("nothing is left to wait for").unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

/// Serves as the program does.
async fn bind(
    server: &TestServer,
    head_time: Duration,
) -> (std::net::SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stopping, stopped) = watch::channel(false);
    let serving = tokio::spawn(connections::serve(listener, server.router(), head_time, stopped));
    (address, stopping, serving)
}
