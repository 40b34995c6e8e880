//! A preview for tests: the real program on a free port, asked over real connections.

#![allow(dead_code, reason = "each test program uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Long enough for the slowest machine; nothing waits this long unless it has failed.
const PATIENCE: Duration = Duration::from_mins(1);

/// A preview that runs until it is dropped.
pub struct Preview {
    child: Child,
    said: Arc<Mutex<String>>,
    port: u16,
    /// The folder the site is served under.
    pub base: String,
}

impl Preview {
    /// Starts a preview of the site at `root` and waits until pages can be asked for.
    pub fn start(root: &Path, options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yipin"));
        command.args(["serve", "--addr", "127.0.0.1:0", "--today", "2026-11-22", "--lang", "en", "--root"]);
        command.arg(root).args(options).env("NO_COLOR", "1").stdin(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (stderr, heard) = (child.stderr.take().unwrap(), Arc::clone(&said));
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                heard.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        let mut preview = Self { child, said, port: 0, base: String::new() };
        let line = preview.wait_for("an address", |preview| {
            let said = preview.said();
            said.lines()
                .find_map(|line| line.split_once("http://127.0.0.1:").map(|(_, rest)| rest.to_owned()))
        });
        let (port, base) = line.split_at(line.find('/').unwrap());
        (preview.port, preview.base) = (port.parse().unwrap(), base.to_owned());
        preview
    }

    /// Returns the address of the site's home.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.base)
    }

    /// Returns what was said in the terminal so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until something is there.
    #[track_caller]
    pub fn wait_for<T>(&self, what: &str, look: impl Fn(&Self) -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            if let Some(found) = look(self) {
                return found;
            }
            assert!(began.elapsed() < PATIENCE, "no {what}; it said:\n{}", self.said());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Opens a connection.
    pub fn connect(&self) -> Connection {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Connection { reader: BufReader::new(stream) }
    }

    /// Asks for an address of the site, from its root.
    pub fn get(&self, path: &str) -> Answer {
        self.connect().get(&format!("{}{path}", self.base))
    }

    /// Waits until an address is answered as it should be.
    #[track_caller]
    pub fn until(&self, path: &str, is_right: impl Fn(&Answer) -> bool) -> Answer {
        self.wait_for(&format!("right answer for {path}"), |preview| {
            Some(preview.get(path)).filter(|answer| is_right(answer))
        })
    }

    /// Follows the events of a page that shows what `mark` stands for.
    pub fn events(&self, page: &str, mark: &str) -> Events {
        let mut connection = self.connect();
        connection.send("GET", &format!("{}__yipin/events?page={page}&mark={mark}", self.base), "127.0.0.1");
        let head = connection.head();
        assert_eq!((head.status, head.header("content-type")), (200, Some("text/event-stream")));
        Events { reader: connection.reader }
    }

    /// Returns the memory in use, in KiB.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Presses Ctrl-C and waits for the end.
    pub fn interrupt(&mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        self.child.wait().unwrap()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Returns a header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns the body as it is without the preview's script.
    pub fn bare(&self) -> Vec<u8> {
        let text = self.text();
        let Some(from) = text.find("<script defer src=\"").filter(|_| text.contains("__yipin/preview.js"))
        else {
            return self.body.clone();
        };
        let from = text[from..]
            .match_indices("<script defer src=\"")
            .map(|(at, _)| from + at)
            .find(|at| text[*at..].split('>').next().unwrap().contains("__yipin/preview.js"));
        let from = from.unwrap();
        let length = text[from..].find("</script>").unwrap() + "</script>".len();
        [&text.as_bytes()[..from], &text.as_bytes()[from + length..]].concat()
    }

    /// Returns what stands for the page that was answered.
    pub fn mark(&self) -> String {
        let text = self.text();
        text.split("data-mark=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }
}

/// A connection that is kept.
pub struct Connection {
    reader: BufReader<TcpStream>,
}

impl Connection {
    pub fn get(&mut self, target: &str) -> Answer {
        self.ask("GET", target, "127.0.0.1")
    }

    /// Asks; the target may be anything at all.
    pub fn ask(&mut self, method: &str, target: &str, host: &str) -> Answer {
        self.send(method, target, host);
        let mut answer = self.head();
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        if method != "HEAD" {
            answer.body = vec![0; length];
            self.reader.read_exact(&mut answer.body).unwrap();
        }
        answer
    }

    fn send(&mut self, method: &str, target: &str, host: &str) {
        let request = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        self.reader.get_mut().write_all(request.as_bytes()).unwrap();
    }

    fn head(&mut self) -> Answer {
        let mut lines = (&mut self.reader).lines().map(Result::unwrap);
        let first = lines.next().expect("an answer");
        let status = first.split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.take_while(|line| !line.is_empty()).map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        });
        Answer { status, headers: headers.collect(), body: Vec::new() }
    }
}

/// The events of one page.
pub struct Events {
    reader: BufReader<TcpStream>,
}

impl Events {
    /// Waits for the next message.
    pub fn next(&mut self) -> serde_json::Value {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.reader.read_line(&mut line).unwrap() > 0, "the stream has ended");
            if let Some(data) = line.strip_prefix("data:") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// Waits for a message that is as it should be.
    pub fn until(&mut self, is_right: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let began = Instant::now();
        loop {
            let message = self.next();
            if is_right(&message) {
                return message;
            }
            assert!(began.elapsed() < PATIENCE, "the last message was {message}");
        }
    }
}
