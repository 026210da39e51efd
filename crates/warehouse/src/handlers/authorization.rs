//! `POST /projects/<p>/authorization?sign_bearer_token`: a token for the log viewer.

use crate::app::App;
use crate::clock;
use odps::Error;
use odps::authorization::{BearerToken, SignBearerToken, token};
use std::sync::Arc;

/// Signs the policy as it was asked for: the local account may read everything, so it may pass on
/// the right to read anything.
pub(super) fn sign_bearer_token(
    app: &Arc<App>,
    _project: &str,
    call: SignBearerToken,
) -> Result<BearerToken, Error> {
    let life = u64::from(call.expires_in_hours) * 3_600_000;
    let until = clock::now().saturating_add(life);
    Ok(BearerToken(token::issue(&app.keys.0, &call.policy, until)))
}
