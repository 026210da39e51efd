//! What goes wrong, and the ODPS error document in XML (control plane) and JSON (tunnel).
//!
//! The shape is the one that PyODPS looks for: `Code`, `Message`, `RequestId` and `HostId`, all
//! four present, or the client falls back to a nameless error. Recorded: `errors.json`,
//! `tunnel_error.json`.

use http::StatusCode;
use http::header::CONTENT_TYPE;
use wire::{Response, Unreachable};

use crate::xml::{self, Element};

/// The header that names the request in the service's own logs.
pub const REQUEST_ID: &str = "x-odps-request-id";

/// `HostId` of the documents written here. The real control plane was seen to say the same.
const HOST_ID: &str = "localhost";

/// What goes wrong, on either side of the wire.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The service answered with an error.
    #[error("{code}: {message}")]
    Status {
        /// The HTTP status, 400 or more.
        status: u16,
        /// The service's own word, such as `NoSuchObject`.
        code: String,
        /// The service's own sentence.
        message: String,
        /// How the service names the request in its logs.
        request_id: Option<String>,
    },
    /// A document or a stream is not what the protocol says it is.
    #[error("{what}: {reason}")]
    Malformed {
        /// The thing that was read.
        what: &'static str,
        /// What is wrong with it, with the place where that is known.
        reason: String,
    },
    /// The request is well formed but asks for another operation.
    #[error("the request is not {call}")]
    OtherCall {
        /// The operation that was tried.
        call: &'static str,
    },
}

impl Error {
    /// A service's error, as a server makes it.
    pub fn status(status: StatusCode, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Status {
            status: status.as_u16(),
            code: code.into(),
            message: message.into(),
            request_id: None,
        }
    }

    /// The thing with this name does not exist (404, `NoSuchObject`).
    pub fn no_such_object(message: impl Into<String>) -> Self {
        Self::status(StatusCode::NOT_FOUND, "NoSuchObject", message)
    }

    /// Shorthand for [`Error::Malformed`].
    pub(crate) fn malformed(what: &'static str, reason: impl ToString) -> Self {
        Self::Malformed {
            what,
            reason: reason.to_string(),
        }
    }

    /// Names the request, unless the service has done so already.
    pub fn with_request_id(self, id: impl Into<String>) -> Self {
        match self {
            Self::Status {
                status,
                code,
                message,
                request_id,
            } => Self::Status {
                status,
                code,
                message,
                request_id: request_id.or_else(|| Some(id.into())),
            },
            other => {
                let (status, code, message) = other.parts();
                Self::Status {
                    status,
                    code,
                    message,
                    request_id: Some(id.into()),
                }
            }
        }
    }

    /// The service's word for the error, or the one that a server would use for it.
    pub fn code(&self) -> &str {
        match self {
            Self::Status { code, .. } => code,
            Self::Malformed { .. } => "InvalidParameter",
            Self::OtherCall { .. } => "MethodNotAllowed",
        }
    }

    /// How the service names the request, if it did.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Status { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// Whether the thing that was asked for does not exist.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Status { status: 404, .. })
            || matches!(
                self.code(),
                "NoSuchObject" | "NoSuchTable" | "NoSuchPartition"
            )
    }

    /// Status, code and message as a server states them.
    fn parts(&self) -> (u16, String, String) {
        match self {
            Self::Status {
                status,
                code,
                message,
                ..
            } => (*status, code.clone(), message.clone()),
            // The real service's words for a request that it cannot read.
            Self::Malformed { .. } => (
                400,
                self.code().to_owned(),
                format!("ODPS-0420061: Invalid parameter in HTTP request - {self}"),
            ),
            Self::OtherCall { .. } => (
                405,
                self.code().to_owned(),
                "ODPS-0420021: Method not allowed - no such operation".to_owned(),
            ),
        }
    }

    /// Writes the error as the control plane does: an XML document.
    pub fn into_response(self) -> Response {
        let (status, code, message) = self.parts();
        let id = self.request_id().unwrap_or_default();
        let document = Element::new("Error")
            .with(Element::text("Code", code))
            .with(Element::cdata("Message", message))
            .with(Element::text("RequestId", id))
            .with(Element::text("HostId", HOST_ID));
        answer(status, id, "application/xml", document.to_compact())
    }

    /// Writes the error as the tunnel does: a JSON object.
    pub fn into_json_response(self) -> Response {
        let (status, code, message) = self.parts();
        let id = self.request_id().unwrap_or_default();
        let document = serde_json::json!({
            "Code": code,
            "Message": message,
            "RequestId": id,
            "HostId": HOST_ID,
        });
        answer(
            status,
            id,
            "application/json",
            crate::json::python(&document),
        )
    }

    /// Reads an error response. XML first, then JSON; whatever is neither is told by its status
    /// and its own text.
    pub fn from_response(response: &Response) -> Self {
        let status = response.status().as_u16();
        let header = response
            .headers()
            .get(REQUEST_ID)
            .and_then(|id| id.to_str().ok());
        let body = String::from_utf8_lossy(response.body());
        let (code, message, id) =
            from_xml(&body)
                .or_else(|| from_json(&body))
                .unwrap_or_else(|| {
                    let code = match status {
                        401 => "Unauthorized".to_owned(),
                        404 => "NoSuchObject".to_owned(),
                        other => other.to_string(),
                    };
                    let text: String = body.trim().chars().take(2000).collect();
                    let reason = response
                        .status()
                        .canonical_reason()
                        .unwrap_or("no reason given");
                    let message = if text.is_empty() {
                        reason.to_owned()
                    } else {
                        text
                    };
                    (code, message, None)
                });
        let request_id = header.map(str::to_owned).or(id).filter(|id| !id.is_empty());
        Self::Status {
            status,
            code,
            message,
            request_id,
        }
    }
}

