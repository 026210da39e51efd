//! The program itself: its one line, its ends, and what it takes with it.

use crate::clusters::alive;
use crate::world::{addressed, eventually, launcher, now};
use odps::cupid::plan::{StartPlan, StartRequest, fill_credentials};
use odps::cupid::{PlanReference, RunningMode};
use odps::date::rfc1123;
use odps::instances::{Create, Get, Job, Status, Task, TaskResult};
use odps::sign::{Account, v1};
use serde_json::Value;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;
use wire::{Call, Response, Secret, Target};

/// What has to be said on every start.
const NOTICE: [&str; 3] = [
    "local stand-in for MaxCompute",
    "it is not Alibaba Cloud",
    "no protection against whoever holds a key",
];

/// A running program, killed with the test.
pub(crate) struct Program {
    pub(crate) child: Child,
    ready: Value,
    rest: BufReader<std::process::ChildStdout>,
}

impl Program {
    pub(crate) fn start(folder: &Path) -> Self {
        Self::by(Command::new(env!("CARGO_BIN_EXE_warehouse")), folder)
    }

    /// Started by a command that takes the program's arguments.
    pub(crate) fn by(mut command: Command, folder: &Path) -> Self {
        let mut child = command
            .arg("--data")
            .arg(folder)
            .args([
                "--port",
                "0",
                "--engine-python",
                "python3",
                "--stop-with-stdin",
            ])
            .arg("--launcher")
            .arg(launcher())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut rest = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        rest.read_line(&mut line).unwrap();
        Self {
            child,
            ready: serde_json::from_str(&line).unwrap(),
            rest,
        }
    }

    pub(crate) fn text(&self, key: &str) -> &str {
        self.ready[key].as_str().unwrap()
    }

    pub(crate) fn ask<C: Call<Error = odps::Error>>(&self, call: &C) -> Result<C::Reply, C::Error> {
        call.from_response(exchange(self.host(), &self.written(call)).unwrap())
    }

    /// Host and port.
    pub(crate) fn host(&self) -> &str {
        self.text("tunnel_endpoint").trim_start_matches("http://")
    }

    /// A call as it goes over the wire, signed now.
    pub(crate) fn written<C: Call>(&self, call: &C) -> Vec<u8> {
        let mut request = call.to_request(&Target {
            project: self.text("project").into(),
        });
        v1::authorize(&self.account(), &mut request, &rfc1123(now()));
        let request = addressed(&call.service(), request);
        let host = self.host();
        let mut text = format!(
            "{} {} HTTP/1.1\r\nhost: {host}\r\n",
            request.method(),
            request.uri()
        );
        for (name, value) in request.headers() {
            text.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
        }
        let length = request.body().len();
        text.push_str(&format!(
            "content-length: {length}\r\nconnection: close\r\n\r\n"
        ));
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(request.body());
        bytes
    }

    fn account(&self) -> Account {
        Account {
            access_id: self.text("access_id").into(),
            access_key: Secret::new(self.text("access_key")),
        }
    }

    /// Starts a cluster and waits for its processes.
    async fn cluster(&self, folder: &Path) -> (String, Vec<u32>) {
        let request = StartRequest::new(2, 1, 1);
        let project = self.text("project");
        let plan = StartPlan::new(self.text("odps_endpoint"), project, "localhost", request);
        let content = fill_credentials(&plan.to_bytes(), &self.account()).unwrap();
        let resource = odps::resources::Create {
            name: "cupid_plan_1".into(),
            kind: "file".into(),
            temp: false,
            comment: None,
            content,
        };
        self.ask(&resource).unwrap();
        let reference = PlanReference::new("cupid_plan_1", project, RunningMode::HasFuxiJob);
        let job = Job::of(Task::cupid(reference.to_string(), "uuid"));
        let id = self.ask(&Create { job }).unwrap().id;
        let file = folder.join("clusters").join(&id).join("pids");
        let pids = eventually("the engine", async || {
            let text = std::fs::read_to_string(&file)
                .ok()
                .filter(|text| !text.is_empty())?;
            Some(
                text.split(' ')
                    .map(|pid| pid.parse().unwrap())
                    .collect::<Vec<u32>>(),
            )
        })
        .await;
        (id, pids)
    }
}

