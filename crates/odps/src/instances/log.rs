//! `GET …/instances/{id}?log&id={log}[&logtype={kind}][&size={bytes}]`: what a worker has written.
//! Recorded: `instance_progress_0.9.json` seq 12.

use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use super::{one, read_one};
use crate::{Error, response};

/// Asks for the log of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The instance.
    pub id: String,
    /// Which log, by the log id that the details of a task give.
    pub log: String,
    /// `stdout`, `stderr`, `jstack`, … The service has a default.
    pub kind: Option<String>,
    /// The last so many bytes only.
    pub size: Option<u64>,
}

/// What was written. Bytes that are no text are replaced, because a tail may begin within a letter.
#[derive(Clone, PartialEq, Eq)]
pub struct LogText(pub String);

impl std::fmt::Debug for LogText {
    /// Without the text: it is long, and programs write all kinds of things into it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LogText({} bytes)", self.0.len())
    }
}

impl Call for Log {
    type Reply = LogText;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        let size = self.size.map(|size| size.to_string());
        one(Method::GET, target, &self.id)
            .action("log")
            .pair("id", &self.log)
            .pair_some("logtype", self.kind.as_deref())
            .pair_some("size", size.as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<LogText, Error> {
        let response = response::check(response)?;
        Ok(LogText(
            String::from_utf8_lossy(response.body()).into_owned(),
        ))
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_one(Method::GET, request) {
            Some((id, query)) if query.has("log") => {
                let size = query.said("size").map(|size| size.parse());
                Ok(Self {
                    id,
                    log: query.said("id").unwrap_or_default(),
                    kind: query.said("logtype"),
                    size: size
                        .transpose()
                        .map_err(|error| Error::malformed("parameter size", error))?,
                })
            }
            _ => Err(Error::OtherCall {
                call: "the log of a worker",
            }),
        }
    }
}

impl Reply for LogText {
    fn into_response(self) -> Response {
        response::text(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target() -> Target {
        Target {
            project: "vec_project".into(),
        }
    }

    #[test]
    fn asks_as_the_client_does() {
        let call = Log {
            id: "20260101000000001gstub0001".into(),
            log: "c3R1YmxvZw==".into(),
            kind: Some("stdout".into()),
            size: Some(100),
        };
        let request = call.to_request(&target());
        assert_eq!(
            request.uri().to_string(),
            "/projects/vec_project/instances/20260101000000001gstub0001?log=&id=c3R1YmxvZw%3D%3D\
             &logtype=stdout&size=100&curr_project=vec_project"
        );
        assert_eq!(Log::from_request(&request), Ok(call));
    }

    #[test]
    fn a_log_comes_back_whatever_it_holds() {
        let call = Log {
            id: "i".into(),
            log: "worker-0".into(),
            kind: None,
            size: None,
        };
        let text = LogText("line\r\n行".into());
        assert_eq!(call.from_response(text.clone().into_response()), Ok(text));
        let cut = response::text(vec![0x8c_u8, b'a']);
        assert_eq!(call.from_response(cut), Ok(LogText("\u{fffd}a".to_owned())));
        assert_eq!(Log::from_request(&call.to_request(&target())), Ok(call));
    }

    #[test]
    fn a_size_that_is_no_number_is_refused() {
        let mut request = Request::default();
        *request.uri_mut() = "/projects/p/instances/i?log&id=a&size=x"
            .parse()
            .expect("a valid address");
        assert!(matches!(
            Log::from_request(&request),
            Err(Error::Malformed { .. })
        ));
    }
}