impl From<Unreachable> for Error {
    /// What a gateway answers when its upstream does not answer at all.
    fn from(unreachable: Unreachable) -> Self {
        Self::status(
            StatusCode::BAD_GATEWAY,
            "UpstreamUnreachable",
            unreachable.reason,
        )
    }
}

/// Code, message and request id. A missing `RequestId` is no reason to drop the other two.
fn from_xml(body: &str) -> Option<(String, String, Option<String>)> {
    let document = xml::parse("error document", body).ok()?;
    let root = document.root_element();
    let code = xml::child_text(root, "Code")?;
    let message = xml::child_text(root, "Message").unwrap_or_default();
    Some((code, message, xml::child_text(root, "RequestId")))
}

fn from_json(body: &str) -> Option<(String, String, Option<String>)> {
    let value: serde_json::Value = serde_json::from_str(body).ok()?;
    let text = |key: &str| {
        value
            .get(key)
            .and_then(|text| text.as_str())
            .map(str::to_owned)
    };
    Some((
        text("Code")?,
        text("Message").unwrap_or_default(),
        text("RequestId"),
    ))
}

fn answer(status: u16, id: &str, kind: &'static str, body: String) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, http::HeaderValue::from_static(kind));
    if let Some(id) = Some(id)
        .filter(|id| !id.is_empty())
        .and_then(|id| id.parse().ok())
    {
        headers.insert(REQUEST_ID, id);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(response: Response) -> Error {
        Error::from_response(&response)
    }

    #[test]
    fn both_documents_carry_everything() {
        let error = Error::no_such_object("Table not found - a<b ]]> 表").with_request_id("REQ1");
        assert_eq!(there_and_back(error.clone().into_response()), error);
        assert_eq!(there_and_back(error.clone().into_json_response()), error);
    }

    #[test]
    fn a_plain_text_keeps_its_words() {
        let mut response = Response::new("upstream has gone".into());
        *response.status_mut() = StatusCode::BAD_GATEWAY;
        let error = there_and_back(response);
        assert_eq!(error.code(), "502");
        assert_eq!(error.to_string(), "502: upstream has gone");
    }

    #[test]
    fn an_empty_404_is_an_absent_object() {
        let mut response = Response::new(Default::default());
        *response.status_mut() = StatusCode::NOT_FOUND;
        let error = there_and_back(response);
        assert!(error.is_absent());
        assert_eq!(error.to_string(), "NoSuchObject: Not Found");
    }

    #[test]
    fn a_document_without_request_id_takes_it_from_the_header() {
        let body = "<Error><Code>NoPermission</Code><Message>no</Message></Error>";
        let mut response = Response::new(body.into());
        *response.status_mut() = StatusCode::FORBIDDEN;
        response
            .headers_mut()
            .insert(REQUEST_ID, http::HeaderValue::from_static("R2"));
        let error = there_and_back(response);
        assert_eq!(error.code(), "NoPermission");
        assert_eq!(error.request_id(), Some("R2"));
    }

    #[test]
    fn what_cannot_be_read_is_the_callers_fault() {
        let error = Error::malformed("plan", "ends at byte 3");
        let response = error.with_request_id("R3").into_response();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert_eq!(there_and_back(response).code(), "InvalidParameter");
    }
}
