//! `POST /projects/{project}/authorization?sign_bearer_token`: a token for reading one instance.
//! Recorded: `create_cluster_0.9.json` seq 4.
//!
//! The other use of this address, security queries, is not modelled.

use http::Method;
use serde_json::{Value, json};
use wire::{Call, Reply, Request, Response, Secret, Service, Target};

use crate::request::{Incoming, Outgoing, body_text, body_xml};
use crate::xml::{self, Element};
use crate::{Error, response};

pub mod token;

/// How long a token lives unless told otherwise: thirty days.
pub const DEFAULT_HOURS: u32 = 720;

/// Asks for a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignBearerToken {
    /// How long it lives.
    pub expires_in_hours: u32,
    /// What it allows.
    pub policy: Value,
}

/// The token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BearerToken(pub Secret);

impl SignBearerToken {
    /// Asks for a token that reads one instance, as Logview needs it.
    pub fn for_instance(project: &str, instance: &str, expires_in_hours: u32) -> Self {
        let resource = format!("acs:odps:*:projects/{project}/instances/{instance}");
        let policy = json!({
            "Statement": [{ "Action": ["odps:Read"], "Effect": "Allow", "Resource": resource }],
            "Version": "1",
        });
        Self {
            expires_in_hours,
            policy,
        }
    }

    /// The instance that the policy names, if it is one of [`SignBearerToken::for_instance`].
    pub fn instance(&self) -> Option<&str> {
        let resource = self.policy.get("Statement")?.get(0)?.get("Resource")?;
        // Policies may hold one resource or a list.
        let resource = resource.as_str().or_else(|| resource.get(0)?.as_str())?;
        resource
            .rsplit_once("/instances/")
            .map(|(_, instance)| instance)
    }
}

impl Call for SignBearerToken {
    type Reply = BearerToken;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        let body = json!({ "expires_in_hours": self.expires_in_hours, "policy": self.policy });
        Outgoing::project(Method::POST, target)
            .segment("authorization")
            .action("sign_bearer_token")
            .body("application/json", crate::json::python(&body))
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<BearerToken, Error> {
        let response = response::check(response)?;
        let document = body_xml("authorization", response.body())?;
        let token = xml::said(document.root_element(), "Result");
        let token = token
            .ok_or_else(|| Error::malformed("authorization", "no token in the Result element"))?;
        Ok(BearerToken(Secret::new(token.trim())))
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let incoming = Incoming::read(request);
        let ours = incoming.under_project(Method::POST).as_deref() == Some(&["authorization"]);
        if !ours || !incoming.has("sign_bearer_token") {
            return Err(Error::OtherCall {
                call: "the signing of a token",
            });
        }
        let bad = |reason: &str| Error::malformed("policy of a token", reason);
        let text = body_text("policy of a token", request.body())?;
        let body: Value = serde_json::from_str(text).map_err(|error| bad(&error.to_string()))?;
        let hours = match body.get("expires_in_hours") {
            None | Some(Value::Null) => DEFAULT_HOURS,
            Some(hours) => hours
                .as_u64()
                .and_then(|hours| u32::try_from(hours).ok())
                .ok_or_else(|| bad("expires_in_hours is no number of hours"))?,
        };
        let policy = body
            .get("policy")
            .cloned()
            .ok_or_else(|| bad("there is none"))?;
        Ok(Self {
            expires_in_hours: hours,
            policy,
        })
    }
}

impl Reply for BearerToken {
    fn into_response(self) -> Response {
        response::xml(&Element::new("Authorization").with(Element::text("Result", self.0.expose())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions() {
        let call = SignBearerToken::for_instance("p", "2026g1", 24);
        assert_eq!(call.instance(), Some("2026g1"));
        let request = call.to_request(&Target {
            project: "p".into(),
        });
        assert_eq!(SignBearerToken::from_request(&request), Ok(call.clone()));
        let token = BearerToken(Secret::new("dG9r+/="));
        assert_eq!(call.from_response(token.clone().into_response()), Ok(token));
    }

    #[test]
    fn no_token_is_an_error() {
        let call = SignBearerToken::for_instance("p", "i", 1);
        assert!(
            call.from_response(response::text("<Authorization><Result/></Authorization>"))
                .is_err()
        );
    }

    #[test]
    fn bodies_that_are_no_policy_are_refused() {
        let mut request = SignBearerToken::for_instance("p", "i", 1).to_request(&Target {
            project: "p".into(),
        });
        for body in ["", "{}", r#"{"policy": {}, "expires_in_hours": -1}"#] {
            *request.body_mut() = body.into();
            assert!(
                matches!(
                    SignBearerToken::from_request(&request),
                    Err(Error::Malformed { .. })
                ),
                "{body}"
            );
        }
    }
}
