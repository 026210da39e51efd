//! The notebook of a cluster: a Jupyter server that is started when it is first opened. Its own token
//! is known to the proxy and to nobody else.

use super::Clusters;
use crate::keys;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use wire::Secret;

/// How long opening it may take.
const START_LIMIT: Duration = Duration::from_secs(60);

/// Where a notebook is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Not asked for, or starting.
    Absent,
    /// It has ended, or could not start.
    Lost(String),
    /// It answers on this port of the loopback interface.
    At(u16),
}

/// A cluster's notebook.
#[derive(Debug)]
pub(super) struct Notebook {
    token: Secret,
    state: watch::Sender<State>,
    wishes: mpsc::UnboundedSender<()>,
}

impl Notebook {
    /// A notebook that nobody has opened, and the wishes to start it.
    pub(super) fn new() -> (Self, mpsc::UnboundedReceiver<()>) {
        let (wishes, wished) = mpsc::unbounded_channel();
        let notebook = Self {
            token: Secret::new(keys::random()),
            state: watch::channel(State::Absent).0,
            wishes,
        };
        (notebook, wished)
    }

    pub(super) fn token(&self) -> Secret {
        self.token.clone()
    }

    /// Takes note of what the launcher said.
    pub(super) fn is(&self, state: State) {
        self.state.send_replace(state);
    }
}

impl Clusters {
    /// The port and the token of a cluster's notebook, which is started if it does not run. The error
    /// is for the user.
    pub(crate) async fn notebook(&self, id: &str) -> Result<(u16, Secret), String> {
        let gone = || "the cluster has ended".to_owned();
        let (mut state, token) = {
            let running = self.lock();
            let notebook = &running.clusters.get(id).ok_or_else(gone)?.notebook;
            if !matches!(*notebook.state.borrow(), State::At(_)) {
                notebook.state.send_replace(State::Absent);
                notebook.wishes.send(()).map_err(|_| gone())?;
            }
            (notebook.state.subscribe(), notebook.token())
        };
        let settled = timeout(START_LIMIT, state.wait_for(|state| *state != State::Absent)).await;
        match settled {
            Ok(Ok(state)) => match &*state {
                State::At(port) => Ok((*port, token)),
                State::Lost(why) => Err(why.clone()),
                State::Absent => Err(gone()),
            },
            Ok(Err(_)) => Err(gone()),
            Err(_) => Err(format!(
                "it did not answer within {} s",
                START_LIMIT.as_secs()
            )),
        }
    }
}
