//! A mail server for tests: it holds the dialogue of RFC 5321, with or without TLS, and keeps what it is given.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{self, AsyncBufRead, AsyncBufReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

const GREETING: &str = "220 mail.example ESMTP";
const EXTENSIONS: &str = "250-mail.example\r\n250 8BITMIME";
const EXTENSIONS_WITH_TLS: &str = "250-mail.example\r\n250-8BITMIME\r\n250 STARTTLS";

/// How it may be spoken to.
#[derive(Clone)]
pub(crate) enum Security {
    /// In the clear.
    None,
    /// In the clear, until TLS is asked for (RFC 3207).
    StartTls(TlsAcceptor),
    /// With TLS from the beginning (RFC 8314).
    Tls(TlsAcceptor),
}

/// A message as it was handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    /// Headers and text.
    pub(crate) content: String,
}

impl Mail {
    pub(crate) fn subject(&self) -> &str {
        let mut lines = self.content.lines();
        lines.find_map(|line| line.strip_prefix("Subject: ")).unwrap()
    }

    /// The content with long lines in one piece: quoted-printable (RFC 2045) breaks them.
    pub(crate) fn unbroken(&self) -> String {
        self.content.replace("=\n", "")
    }
}

/// Clones are the same server.
#[derive(Clone)]
pub(crate) struct MailServer {
    pub(crate) address: SocketAddr,
    security: Security,
    taken: Arc<Mutex<Vec<Mail>>>,
    /// What it says to a recipient in place of yes.
    refusal: Arc<Mutex<Option<&'static str>>>,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        Self::start_with(Security::None).await
    }

    pub(crate) async fn start_with(security: Security) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            security,
            taken: Arc::default(),
            refusal: Arc::default(),
        };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().attend(stream));
            }
        });
        server
    }

    /// Its address as the settings take it, with TLS where it has that.
    pub(crate) fn url(&self) -> String {
        match self.security {
            Security::None => format!("smtp://{}", self.address),
            Security::StartTls(_) => format!("smtp://{}?tls=required", self.address),
            Security::Tls(_) => format!("smtps://{}", self.address),
        }
    }

    /// Everything it took in.
    pub(crate) fn taken(&self) -> Vec<Mail> {
        self.taken.lock().unwrap().clone()
    }

    /// The subjects of everything it took in.
    pub(crate) fn subjects(&self) -> Vec<String> {
        self.taken().iter().map(|mail| mail.subject().to_owned()).collect()
    }

    /// Answers every recipient so from now on; with nothing it says yes.
    pub(crate) fn refuse(&self, with: Option<&'static str>) {
        *self.refusal.lock().unwrap() = with;
    }

    async fn attend(self, stream: TcpStream) {
        match &self.security {
            Security::None => {
                let mut stream = BufReader::new(stream);
                say(&mut stream, GREETING).await;
                self.talk(&mut stream, EXTENSIONS).await;
            }
            Security::StartTls(tls) => {
                let mut stream = BufReader::new(stream);
                say(&mut stream, GREETING).await;
                self.talk(&mut stream, EXTENSIONS_WITH_TLS).await;
                // Who does not like the certificate hangs up.
                if let Ok(stream) = tls.accept(stream.into_inner()).await {
                    self.talk(&mut BufReader::new(stream), EXTENSIONS).await;
                }
            }
            Security::Tls(tls) => {
                if let Ok(stream) = tls.accept(stream).await {
                    let mut stream = BufReader::new(stream);
                    say(&mut stream, GREETING).await;
                    self.talk(&mut stream, EXTENSIONS).await;
                }
            }
        }
    }

    /// Talks until the other side ends it, or wants to go on with TLS.
    async fn talk(&self, mut stream: impl AsyncBufRead + AsyncWrite + Unpin, extensions: &str) {
        let mut mail = Mail::default();
        while let Some(line) = hear(&mut stream).await {
            let (verb, rest) = line.split_once(' ').unwrap_or((line.as_str(), ""));
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" => say(&mut stream, extensions).await,
                "STARTTLS" if extensions == EXTENSIONS_WITH_TLS => {
                    say(&mut stream, "220 Go on").await;
                    return;
                }
                "MAIL" => {
                    mail = Mail {
                        from: address(rest),
                        ..Mail::default()
                    };
                    say(&mut stream, "250 OK").await;
                }
                "RCPT" => {
                    let refusal = *self.refusal.lock().unwrap();
                    if refusal.is_none() {
                        mail.to.push(address(rest));
                    }
                    say(&mut stream, refusal.unwrap_or("250 OK")).await;
                }
                "DATA" => {
                    say(&mut stream, "354 Go on").await;
                    mail.content = content(&mut stream).await;
                    self.taken.lock().unwrap().push(std::mem::take(&mut mail));
                    say(&mut stream, "250 OK").await;
                }
                "QUIT" => {
                    say(&mut stream, "221 Bye").await;
                    return;
                }
                _ => say(&mut stream, "500 What?").await,
            }
        }
    }
}

/// What stands between the angle brackets.
fn address(text: &str) -> String {
    let (_, rest) = text.split_once('<').unwrap();
    rest.split_once('>').unwrap().0.to_owned()
}

async fn say(stream: &mut (impl AsyncWrite + Unpin), line: &str) {
    let line = format!("{line}\r\n");
    let saying: io::Result<()> = async {
        stream.write_all(line.as_bytes()).await?;
        stream.flush().await
    }
    .await;
    // The other side may have gone, which it then hears of itself.
    drop(saying);
}

async fn hear(stream: &mut (impl AsyncBufRead + Unpin)) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

/// Everything up to the line with a single dot.
async fn content(stream: &mut (impl AsyncBufRead + Unpin)) -> String {
    let mut lines = Vec::new();
    while let Some(line) = hear(stream).await.filter(|line| line != ".") {
        lines.push(line.strip_prefix('.').unwrap_or(line.as_str()).to_owned());
    }
    lines.join("\n")
}
