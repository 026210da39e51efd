//! One request and its reply, for the client and for the server.

use bytes::Bytes;

/// A request whose URI is a path and query only (`/projects/p/instances?curr_project=p`).
///
/// The sender puts the base address of the [`Service`] in front.
pub type Request = http::Request<Bytes>;

/// A complete response.
pub type Response = http::Response<Bytes>;

/// Which upstream a request is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// The ODPS control plane (`<endpoint>`, usually ending in `/api`).
    Odps,
    /// The table and instance tunnel.
    Tunnel,
    /// The Mars web endpoint of the cluster with this instance id, behind the Cupid proxy.
    Mars(String),
}

/// What every call of one connection has in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The project; sent as `curr_project` with every ODPS and tunnel request.
    pub project: String,
}

/// The server's half of a [`Call`]: a reply that can be written.
pub trait Reply: Sized {
    /// Writes the reply as the real service would.
    fn into_response(self) -> Response;
}

/// One operation of a protocol, in both directions.
///
/// The console sends what [`Call::into_request`] gives, the warehouse reads the same with
/// [`Call::from_request`], so the two cannot disagree.
pub trait Call: Sized {
    /// What a successful call returns.
    type Reply: Reply;
    /// What goes wrong, on either side.
    type Error;

    /// The upstream that this call is for.
    fn service(&self) -> Service;

    /// Writes the request.
    fn to_request(&self, target: &Target) -> Request;

    /// Reads a response; a status of 400 and above is an error.
    #[expect(
        clippy::wrong_self_convention,
        reason = "reads the answer to this very call: what was asked tells how to read it"
    )]
    fn from_response(&self, response: Response) -> Result<Self::Reply, Self::Error>;

    /// Reads the request on the server's side.
    fn from_request(request: &Request) -> Result<Self, Self::Error>;
}
