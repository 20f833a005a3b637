//! A real browser, driven through ChromeDriver by the W3C WebDriver protocol: JSON over HTTP/1.1.
//! The tests need so little of the protocol that a client of a hundred lines costs less than an
//! asynchronous runtime.

use std::{
    env,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Mutex, MutexGuard},
    thread::sleep,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Flags for Chromium: no sandbox (for a root user), no GPU, and no connections to its vendor's
/// hosts.
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,900",
];

/// Only one browser runs at a time: several would compete for the processors and time out.
static ALONE: Mutex<()> = Mutex::new(());

/// A browser with one window.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: TempDir,
    _alone: MutexGuard<'static, ()>,
}

impl Browser {
    /// Starts a browser. Returns `None` if no ChromeDriver is installed, unless
    /// `ARCHLINT_REQUIRE_BROWSER` requires one.
    pub fn start() -> Option<Self> {
        let alone = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut command = Command::new("chromedriver");
        let started = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let Ok(mut driver) = started else {
            say_skipped();
            return None;
        };
        let port = port(&mut driver);
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut browser = Self { driver, port, session: String::new(), _profile: profile, _alone: alone };
        let profile = format!("--user-data-dir={}", browser._profile.path().display());
        let flags: Vec<&str> = FLAGS.into_iter().chain([profile.as_str()]).collect();
        let wanted = json!({ "browserName": "chrome", "goog:chromeOptions": { "args": flags }, "goog:loggingPrefs": { "browser": "ALL" } });
        let answer =
            browser.request("POST", "/session", &json!({ "capabilities": { "alwaysMatch": wanted } }));
        browser.session = format!("/session/{}", answer["sessionId"].as_str().expect("a session"));
        Some(browser)
    }

    /// Opens a file with a fragment, and waits until the page has drawn itself.
    pub fn open(&self, file: &Path, fragment: &str) {
        // Addresses that differ only in their fragment do not reload the page.
        self.command("url", &json!({ "url": "about:blank" }));
        self.command("url", &json!({ "url": format!("file://{}{fragment}", file.display()) }));
        self.wait("return performance.getEntriesByName('archlint-ready').length === 1");
    }

