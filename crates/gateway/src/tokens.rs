//! Proxy tokens: one task per instance asks the cluster manager for them and keeps them in memory.
//!
//! The procedure is PyODPS 0.9's (`create_cluster_0.9.json`, exchanges 7 to 37): a token for
//! `MarsWeb`, then one for `MarsNotebook`; the cluster is not ready before both are registered.
//! A token that was obtained is kept while the other is asked for again. However many requests wait
//! for a cluster, one task runs for it, and after a failed try the next one waits a second.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::http::Uri;
use http_body_util::{BodyExt, Limited};
use odps::cupid::proxy_token::{self, Ids, MARS_NOTEBOOK as NOTEBOOK, MARS_WEB as WEB, ProxyToken};
use tokio::sync::watch;
use uuid::Uuid;
use wire::{Machine, Millis, Secret, Step, Target, Unreachable};

use crate::Gateway;
use crate::credentials;
use crate::failure::Failure;
use crate::upstream;

/// How long one request of the page waits for a task that is under way.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long one try may take: the manager may answer `running` for ever.
const TRY: Millis = 300_000;

/// The life of a token in hours, as PyODPS asks for it.
const LIFE: u32 = 720;

/// The pause after a failed try, as in PyODPS.
const PAUSE: Duration = Duration::from_secs(1);

/// The instances that are remembered; the least recently asked for goes first.
const REMEMBERED: usize = 256;

/// Every answer of the control plane in this procedure is a few hundred bytes.
const ANSWER_LIMIT: usize = 1 << 20;

/// What is known about the apps of one instance.
#[derive(Clone, Debug, Default)]
struct Apps {
    web: Option<Secret>,
    notebook: Option<Secret>,
    asking: Option<&'static str>,
    failed: Option<(Instant, Failure)>,
}

impl Apps {
    fn missing(&self) -> Option<&'static str> {
        match (&self.web, &self.notebook) {
            (None, _) => Some(WEB),
            (_, None) => Some(NOTEBOOK),
            _ => None,
        }
    }
}

#[derive(Debug)]
struct Cluster {
    apps: watch::Sender<Apps>,
    asked: Instant,
}

/// The tokens of all instances that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    clusters: Mutex<HashMap<String, Cluster>>,
}

impl Tokens {
    /// The token of the instance's web server, once the cluster is registered.
    pub(crate) async fn web(
        &self,
        gateway: &Arc<Gateway>,
        instance: &str,
    ) -> Result<Secret, Failure> {
        Ok(self.both(gateway, instance).await?.0)
    }

    /// The token of the instance's notebook, once the cluster is registered.
    pub(crate) async fn notebook(
        &self,
        gateway: &Arc<Gateway>,
        instance: &str,
    ) -> Result<Secret, Failure> {
        Ok(self.both(gateway, instance).await?.1)
    }

    async fn both(
        &self,
        gateway: &Arc<Gateway>,
        instance: &str,
    ) -> Result<(Secret, Secret), Failure> {
        let mut apps = self.cluster(instance).subscribe();
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let now = apps.borrow_and_update().clone();
            match (now.web, now.notebook) {
                (Some(web), Some(notebook)) => return Ok((web, notebook)),
                _ if now.asking.is_some() => {}
                _ => match now.failed {
                    Some((at, failure)) if at.elapsed() < PAUSE => return Err(failure),
                    _ => self.start(gateway, instance),
                },
            }
            if tokio::time::timeout_at(deadline, apps.changed())
                .await
                .is_err()
            {
                let app = apps.borrow().asking.unwrap_or(WEB);
                let reason = format!("the cluster manager has not registered {app} yet");
                return Err(Failure::MarsNotReady { reason });
            }
        }
    }

    /// Forgets the tokens of an instance, if its web token is still the one that failed.
    pub(crate) fn drop_web(&self, instance: &str, used: &Secret) {
        self.cluster(instance).send_if_modified(|apps| {
            let stale = apps.web.as_ref() == Some(used);
            if stale {
                *apps = Apps::default();
            }
            stale
        });
    }

    fn cluster(&self, instance: &str) -> watch::Sender<Apps> {
        let mut clusters = self.clusters.lock().unwrap_or_else(PoisonError::into_inner);
        if clusters.len() >= REMEMBERED && !clusters.contains_key(instance) {
            let oldest = clusters.iter().min_by_key(|(_, cluster)| cluster.asked);
            if let Some(id) = oldest.map(|(id, _)| id.clone()) {
                clusters.remove(&id);
            }
        }
        let cluster = clusters
            .entry(instance.to_owned())
            .or_insert_with(|| Cluster {
                apps: watch::Sender::new(Apps::default()),
                asked: Instant::now(),
            });
        cluster.asked = Instant::now();
        cluster.apps.clone()
    }

    /// Starts the one task of an instance, unless another request has just done so.
    fn start(&self, gateway: &Arc<Gateway>, instance: &str) {
        let apps = self.cluster(instance);
        let first = apps.send_if_modified(|apps| {
            let idle = apps.asking.is_none();
            if idle {
                apps.asking = apps.missing();
            }
            idle
        });
        if first {
            let (gateway, instance) = (Arc::clone(gateway), instance.to_owned());
            tokio::spawn(async move { ask(&gateway, &instance, &apps).await });
        }
    }
}

