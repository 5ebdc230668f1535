//! Running other programs: a clean environment, and Ctrl-C that reaches everything which was started.
//!
//! Every child gets a process group of its own, and this program passes signals on to the groups. So a signal stops
//! grandchildren too (a browser started by a test runner), and a terminal's Ctrl-C behaves like `kill`.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, IsTerminal as _, Read, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::project::Project;

static SIGNALS_SEEN: AtomicUsize = AtomicUsize::new(0);
static RUNNING: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

fn running() -> MutexGuard<'static, Vec<Pid>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on a signal goes to the programs that run, and this program ends after them, in order. A second signal
/// kills them.
pub(crate) fn watch_signals() -> anyhow::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context("signals cannot be watched")?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let before = SIGNALS_SEEN.fetch_add(1, Ordering::SeqCst);
            let passed_on = match (before, signal) {
                (0, SIGINT) => Signal::INT,
                (0, _) => Signal::TERM,
                _ => Signal::KILL,
            };
            for group in running().iter() {
                signal_group(*group, passed_on);
            }
        }
    });
    Ok(())
}

/// Whether somebody asked this program to stop.
pub(crate) fn interrupted() -> bool {
    SIGNALS_SEEN.load(Ordering::SeqCst) > 0
}

/// Sends a signal to a process group.
pub(crate) fn signal_group(group: Pid, signal: Signal) {
    if let Err(error) = kill_process_group(group, signal)
        // The group has ended by itself in the meantime: that is what was wanted.
        && error != rustix::io::Errno::SRCH
    {
        eprintln!("The process group {group:?} cannot be stopped: {error}.");
    }
}

/// Takes out of a child's environment what `cargo run` has put into ours. It describes this package, and build scripts
/// and proc macros of other packages would see it as a change.
fn without_our_package(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let ours = text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_BIN_")
            || matches!(
                text,
                "CARGO" | "CARGO_MANIFEST_DIR" | "CARGO_MANIFEST_PATH" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE"
            );
        if ours {
            command.env_remove(&name);
        }
    }
}

/// A program that runs in the checkout.
pub(crate) fn program(project: &Project, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    without_our_package(&mut command);
    command.current_dir(project.root());
    command
}

/// The cargo of the checkout's toolchain, building into the native target folder.
pub(crate) fn cargo(project: &Project) -> Command {
    let mut command = program(project, "cargo");
    command.env("CARGO_TARGET_DIR", project.target());
    command
}

/// Starts a program in a process group of its own, without input.
pub(crate) fn spawn(command: &mut Command) -> anyhow::Result<Child> {
    let name = command.get_program().to_string_lossy().into_owned();
    command
        .stdin(Stdio::null())
        .process_group(0)
        .spawn()
        .with_context(|| format!("`{name}` cannot be started"))
}

/// The process group of a child that [`spawn`] has started.
pub(crate) fn group_of(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

/// A child that signals are passed on to until it has ended.
struct Attended(Child);

impl Attended {
    fn start(command: &mut Command) -> anyhow::Result<Self> {
        let child = spawn(command)?;
        running().extend(group_of(&child));
        if interrupted() {
            group_of(&child)
                .into_iter()
                .for_each(|group| signal_group(group, Signal::TERM));
        }
        Ok(Self(child))
    }

    fn wait(mut self) -> anyhow::Result<ExitStatus> {
        self.0.wait().context("a program that was started cannot be waited for")
    }
}

impl Drop for Attended {
    fn drop(&mut self) {
        let group = group_of(&self.0);
        running().retain(|other| Some(*other) != group);
    }
}

/// A program that runs beside another one and is stopped when this value goes.
pub(crate) struct Beside(Attended);

impl Beside {
    /// Starts it and waits for the first line that it writes: it is ready then. The line is shown.
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let mut child = Attended::start(command.stdout(Stdio::piped()))?;
        let mut line = String::new();
        if let Some(output) = child.0.stdout.take() {
            BufReader::new(output)
                .read_line(&mut line)
                .context("a program that was started cannot be read from")?;
        }
        if line.is_empty() {
            bail!("a program that was to run beside the portal has ended at once");
        }
        print!("{line}");
        Ok(Self(child))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        group_of(&self.0.0)
            .into_iter()
            .for_each(|group| signal_group(group, Signal::TERM));
        // It has ended after the signal, or was ended by the same one that ended us.
        let _ = self.0.0.wait();
    }
}

/// Runs a program to its end; it writes to our terminal.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<ExitStatus> {
    Attended::start(command)?.wait()
}

/// Runs a program to its end and fails with one sentence unless it succeeded.
pub(crate) fn run_ok(what: &str, command: &mut Command) -> anyhow::Result<()> {
    succeeded(what, run(command)?)
}

/// Turns an exit status into an error that names what failed.
pub(crate) fn succeeded(what: &str, status: ExitStatus) -> anyhow::Result<()> {
    if interrupted() {
        bail!("stopped");
    }
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => bail!("{what} failed (exit status {code})"),
        None => bail!("{what} was killed"),
    }
}

/// Runs a program quietly and returns what it wrote to its output. All it said is shown if it fails.
pub(crate) fn quiet(what: &str, command: &mut Command) -> anyhow::Result<String> {
    let mut child = Attended::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let errors = child
        .0
        .stderr
        .take()
        .map(|stream| std::thread::spawn(move || read_all(stream)));
    let output = child.0.stdout.take().map(read_all).unwrap_or_default();
    let status = child.wait()?;
    let errors = errors.and_then(|thread| thread.join().ok()).unwrap_or_default();
    if !status.success() {
        eprint!("{output}{errors}");
    }
    succeeded(what, status)?;
    Ok(output)
}

fn read_all(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    // A stream that breaks off has ended: what came before is all there is, and the exit status tells the rest.
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Runs a program whose output is shown and kept: test runners print their counts as text.
pub(crate) fn run_and_keep(command: &mut Command) -> anyhow::Result<(ExitStatus, String)> {
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = Attended::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let kept = Arc::new(Mutex::new(String::new()));
    let errors = child.0.stderr.take().map(|stream| {
        let kept = Arc::clone(&kept);
        std::thread::spawn(move || echo(stream, &kept))
    });
    if let Some(stream) = child.0.stdout.take() {
        let kept = Arc::clone(&kept);
        std::thread::spawn(move || echo(stream, &kept)).join().ok();
    }
    errors.and_then(|thread| thread.join().ok());
    let status = child.wait()?;
    let text = kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok((status, text))
}

fn echo(stream: impl Read, kept: &Mutex<String>) {
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
        // Nobody reads our output any more: the program still has to run to its end.
        let _ = std::io::stdout().write_all(&line);
        kept.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
}
