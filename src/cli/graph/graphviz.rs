//! Graphviz as a child process: `dot` is fed and read through pipes, for a limited time.
//!
//! No shell is involved, and the input is DOT written by this program, in which names are escaped.

use std::{
    io::{self, Read, Write},
    process::{Child, Command, ExitStatus, Stdio},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use crate::base::text::Printable;

/// The time limit of a layout.
const LIMIT: Duration = Duration::from_secs(120);

/// The interval at which the process is polled.
const TICK: Duration = Duration::from_millis(10);

/// The maximum number of characters that are repeated of an error message of Graphviz.
const COMPLAINT: usize = 500;

/// Returns the picture of the DOT graph `text` in one of Graphviz's output formats (`svg`, `png`).
///
/// # Errors
/// Returns an error if Graphviz is not installed, fails, or exceeds the time limit of two minutes.
pub fn draw(text: &[u8], language: &str) -> anyhow::Result<Vec<u8>> {
    let mut dot = Command::new("dot");
    dot.arg(format!("-T{language}"));
    if language == "png" {
        dot.arg("-Gdpi=120");
    }
    run(dot, text, LIMIT)
}

fn run(mut command: Command, input: &[u8], limit: Duration) -> anyhow::Result<Vec<u8>> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!(
                "Graphviz is not installed: there is no `dot` on the PATH (see https://graphviz.org/download)"
            )
        }
        child => child.context("Graphviz cannot be started")?,
    };
    // Each pipe has a thread of its own: a full pipe would block the child while this thread waits
    // for another one.
    let stdin = child.stdin.take();
    let (stdout, stderr) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let input = input.to_vec();
    let feeder = thread::spawn(move || stdin.map(|mut pipe| pipe.write_all(&input)));
    let status = wait(&mut child, limit)?;
    let _ = feeder.join(); // A child that stops reading reports the reason itself.
    let (picture, complaint) = (finish(stdout), finish(stderr));
    if !status.success() || picture.is_empty() {
        let complaint: String = String::from_utf8_lossy(&complaint).trim().chars().take(COMPLAINT).collect();
        bail!("Graphviz failed ({status}): {}", Printable(&complaint));
    }
    Ok(picture)
}

fn wait(child: &mut Child, limit: Duration) -> anyhow::Result<ExitStatus> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().context("the state of Graphviz cannot be read")? {
            return Ok(status);
        }
        if started.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            bail!(
                "Graphviz took longer than {} s and was stopped; use --level, --focus or --reduce to draw less",
                limit.as_secs()
            );
        }
        thread::sleep(TICK);
    }
}

type Drained = Option<JoinHandle<Vec<u8>>>;

fn drain(pipe: Option<impl Read + Send + 'static>) -> Drained {
    pipe.map(|mut pipe| {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = pipe.read_to_end(&mut bytes);
            bytes
        })
    })
}

fn finish(thread: Drained) -> Vec<u8> {
    thread.and_then(|thread| thread.join().ok()).unwrap_or_default()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn message(result: anyhow::Result<Vec<u8>>) -> String {
        result.map(|_| ()).expect_err("it fails").to_string()
    }

    #[test]
    fn what_goes_in_comes_out() {
        let large = vec![b'x'; 1 << 20];
        assert_eq!(run(shell("cat"), &large, LIMIT).expect("it works"), large);
    }

    #[test]
    fn failures_are_told() {
        assert!(message(run(Command::new("no-such-program"), b"", LIMIT)).contains("not installed"));
        let failed = message(run(shell("echo bad input >&2; exit 3"), b"", LIMIT));
        assert!(failed.contains("bad input") && failed.contains('3'), "{failed}");
        assert!(message(run(shell("exit 0"), &[b'x'; 1 << 20], LIMIT)).contains("failed"));
    }

    #[test]
    fn time_is_limited() {
        let endless = run(shell("exec sleep 60"), b"", Duration::from_millis(50));
        assert!(message(endless).contains("was stopped"));
    }
}
