//! The server as a process of its own, asked over HTTP as others ask it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::Duration;

/// No test waits that long: it is the end of one that would wait for ever.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server process, ended with its test.
pub struct Server {
    child: Child,
    pub address: String,
    pub operations: String,
    log: PathBuf,
    /// Kept open: a process whose words nobody can hear any more would stumble over them.
    _said: Lines<BufReader<ChildStdout>>,
    folder: PathBuf,
}

/// What it answers.
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn read(mut from: impl std::io::Read) -> Self {
        let mut bytes = Vec::new();
        // A server that stops may end an answer without a farewell.
        let _ = from.read_to_end(&mut bytes);
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1))
            .and_then(|code| code.parse().ok());
        let headers = lines.filter_map(|line| line.split_once(": "));
        Self {
            status: status.unwrap_or(0),
            headers: headers
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect(),
            body: bytes.get(end + 4..).unwrap_or_default().to_vec(),
        }
    }
}

impl Server {
    /// Starts a server on a database, its working files in a folder, and waits until it says where it is.
    pub fn start(database: &str, folder: &Path) -> Self {
        let log = folder.join("server.log");
        let mut child = Command::new(env!("CARGO_BIN_EXE_onibara"))
            .args(["serve", "--addr", "127.0.0.1:0", "--metrics-addr", "127.0.0.1:0"])
            .current_dir(folder)
            .env("DATABASE_URL", database)
            .env("LEPTOS_OUTPUT_NAME", "onibara")
            .env("LEPTOS_SITE_ROOT", Path::new(env!("CARGO_MANIFEST_DIR")).join("public"))
            .env("ONIBARA_LOG", "debug")
            .env("ONIBARA_LOG_JSON", "true")
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut after = |start: &str| {
            let line = said.by_ref().map(Result::unwrap).find(|line| line.contains(start));
            let address = line.unwrap().split("http://").nth(1).unwrap().to_owned();
            address.trim_end_matches("/metrics").replace("localhost", "127.0.0.1")
        };
        let (address, operations) = (after("Onibara is at"), after("Metrics are at"));
        Self {
            address,
            operations,
            child,
            log,
            _said: said,
            folder: folder.to_owned(),
        }
    }

    /// Everything that it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// What its environment says.
    pub fn environment(&self) -> String {
        let environment = std::fs::read(format!("/proc/{}/environ", self.child.id())).unwrap();
        String::from_utf8(environment).unwrap().replace('\0', "\n")
    }

    /// Opens a connection and sends bytes.
    pub fn open(&self, bytes: &[u8]) -> TcpStream {
        connect(&self.address, bytes).unwrap_or_else(|error| panic!("{error}: {}", self.log()))
    }

    /// Asks for what lies at a path.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        Answer::read(self.open(&request(method, path, headers, body)))
    }

    /// Asks at the address of those who run the server.
    pub fn operations(&self, path: &str) -> Answer {
        Answer::read(connect(&self.operations, &request("GET", path, &[], &[])).unwrap())
    }

    /// Sends a form as a page does.
    pub fn call(&self, path: &str, form: &str, cookie: &str) -> Answer {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers = [kind, ("cookie", cookie), ("accept", "application/json")];
        self.ask("POST", path, &headers, form.as_bytes())
    }

    /// Makes an owner with the command, signs them in, and returns the cookie.
    pub fn owner(&self, database: &str) -> String {
        let mut adding = Command::new(env!("CARGO_BIN_EXE_onibara"))
            .args(["user", "add", "owner@shop.ng", "--role", "owner"])
            .current_dir(&self.folder)
            .env("DATABASE_URL", database)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        adding
            .stdin
            .take()
            .unwrap()
            .write_all(b"a long enough sentence\n")
            .unwrap();
        assert!(adding.wait().unwrap().success());
        let form = "email=owner%40shop.ng&password=a+long+enough+sentence";
        let answer = self.call("/api/sign_in", form, "");
        let cookie = answer.headers.get("set-cookie").expect("the sign-in sets a cookie");
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Waits until its customers are loaded.
    pub fn is_ready(&self) {
        while self.operations("/readyz").status != 200 {
            std::thread::yield_now();
        }
    }

    /// Asks it to stop as a supervisor does.
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Connects and sends bytes.
pub fn connect(address: &str, bytes: &[u8]) -> std::io::Result<TcpStream> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(bytes)?;
    Ok(stream)
}

/// A request as bytes, from the server's own pages, on a connection of its own.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let own: String = headers
        .iter()
        .flat_map(|(name, value)| [name, ": ", value, "\r\n"])
        .collect();
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: shop.test\r\nsec-fetch-site: same-origin\r\n{own}\
         content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}