    /// Returns the result of a script.
    pub fn run(&self, script: &str) -> Value {
        self.command("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Returns the result of a script, as text.
    pub fn text(&self, script: &str) -> String {
        let answer = self.run(script);
        answer.as_str().unwrap_or_else(|| panic!("`{script}` returns {answer}")).to_owned()
    }

    /// Waits until a script returns true.
    pub fn wait(&self, script: &str) {
        let start = Instant::now();
        while self.run(script) != json!(true) {
            assert!(start.elapsed() < Duration::from_secs(20), "never: `{script}`; {:?}", self.complaints());
            sleep(Duration::from_millis(25));
        }
    }

    /// Presses keys, one after another, with their WebDriver names or those of [`Browser::key`].
    pub fn press(&self, keys: &[&str]) {
        let strokes = keys.iter().flat_map(|key| {
            [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
        });
        self.act(json!({ "type": "key", "id": "keys", "actions": strokes.collect::<Vec<_>>() }));
    }

    /// Types text.
    pub fn write(&self, text: &str) {
        let keys: Vec<String> = text.chars().map(String::from).collect();
        self.press(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// Moves the pointer to the point `{ x, y }` that a script returns.
    pub fn hover(&self, place: &str) {
        let found = self.run(place);
        let at =
            |axis: &str| found[axis].as_f64().unwrap_or_else(|| panic!("`{place}` is no place: {found}"));
        self.act(pointer(&[pointer_move(at("x"), at("y"))]));
    }

    /// Clicks `times` in quick succession at the point `{ x, y }` that a script returns.
    pub fn click(&self, place: &str, times: usize) {
        let found = self.run(place);
        let at = |axis: &str| {
            found[axis].as_f64().unwrap_or_else(|| panic!("`{place}` is no place: {found}")).round()
        };
        let mut actions = vec![pointer_move(at("x"), at("y"))];
        for _ in 0..times {
            actions.push(json!({ "type": "pointerDown", "button": 0 }));
            actions.push(json!({ "type": "pointerUp", "button": 0 }));
        }
        self.act(pointer(&actions));
    }

    /// Drags with the pointer from one point in many small steps.
    pub fn drag(&self, (x, y): (f64, f64), (dx, dy): (f64, f64), steps: u32) {
        let mut actions = vec![pointer_move(x, y), json!({ "type": "pointerDown", "button": 0 })];
        let step = |i: u32| pointer_move(x + dx * f64::from(i), y + dy * f64::from(i));
        actions.extend((1..=steps).map(step));
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        self.act(pointer(&actions));
    }

    /// Turns the wheel over a point; positive values scroll down.
    pub fn wheel(&self, (x, y): (i32, i32), by: i32) {
        let scroll =
            json!({ "type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": by, "origin": "viewport" });
        self.act(json!({ "type": "wheel", "id": "wheel", "actions": [scroll] }));
    }

    /// Sets a media feature, such as the preferred colours or the output medium.
    pub fn prefer(&self, feature: &str, value: &str) {
        let features = json!([{ "name": feature, "value": value }]);
        let params = json!({ "features": features });
        self.command("goog/cdp/execute", &json!({ "cmd": "Emulation.setEmulatedMedia", "params": params }));
    }

    /// Returns the warnings and errors of the console, including violations of the content security
    /// policy.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.command("se/log", &json!({ "type": "browser" }));
        let lines = log.as_array().cloned().unwrap_or_default();
        // Hints about canvas performance are caused by the test itself, which reads the canvas
        // back.
        let news = |line: &Value| {
            line["level"] == "INFO" || line["level"] == "DEBUG" || line["source"] == "rendering"
        };
        let bad = lines.iter().filter(|line| !news(line));
        bad.map(ToString::to_string).collect()
    }

    fn act(&self, actions: Value) {
        self.command("actions", &json!({ "actions": [actions] }));
    }

    fn command(&self, name: &str, body: &Value) -> Value {
        self.request("POST", &format!("{}/{name}", self.session), body)
    }

    fn request(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = self.exchange(method, path, &body.to_string());
        let value: Value = serde_json::from_str(&answer).unwrap_or_else(|_| panic!("no JSON: {answer}"));
        assert_eq!(status, 200, "{method} {path} {body}: {}", value["value"]["message"]);
        value["value"].clone()
    }

    fn exchange(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("ChromeDriver listens");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a time limit");
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("sent");
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).expect("a status line");
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let mut length = 0;
        while line.trim() != "" {
            line.clear();
            reader.read_line(&mut line).expect("a header");
            let (name, value) = line.split_once(':').unwrap_or_default();
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).expect("the whole answer");
        (status, String::from_utf8(answer).expect("UTF-8"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ending the session ends Chromium; killing only the driver would leave it running.
        if !self.session.is_empty() && !std::thread::panicking() {
            self.exchange("DELETE", &self.session, "");
        } else if let Ok(stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let request =
                format!("DELETE {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", self.session);
            let _ = (&stream).write_all(request.as_bytes());
            let _ = BufReader::new(stream).read_line(&mut String::new());
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn pointer_move(x: f64, y: f64) -> Value {
    json!({ "type": "pointerMove", "x": x.round() as i64, "y": y.round() as i64, "duration": 8 })
}

fn pointer(actions: &[Value]) -> Value {
    json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions })
}

/// Returns the port that ChromeDriver has chosen, from its first output.
fn port(driver: &mut Child) -> u16 {
    let mut lines = BufReader::new(driver.stdout.take().expect("its output is piped")).lines();
    let said = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let port = line.strip_suffix('.')?.rsplit_once("on port ")?.1;
        port.parse().ok()
    });
    // Its further output is discarded, but must be read, or the driver would block.
    std::thread::spawn(move || lines.for_each(drop));
    said.expect("ChromeDriver says its port")
}

#[expect(clippy::print_stderr, reason = "a test that is passed over says so")]
fn say_skipped() {
    let required = env::var_os("ARCHLINT_REQUIRE_BROWSER").is_some();
    assert!(!required, "chromedriver does not start; install the packages chromium and chromium-driver");
    eprintln!("skipped: chromedriver does not start, so the page was not opened in a browser");
}

/// Keys that are not characters, with their WebDriver codes.
pub mod key {
    pub const TAB: &str = "\u{e004}";
    pub const ENTER: &str = "\u{e007}";
    pub const ESCAPE: &str = "\u{e00c}";
    pub const LEFT: &str = "\u{e012}";
    pub const UP: &str = "\u{e013}";
    pub const RIGHT: &str = "\u{e014}";
    pub const DOWN: &str = "\u{e015}";
}
