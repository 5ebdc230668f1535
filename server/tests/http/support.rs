//! A server of the test's own, and browsers that visit it.

use std::{collections::HashMap, path::Path, sync::Arc, time::Duration};

use app::{Assets, server_fns::wire::BinaryEncoding};
use axum::{
    Router,
    body::{Body, to_bytes},
};
use backend::testing::{Engine, TestPortal};
use domain::{access::Role, enterprise::EnterpriseSlug, import::MAX_FILE_BYTES};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use leptos::{server::FromEncodedStr, server_fn::ContentType};
use server::{
    build_router,
    live::Streams,
    settings::{Limits, WebSettings},
    state::AppState,
};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::calls;

pub(crate) const CSS: &str = "/assets/app.0123456789abcdef.css";
/// The sign-in call.
pub(crate) const SIGN_IN: &str = "/rpc/session/sign_in";

/// The whole server on a database and a site folder of its own.
pub(crate) struct TestServer {
    pub(crate) portal: TestPortal,
    /// The streams of live updates that are open.
    pub(crate) streams: Streams,
    router: Router,
    _site: TempDir,
}

impl TestServer {
    /// With the settings by default.
    pub(crate) async fn start() -> Self {
        Self::start_with(WebSettings::default()).await
    }

    /// With these settings.
    pub(crate) async fn start_with(settings: WebSettings) -> Self {
        Self::start_on(Engine::Sqlite, settings).await
    }

    /// On that database, with these settings.
    pub(crate) async fn start_on(engine: Engine, settings: WebSettings) -> Self {
        let portal = TestPortal::open(engine).await;
        let streams = Streams::default();
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        let router = build_router(AppState {
            backend: portal.backend().clone(),
            assets: Arc::new(Assets {
                css: CSS.to_owned(),
                js: "/assets/app.0123456789abcdef.js".to_owned(),
                wasm: "/assets/app.0123456789abcdef.wasm".to_owned(),
                parts: HashMap::new(),
            }),
            site_dir: Arc::new(site.path().to_owned()),
            settings: Arc::new(settings),
            streams: streams.clone(),
        });
        Self {
            portal,
            streams,
            router,
            _site: site,
        }
    }

    /// Everything it answers, to be bound to a port.
    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    /// A browser that has never been here.
    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser {
            server: self,
            cookie: None,
        }
    }

    /// A new account, at an enterprise or at the provider; its e-mail address and password.
    pub(crate) async fn account(&self, at: Option<(&EnterpriseSlug, Role)>) -> (String, String) {
        let email = format!("{}@company.example", uuid::Uuid::now_v7().simple());
        let password = self.portal.account(&email, at).await;
        (email, password)
    }

    /// The browser of somebody new who has signed in.
    pub(crate) async fn signed_in(&self, at: Option<(&EnterpriseSlug, Role)>) -> Browser<'_> {
        let (email, password) = self.account(at).await;
        let mut browser = self.browser();
        let answer = browser.sign_in(&email, &password, "").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        browser
    }
}

/// Settings by which files are given up at once.
pub(crate) fn impatient() -> WebSettings {
    WebSettings {
        limits: Limits {
            import_time: Duration::from_millis(50),
            ..Limits::default()
        },
        ..WebSettings::default()
    }
}

/// A file that never ends.
pub(crate) fn endless_file() -> Body {
    Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>())
}

/// A file that is larger than can be imported; its length stands in front, or is told nowhere.
pub(crate) fn too_large_file(tells_its_size: bool) -> Body {
    let size = usize::try_from(MAX_FILE_BYTES).unwrap() + 1;
    if tells_its_size {
        Body::from(vec![b'1'; size])
    } else {
        let pieces = (0..=size / (1024 * 1024)).map(|_| Ok::<_, std::io::Error>(vec![b'1'; 1024 * 1024]));
        Body::from_stream(futures_util::stream::iter(pieces))
    }
}

fn write_site(folder: &Path) {
    let assets = folder.join("assets");
    std::fs::create_dir(&assets).unwrap();
    std::fs::write(folder.join("manifest.json"), "{\"secret\":\"outside of assets\"}").unwrap();
    for kind in ["css", "css.br", "css.gz", "js", "wasm"] {
        std::fs::write(
            assets.join(format!("app.0123456789abcdef.{kind}")),
            format!("the {kind} file"),
        )
        .unwrap();
    }
}