/// Sends a request and reads the answer to its end.
pub(crate) fn exchange(host: &str, request: &[u8]) -> io::Result<Response> {
    let mut stream = TcpStream::connect(host)?;
    stream.write_all(request)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let cut = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(cut)?;
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let mut response = http::Response::builder().status(status.ok_or_else(cut)?);
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        response = response.header(name, value);
    }
    Ok(response.body(body.to_owned().into()).unwrap())
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[tokio::test]
async fn one_line_tells_everything_and_the_end_of_stdin_ends_it() {
    let folder = TempDir::new().unwrap();
    let mut program = Program::start(folder.path());
    let port = program
        .text("mars_proxy")
        .strip_prefix("localhost:")
        .unwrap()
        .to_owned();
    assert_eq!(
        program.text("odps_endpoint"),
        format!("http://127.0.0.1:{port}/api")
    );
    assert_eq!(
        program.text("tunnel_endpoint"),
        format!("http://127.0.0.1:{port}")
    );
    assert_eq!(
        program.ask(&odps::projects::Get).unwrap().name,
        program.text("project")
    );
    let (_, pids) = program.cluster(folder.path()).await;

    drop(program.child.stdin.take());
    assert!(program.child.wait().unwrap().success());
    assert!(!pids.iter().any(|pid| alive(*pid)), "processes are left");
    let mut more = String::new();
    program.rest.read_to_string(&mut more).unwrap();
    assert_eq!(more, "", "stdout has one line only");
}

#[tokio::test]
async fn a_kill_takes_the_engine_along_and_the_next_start_says_so() {
    let folder = TempDir::new().unwrap();
    let mut program = Program::start(folder.path());
    let (id, pids) = program.cluster(folder.path()).await;
    let key = program.text("access_key").to_owned();
    program.child.kill().unwrap();
    program.child.wait().unwrap();
    eventually("the end of the engine", async || {
        (!pids.iter().any(|pid| alive(*pid))).then_some(())
    })
    .await;

    let again = Program::start(folder.path());
    assert_eq!(again.text("access_key"), key);
    assert_eq!(
        again.ask(&Get { id: id.clone() }).unwrap().status,
        Status::Terminated
    );
    let results = again.ask(&TaskResult { id }).unwrap();
    assert!(
        results.tasks[0]
            .text
            .contains("was ended while this instance ran"),
        "{results:?}"
    );
}

#[tokio::test]
async fn two_programs_do_not_share_a_folder() {
    let folder = TempDir::new().unwrap();
    let _first = Program::start(folder.path());
    let second = Command::new(env!("CARGO_BIN_EXE_warehouse"))
        .arg("--data")
        .arg(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!second.status.success());
    let told = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(told.contains("is in use by another process"), "{told}");
}

#[test]
fn it_says_what_it_is_not() {
    let folder = TempDir::new().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_warehouse"))
        .arg("--data")
        .arg(folder.path())
        .args(["--port", "0", "--stop-with-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(NOTICE.iter().all(|part| told.contains(part)), "{told}");
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert!(!told.contains(ready["access_key"].as_str().unwrap()));
}

#[test]
fn it_is_not_for_other_machines_unless_that_is_said() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    for (flags, words) in [
        (&["--bind", "192.0.2.1"][..], "--allow-remote"),
        (&["--bind", "0.0.0.0"], "one address of this machine"),
        (
            &["--bind", "::", "--allow-remote"],
            "one address of this machine",
        ),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_warehouse"))
            .arg("--data")
            .arg(&data)
            .args(flags)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(!output.status.success(), "{flags:?}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(words), "{flags:?}: {told}");
        assert!(!data.exists(), "it was refused before anything was made");
    }
}
