//! Resources: files of a project. `…/projects/{project}/resources`.

use http::Method;
use wire::Request;

use crate::request::Incoming;

mod create;
mod delete;
mod get;

pub use create::{Create, Created};
pub use delete::{Delete, Deleted};
pub use get::{Content, Get};

/// The name and the query of a request to one resource.
fn read_one(method: Method, request: &Request) -> Option<(String, Incoming)> {
    let incoming = Incoming::read(request);
    let name = match incoming.under_project(method)?.as_slice() {
        ["resources", name] => (*name).to_owned(),
        _ => return None,
    };
    Some((name, incoming))
}