/// A browser, as far as cookies go.
pub(crate) struct Browser<'s> {
    server: &'s TestServer,
    /// What it sends as its cookies.
    pub(crate) cookie: Option<String>,
}

impl Browser<'_> {
    /// Sends a request and keeps the cookie that comes back.
    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        }
        let path = request.uri().path().to_owned();
        let response = self.server.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let is_binary = parts.headers.get(header::CONTENT_TYPE) == Some(&binary());
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            body: if is_binary {
                calls::answer(&path, parts.status, &body)
            } else {
                String::from_utf8_lossy(&body).into_owned()
            },
        };
        if let Some(set) = answer.set_cookie() {
            let pair = set.split(';').next().unwrap_or_default();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        answer
    }

    /// Asks for an answer that goes on for a while, and does not wait for its end.
    pub(crate) async fn open(&self, path: &str) -> Response<Body> {
        let mut request = request(Method::GET, path, Body::empty());
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        }
        let encodings = "gzip, br".parse().unwrap();
        request.headers_mut().insert(header::ACCEPT_ENCODING, encodings);
        self.server.router.clone().oneshot(request).await.unwrap()
    }

    /// Visits a page or asks a reading call.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let mut request = request(Method::GET, path, Body::empty());
        let accepted = if path.starts_with("/rpc/") {
            binary()
        } else {
            HeaderValue::from_static("text/html")
        };
        request.headers_mut().insert(header::ACCEPT, accepted);
        self.send(request).await
    }

    /// Posts a call, as dialogs do. Arguments that do not fit it are sent as they are.
    pub(crate) async fn post_call(&mut self, path: &str, arguments: &str) -> Answer {
        let body = calls::arguments(path, arguments).unwrap_or_else(|| arguments.as_bytes().to_vec());
        self.post_bytes(path, body).await
    }

    /// Posts a call whose body is `body`.
    pub(crate) async fn post_bytes(&mut self, path: &str, body: Vec<u8>) -> Answer {
        let mut request = request(Method::POST, path, Body::from(body));
        request.headers_mut().insert(header::CONTENT_TYPE, binary());
        self.send(request).await
    }

    /// Posts a form, as the sign-in page does once the browser's part is there.
    pub(crate) async fn post_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(form(path, fields)).await
    }

    /// Posts the sign-in form.
    pub(crate) async fn sign_in(&mut self, email: &str, password: &str, next: &str) -> Answer {
        self.post_form(SIGN_IN, &[("email", email), ("password", password), ("next", next)])
            .await
    }
}

/// The type of what pages send and get.
pub(crate) fn binary() -> HeaderValue {
    HeaderValue::from_static(BinaryEncoding::CONTENT_TYPE)
}

/// A request to this server.
pub(crate) fn request(method: Method, path: &str, body: Body) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "portal.example")
        .body(body)
        .unwrap()
}

/// A request with a form in it.
pub(crate) fn form(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    let mut request = request(Method::POST, path, Body::from(pairs.join("&")));
    let kind = "application/x-www-form-urlencoded".parse().unwrap();
    request.headers_mut().insert(header::CONTENT_TYPE, kind);
    request
}

/// Percent-encodes all but letters and digits.
pub(crate) fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// As text; JSON for what a call was answered.
    pub(crate) body: String,
}

impl Answer {
    /// The answers that a page carries for the browser's part, as far as they are text. They stand among its scripts as
    /// base64.
    pub(crate) fn sent_along(&self) -> String {
        let quoted = self.body.split('"');
        let bytes = quoted.filter_map(|text| <[u8] as FromEncodedStr>::from_encoded_str(text).ok());
        bytes
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect()
    }

    /// Whether a text is in it, shown or carried.
    pub(crate) fn tells(&self, text: &str) -> bool {
        self.body.contains(text) || self.sent_along().contains(text)
    }

    /// A header's value; empty if it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The cookie that was set, with its attributes.
    pub(crate) fn set_cookie(&self) -> Option<&str> {
        self.headers
            .get(header::SET_COOKIE)
            .map(|value| value.to_str().unwrap())
    }
}
