//! `POST /projects/<p>/authorization?sign_bearer_token`: a token for the log viewer.

use crate::app::App;
use crate::auth::{self, Caller};
use crate::clock;
use odps::Error;
use odps::authorization::{BearerToken, SignBearerToken, token};
use odps::sign::{Account, Refusal};
use std::sync::Arc;

/// Signs the policy as it was asked for, with the key of whoever asks: a token opens nothing that
/// they may not do themselves. A token is not signed for a token, which would outlive itself that way.
pub(super) fn sign_bearer_token(
    app: &Arc<App>,
    project: &str,
    caller: &Caller,
    call: SignBearerToken,
) -> Result<BearerToken, Error> {
    if caller.by_token() {
        let path = format!("projects/{project}/authorization");
        return Err(auth::denied("odps:Write", &path));
    }
    let access_key = app.keys.key_of(caller.access_id());
    let access_key = access_key.ok_or_else(|| Refusal::UnknownAccessId {
        access_id: caller.access_id().to_owned(),
    })?;
    let account = Account {
        access_id: caller.access_id().to_owned(),
        access_key,
    };
    let life = u64::from(call.expires_in_hours) * 3_600_000;
    let until = clock::now().saturating_add(life);
    Ok(BearerToken(token::issue(&account, &call.policy, until)))
}
