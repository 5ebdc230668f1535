//! The program in a folder of the test's own: run to its end, or serving.

use std::{
    io::{BufRead, BufReader, Read},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Output, Stdio},
};

use tempfile::TempDir;

/// A folder of the test's own, with a built site in it.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("site/assets")).unwrap();
        let manifest = r#"{"css":"/assets/a.css","js":"/assets/a.js","wasm":"/assets/a.wasm"}"#;
        std::fs::write(folder.path().join("site/manifest.json"), manifest).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The program in this folder, with nothing from outside.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_messaging-portal"));
        command
            .current_dir(self.path())
            .env_clear()
            .env("DATABASE_URL", "sqlite:portal.db");
        command
            .env("PORTAL_SITE_DIR", "site")
            .env("PORTAL_LISTEN", "127.0.0.1:0")
            .args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub(crate) fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Asserts that the program ends with one sentence on the error stream; tells the sentence.
    pub(crate) fn fails(&self, arguments: &[&str]) -> String {
        one_sentence(&self.run(arguments))
    }
}

/// How often a test that kills servers does so; `PORTAL_TEST_KILLS` says another number than eight.
pub(crate) fn kills() -> u64 {
    std::env::var("PORTAL_TEST_KILLS").map_or(8, |kills| kills.parse().unwrap())
}

fn one_sentence(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(text.trim_end().lines().count(), 1, "{text}");
    assert!(text.trim_end().ends_with('.') && !text.contains("panicked"), "{text}");
    text.trim_end().to_owned()
}

/// A program that serves.
pub(crate) struct Serving {
    child: Child,
    output: BufReader<ChildStdout>,
    address: String,
    /// What it wrote before it listened.
    pub(crate) first_words: String,
}

impl Serving {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut serving = Self {
            child,
            output,
            address: String::new(),
            first_words: String::new(),
        };
        serving.address = serving.read_address();
        serving
    }

    /// Waits until it listens.
    fn read_address(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "{}", self.first_words);
            if let Some(address) = line.trim_end().strip_prefix("Listening on http://") {
                return address.to_owned();
            }
            self.first_words.push_str(&line);
        }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).unwrap()
    }

    /// Its process.
    #[cfg(target_os = "linux")]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// A size of its memory in kilobytes, by its name in `/proc`: `VmRSS` is what it holds now, `VmHWM` the most so far.
    #[cfg(target_os = "linux")]
    pub(crate) fn kilobytes(&self, name: &str) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let mut lines = status.lines().filter_map(|line| line.split_once(':'));
        let (_, size) = lines.find(|(key, _)| *key == name).unwrap();
        size.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Tells it to stop, and waits until it takes no more connections.
    pub(crate) fn stop(&self) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        while TcpStream::connect(&self.address).is_ok() {
            std::thread::yield_now();
        }
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn ends_well(mut self) {
        let status = self.child.wait().unwrap();
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(status.success(), "{status}: {log}");
        assert!(!log.contains("panicked"), "{log}");
        self.output.read_to_string(&mut log).unwrap();
    }
}

/// A test that failed leaves no program behind.
impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
