//! Where the answers to calls come from: the service, or a document in which they were kept. The
//! Logview panel reads through this, so that what it shows of a kept instance is what it showed then.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use bytes::Bytes;
use wire::{Call, Response, Target, Unreachable};

use super::{Failure, exchange};

/// The headers that readers of ours look at. None of them holds a credential.
const HEADERS: [&str; 5] = [
    "content-type",
    "x-odps-owner",
    "x-odps-start-time",
    "x-odps-end-time",
    "x-odps-request-id",
];

/// An answer as it came, without the headers that no reader of ours looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Of its headers those that are looked at, by name in small letters.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Bytes,
}

/// Answers by the path and query that were asked for.
pub type Heard = BTreeMap<String, Answer>;

/// Where answers come from.
#[derive(Clone, Debug)]
pub enum Answers {
    /// The service.
    Service(Target),
    /// The service, and every answer is noted down.
    Noted(Target, Rc<RefCell<Heard>>),
    /// What was noted down before; what was not asked for then has no answer.
    Kept(Target, Rc<Heard>),
}

impl Answers {
    /// The project that calls are made in.
    pub fn target(&self) -> &Target {
        match self {
            Self::Service(target) | Self::Noted(target, _) | Self::Kept(target, _) => target,
        }
    }

    /// Sends one call and reads its reply. Only calls without a body can be kept.
    pub async fn send<C>(&self, call: &C) -> Result<C::Reply, Failure>
    where
        C: Call,
        Failure: From<C::Error>,
    {
        let request = call.to_request(self.target());
        let asked = request.uri().to_string();
        let response = match self {
            Self::Service(_) => exchange(&call.service(), request, None).await?,
            Self::Noted(_, heard) => {
                let response = exchange(&call.service(), request, None).await?;
                heard.borrow_mut().insert(asked, note(&response));
                response
            }
            Self::Kept(_, heard) => heard.get(&asked).and_then(replay).ok_or_else(not_kept)?,
        };
        Ok(call.from_response(response)?)
    }
}

fn not_kept() -> Unreachable {
    Unreachable {
        reason: "this answer was not kept".to_owned(),
    }
}

fn note(response: &Response) -> Answer {
    let headers = HEADERS.iter().filter_map(|name| {
        let value = response.headers().get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.to_owned()))
    });
    Answer {
        status: response.status().as_u16(),
        headers: headers.collect(),
        body: response.body().clone(),
    }
}

fn replay(answer: &Answer) -> Option<Response> {
    let mut response = http::Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    response.body(answer.body.clone()).ok()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{Answer, note, replay};

    #[test]
    fn an_answer_comes_back_as_it_was() {
        let answer = Answer {
            status: 404,
            headers: [("x-odps-owner".to_owned(), "me".to_owned())].into(),
            body: Bytes::from_static(b"<Error/>"),
        };
        assert_eq!(
            replay(&answer).map(|response| note(&response)),
            Some(answer)
        );
        let odd = Answer {
            status: 9_999,
            headers: [].into(),
            body: Bytes::new(),
        };
        assert!(replay(&odd).is_none(), "no such status");
    }
}