/// Asks for what is missing until nothing is, or one try fails.
async fn ask(gateway: &Gateway, instance: &str, apps: &watch::Sender<Apps>) {
    loop {
        let Some(app) = apps.borrow().missing() else {
            apps.send_modify(|apps| apps.asking = None);
            return;
        };
        apps.send_modify(|apps| apps.asking = Some(app));
        match token(gateway, instance, app).await {
            Ok(token) => {
                tracing::info!(instance, app, "proxy token obtained");
                apps.send_modify(|apps| match app {
                    WEB => apps.web = Some(token),
                    _ => apps.notebook = Some(token),
                });
            }
            Err(failure) => {
                tracing::info!(instance, app, reason = %failure, "no proxy token");
                apps.send_modify(|apps| {
                    apps.asking = None;
                    apps.failed = Some((Instant::now(), failure));
                });
                return;
            }
        }
    }
}

fn not_ready(reason: String) -> Failure {
    Failure::MarsNotReady { reason }
}

/// Drives one proxy-token machine to its end.
async fn token(gateway: &Gateway, instance: &str, app: &str) -> Result<Secret, Failure> {
    let target = Target {
        project: gateway.config.project.clone(),
    };
    let ids = Ids {
        plan: Uuid::new_v4().to_string(),
        task: Uuid::new_v4().to_string(),
    };
    let deadline = now().saturating_add(TRY);
    let mut machine = ProxyToken::new(target, instance, app, LIFE, &ids, deadline);
    loop {
        match machine.poll(now()) {
            Step::Send(_, request) => {
                let outcome = exchange(gateway, request).await;
                machine.feed(now(), outcome);
            }
            Step::Wait(until) => {
                tokio::time::sleep(Duration::from_millis(until.saturating_sub(now()))).await;
            }
            Step::Event(_) => {}
            Step::Done(Ok(token)) if is_label(&token) => return Ok(token),
            Step::Done(Ok(_)) => {
                return Err(not_ready(format!("{app}: the token is no host name")));
            }
            Step::Done(Err(proxy_token::Failure::Unreachable(lost))) => {
                let service = "the ODPS endpoint";
                return Err(Failure::UpstreamUnreachable {
                    service,
                    reason: lost.reason,
                });
            }
            Step::Done(Err(error)) => return Err(not_ready(error.to_string())),
        }
    }
}

/// The token becomes the first labels of a host name; anything else would change the address.
fn is_label(token: &Secret) -> bool {
    let text = token.expose();
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

pub(crate) fn now() -> Millis {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}

/// One whole exchange with the control plane.
pub(crate) async fn exchange(
    gateway: &Gateway,
    request: wire::Request,
) -> Result<wire::Response, Unreachable> {
    let lost = |reason: String| Unreachable { reason };
    let (parts, body) = request.into_parts();
    let uri: Uri = parts.uri;
    let headers = credentials::sign(&gateway.account, &parts.method, &uri, parts.headers);
    let url = format!("{}{uri}", gateway.config.odps_endpoint);
    let answer = gateway
        .client
        .request(parts.method, url)
        .headers(headers)
        .body(body)
        .send()
        .await
        .map_err(|error| lost(upstream::reason(&error.without_url())))?;
    let (parts, body) = http::Response::from(answer).into_parts();
    let body = Limited::new(body, ANSWER_LIMIT).collect().await;
    let body = body
        .map_err(|_| lost("the answer broke off".to_owned()))?
        .to_bytes();
    Ok(http::Response::from_parts(parts, body))
}
