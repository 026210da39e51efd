//! The program itself: its one line, its ends, and what it takes with it.

use crate::clusters::alive;
use crate::world::{addressed, eventually, launcher, now};
use odps::cupid::plan::{StartPlan, StartRequest, fill_credentials};
use odps::cupid::{PlanReference, RunningMode};
use odps::date::rfc1123;
use odps::instances::{Create, Get, Job, Status, Task, TaskResult};
use odps::sign::{Account, v1};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;
use wire::{Call, Response, Secret, Target};

/// A running program, killed with the test.
struct Program {
    child: Child,
    ready: Value,
    rest: BufReader<std::process::ChildStdout>,
}

impl Program {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_warehouse"))
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

    fn text(&self, key: &str) -> &str {
        self.ready[key].as_str().unwrap()
    }

    fn ask<C: Call<Error = odps::Error>>(&self, call: &C) -> Result<C::Reply, C::Error> {
        let mut request = call.to_request(&Target {
            project: self.text("project").into(),
        });
        v1::authorize(&self.account(), &mut request, &rfc1123(now()));
        let request = addressed(&call.service(), request);
        let host = self.text("tunnel_endpoint").trim_start_matches("http://");
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
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream.write_all(request.body()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status: u16 = lines
            .next()
            .unwrap()
            .split(' ')
            .nth(1)
            .unwrap()
            .parse()
            .unwrap();
        let mut response = http::Response::builder().status(status);
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap();
            response = response.header(name, value);
        }
        let response: Response = response.body(body.to_owned().into()).unwrap();
        call.from_response(response)
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
