//! A mail server for tests: it holds the dialogue of RFC 5321 and keeps what it is given.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

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
    taken: Arc<Mutex<Vec<Mail>>>,
    /// What it says to a recipient in place of yes.
    refusal: Arc<Mutex<Option<&'static str>>>,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            taken: Arc::default(),
            refusal: Arc::default(),
        };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().talk(stream));
            }
        });
        server
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

    async fn talk(self, stream: TcpStream) {
        let mut stream = BufReader::new(stream);
        let mut mail = Mail::default();
        say(&mut stream, "220 mail.example ESMTP").await;
        while let Some(line) = hear(&mut stream).await {
            let (verb, rest) = line.split_once(' ').unwrap_or((line.as_str(), ""));
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" => say(&mut stream, "250-mail.example\r\n250 8BITMIME").await,
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

async fn say(stream: &mut BufReader<TcpStream>, line: &str) {
    // The other side may have gone, which it then hears of itself.
    drop(stream.write_all(format!("{line}\r\n").as_bytes()).await);
}

async fn hear(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

/// Everything up to the line with a single dot.
async fn content(stream: &mut BufReader<TcpStream>) -> String {
    let mut lines = Vec::new();
    while let Some(line) = hear(stream).await.filter(|line| line != ".") {
        lines.push(line.strip_prefix('.').unwrap_or(line.as_str()).to_owned());
    }
    lines.join("\n")
}
