//! Plans: what is uploaded before a Cupid instance is created. Recorded:
//! `cupid_plans_decoded_0.9.json` and the plans in the `create_cluster_0.9*.json` files, which are
//! made again byte for byte.
//!
//! The plan that starts a cluster carries the caller's key pair in clear. It is built here without
//! the two items; [`fill_credentials`] puts them in where the key is known (the gateway).

use bytes::Bytes;
use prost::Message;

use super::proto::{
    CupidProxyTokenRequest, CupidTaskOperator, CupidTaskParam, JobConf, JobConfItem,
};
use crate::Error;

mod credentials;
mod start;

pub use credentials::fill_credentials;
pub(crate) use credentials::{fields, write};
pub use start::{StartPlan, StartRequest};

/// The operation that starts a cluster.
pub const START: &str = "startam";
/// The operation that asks for a proxy token.
pub const GET_PROXY_TOKEN: &str = "GetCupidProxyToken";

const MAJOR_VERSION: &str = "odps.task.major.version";
const ACCESS_ID: &str = "odps.access.id";
const ACCESS_KEY: &str = "odps.access.key";
const COMMAND: &str = "odps.cupid.kube.appmaster.cmd";

/// Asks for the token of an app (`MarsWeb`, `MarsNotebook`) of a cluster.
pub fn proxy_token(instance: &str, app: &str, expired_in_hours: u32) -> Bytes {
    let request = CupidProxyTokenRequest {
        instance_id: Some(instance.to_owned()),
        app_name: Some(app.to_owned()),
        expired_in_hours: Some(i32::try_from(expired_in_hours).unwrap_or(i32::MAX)),
    };
    let plan = CupidTaskParam {
        mcupidtaskoperator: operator(GET_PROXY_TOKEN),
        jobconf: None,
        cupid_proxy_token_request: Some(request),
        task_service_request: None,
    };
    plan.encode_to_vec().into()
}

/// What an uploaded plan asks for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Plan {
    /// To start a Mars cluster.
    Start(StartRequest),
    /// To hand out the token of an app.
    ProxyToken {
        /// The cluster.
        instance: String,
        /// `MarsWeb` or `MarsNotebook`.
        app: String,
        /// How long the token lives.
        expired_in_hours: u32,
    },
    /// Another operation, by its name.
    Other(String),
}

impl Plan {
    /// Reads a plan.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let plan =
            CupidTaskParam::decode(bytes).map_err(|error| Error::malformed("plan", error))?;
        match plan.mcupidtaskoperator.moperator.as_str() {
            START => {
                let items = plan
                    .jobconf
                    .map(|conf| conf.jobconfitem)
                    .unwrap_or_default();
                StartRequest::read(&items).map(Self::Start)
            }
            GET_PROXY_TOKEN => {
                let request = plan.cupid_proxy_token_request.unwrap_or_default();
                let instance = request.instance_id.filter(|id| !id.is_empty());
                Ok(Self::ProxyToken {
                    instance: instance.ok_or_else(|| {
                        Error::malformed("plan", "no instance to get a token for")
                    })?,
                    app: request.app_name.unwrap_or_default(),
                    expired_in_hours: request
                        .expired_in_hours
                        .and_then(|hours| u32::try_from(hours).ok())
                        .unwrap_or(crate::authorization::DEFAULT_HOURS),
                })
            }
            other => Ok(Self::Other(other.to_owned())),
        }
    }
}

fn operator(name: &str) -> CupidTaskOperator {
    CupidTaskOperator {
        moperator: name.to_owned(),
        mlookup_name: None,
        menginetype: None,
    }
}

fn item(key: &str, value: impl Into<String>) -> JobConfItem {
    JobConfItem {
        key: key.to_owned(),
        value: value.into(),
    }
}

fn start(items: Vec<JobConfItem>, engine_type: Option<&str>) -> Bytes {
    let plan = CupidTaskParam {
        mcupidtaskoperator: CupidTaskOperator {
            menginetype: engine_type.map(str::to_owned),
            ..operator(START)
        },
        jobconf: Some(JobConf { jobconfitem: items }),
        cupid_proxy_token_request: None,
        task_service_request: None,
    };
    plan.encode_to_vec().into()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_recorded_token_plans() {
        for (app, recorded) in [
            (
                "MarsWeb",
                "ChQKEkdldEN1cGlkUHJveHlUb2tlbnooChoyMDI2MDEwMTAwMDAwMDAwMWdzdHViMDAwMRIHTWFyc1dlYhjQBQ==",
            ),
            (
                "MarsNotebook",
                "ChQKEkdldEN1cGlkUHJveHlUb2tlbnotChoyMDI2MDEwMTAwMDAwMDAwMWdzdHViMDAwMRIMTWFyc05vdGVib29rGNAF",
            ),
        ] {
            let plan = proxy_token("20260101000000001gstub0001", app, 720);
            assert_eq!(STANDARD.encode(&plan), recorded);
            let read = Plan::ProxyToken {
                instance: "20260101000000001gstub0001".into(),
                app: app.into(),
                expired_in_hours: 720,
            };
            assert_eq!(Plan::read(&plan), Ok(read));
        }
    }

    #[test]
    fn other_operations_are_named() {
        let plan = CupidTaskParam {
            mcupidtaskoperator: operator("TaskServiceRequest"),
            ..Default::default()
        };
        assert_eq!(
            Plan::read(&plan.encode_to_vec()),
            Ok(Plan::Other("TaskServiceRequest".into()))
        );
    }

    proptest! {
        #[test]
        fn noise_is_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            let account = crate::sign::Account {
                access_id: "ID".into(),
                access_key: wire::Secret::new("KEY"),
            };
            let read = Plan::read(&bytes);
            prop_assert!(matches!(read, Ok(_) | Err(Error::Malformed { .. })), "{:?}", read);
            if let Ok(filled) = fill_credentials(&bytes, &account) {
                prop_assert!(CupidTaskParam::decode(filled).is_ok());
            }
        }
    }
}
