//! The control plane: which operation a request is, in the reading of `crates/odps`.

use super::{
    authorization, functions, head, instances, internal, parts, projects, resources, said, schemas,
    security, tables,
};
use crate::app::App;
use crate::auth::Caller;
use crate::catalog::{Place, Refusal};
use http::{Method, StatusCode};
use odps::Error;
use odps::sign::Refusal as Unsigned;
use std::sync::Arc;
use wire::{Call, Reply, Request, Response};

/// The most bytes of a document. The longest is a job, whose query may have two million characters,
/// each of several bytes or written as a reference.
const DOCUMENT_MAX: usize = 20 << 20;

/// Tries the operations in turn; the first that the request is, answers.
macro_rules! first {
    ($request:expr; $($call:ty => $handler:expr),+ $(,)?) => {
        signed!($request; $($call => |app, project, _, call| $handler(app, project, call)),+)
    };
}

/// The same for handlers that want to know who asks.
macro_rules! signed {
    ($request:expr; $($call:ty => $handler:expr),+ $(,)?) => {
        $(match <$call>::from_request($request) {
            Ok(call) => {
                let handler: fn(&Arc<App>, &str, &Caller, $call) -> Result<_, Error> = $handler;
                let Asked { app, project, caller, .. } = $request;
                return handler(app, project, caller, call).map(Reply::into_response);
            }
            Err(Error::OtherCall { .. }) => {}
            Err(error) => return Err(error),
        })+
    };
}

/// A request with what every handler needs.
struct Asked<'a> {
    app: &'a Arc<App>,
    project: &'a str,
    request: &'a Request,
    caller: &'a Caller,
}

impl std::ops::Deref for Asked<'_> {
    type Target = Request;

    fn deref(&self) -> &Request {
        self.request
    }
}

/// Answers a request below `/api`.
pub(crate) fn answer(app: &Arc<App>, request: &Request) -> Result<Response, Error> {
    let Some(caller) = request.extensions().get::<Caller>() else {
        return Err(Unsigned::NoSignature.into());
    };
    let resource = parts(request).iter().any(|part| part == "resources");
    if request.body().len() > DOCUMENT_MAX && !resource {
        let text = format!(
            "ODPS-0420061: Invalid parameter in HTTP request - the document is longer than \
             {DOCUMENT_MAX} bytes"
        );
        return Err(Error::status(
            StatusCode::PAYLOAD_TOO_LARGE,
            "InvalidParameter",
            text,
        ));
    }
    let Some(project) = odps::request::project(request) else {
        return projects::outside(app, request);
    };
    if !app.catalog().has_project(&project).map_err(internal)? {
        return Err(internal(Refusal::NoProject(project).into()));
    }
    if let Some(answer) = named(app, &project, request) {
        return answer;
    }
    let asked = Asked {
        app,
        project: &project,
        request,
        caller,
    };
    signed!(&asked;
        odps::instances::Create => instances::create,
        odps::instances::List => instances::list,
        odps::authorization::SignBearerToken => authorization::sign_bearer_token,
    );
    first!(&asked;
        odps::instances::Get => instances::get,
        odps::instances::Detail => instances::detail,
        odps::instances::TaskStatus => instances::task_status,
        odps::instances::TaskResult => instances::result,
        odps::instances::Source => instances::source,
        odps::instances::Summary => instances::summary,
        odps::instances::Stop => instances::stop,
        odps::tables::List => tables::list,
        odps::tables::Get => tables::get,
        odps::tables::GetExtended => tables::extended,
        odps::tables::Partitions => tables::partitions,
        odps::tables::GetPartition => tables::partition,
        odps::projects::Get => projects::get,
        odps::projects::TunnelHost => projects::tunnel_host,
    );
    if let Some(answer) = instances::watch::answer(app, &project, request) {
        return answer;
    }
    if let Some(answer) = instances::queue::answer(app, &project, caller, request) {
        return Ok(answer);
    }
    if let Some(answer) = head::answer(app, &project, request) {
        return answer;
    }
    if let Some(answer) = security::answer(app, &project, caller, request) {
        return answer;
    }
    if request.method() == Method::PUT && request.uri().path().ends_with("/logs") {
        return Ok(projects::logs());
    }
    projects::other(app, &project, request)
}

/// Schemas, resources and functions: told apart by their paths alone. Resources and functions may
/// stand below a schema, or name it in the query.
fn named(app: &App, project: &str, request: &Request) -> Option<Result<Response, Error>> {
    let parts = parts(request);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (schema, rest) = match parts.get(2..)? {
        ["schemas"] => return Some(schemas::answer(app, project, None, request)),
        ["schemas", name] => return Some(schemas::answer(app, project, Some(name), request)),
        ["schemas", name, rest @ ..] => (Some((*name).to_owned()), rest),
        rest => (said(request, "curr_schema"), rest),
    };
    let place = Place::new(project, schema.as_deref());
    match rest {
        ["resources"] => Some(resources::answer(app, &place, None, request)),
        ["resources", name] => Some(resources::answer(app, &place, Some(name), request)),
        ["registration", "functions"] | ["registration/functions"] => {
            Some(functions::answer(app, &place, None, request))
        }
        // The clients encode the slash.
        ["registration", "functions", name] | ["registration/functions", name] => {
            Some(functions::answer(app, &place, Some(name), request))
        }
        _ => None,
    }
}
