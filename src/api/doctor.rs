//! Checks the connection step by step, each with the exact cause.

use odps::projects;
use odps::tunnel::download;
use wire::{Call, Millis, Service, Target};

use super::{Cause, Doing, Failure, Problem, exchange, health, send};
use crate::state::clock::now;

/// A step of the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The gateway answers.
    Gateway,
    /// A signed request reads the project.
    Project,
    /// The tunnel answers.
    Tunnel,
    /// The gateway's clock and the browser's agree.
    Clock,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 4] = [Self::Gateway, Self::Project, Self::Tunnel, Self::Clock];
}

/// What a step found.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// Fine, in so many milliseconds; the project's owner where it was read.
    Good {
        /// How long it took.
        took: Millis,
        /// The owner of the project.
        owner: Option<String>,
        /// Seconds between the clocks.
        skew: Option<u64>,
    },
    /// Failed.
    Bad(Problem),
    /// The clocks are too far apart, by so many seconds.
    Skewed(u64),
}

/// Past this many seconds MaxCompute refuses a signature.
const TOLERATED_SKEW: u64 = 900;

/// Runs one step.
pub async fn check(step: Step, target: &Target) -> Finding {
    let start = now();
    let good = |owner| Finding::Good {
        took: now().saturating_sub(start),
        owner,
        skew: None,
    };
    let failed = |failure: Failure| Finding::Bad(Problem::of(Doing::ReadConnection, failure));
    match step {
        Step::Gateway => match health().await {
            Ok(_) => good(None),
            Err(failure) => failed(failure),
        },
        Step::Project => match send(&projects::Get, target).await {
            Ok(project) => good(project.owner),
            Err(failure) => failed(failure),
        },
        Step::Tunnel => match tunnel(target).await {
            Ok(()) => good(None),
            Err(problem) => Finding::Bad(problem),
        },
        Step::Clock => clock(target).await,
    }
}

/// Asks the tunnel for a table that nobody has: an error of its own is an answer.
async fn tunnel(target: &Target) -> Result<(), Problem> {
    let call = download::Create::of(download::Source::table("mars_console_no_such_table"));
    match send(&call, target).await {
        Ok(_) => Ok(()),
        Err(failure) => {
            let problem = Problem::of(Doing::ReadConnection, failure);
            match problem.why {
                Cause::NoSuchTable | Cause::Unknown | Cause::Refused => Ok(()),
                _ => Err(problem),
            }
        }
    }
}

/// Compares the `Date` of an answer with this machine's clock.
async fn clock(target: &Target) -> Finding {
    let start = now();
    let request = projects::Get.to_request(target);
    let answer = match exchange(&Service::Odps, request, None).await {
        Ok(answer) => answer,
        Err(gone) => return Finding::Bad(Problem::of(Doing::ReadConnection, gone)),
    };
    let date = answer
        .headers()
        .get(http::header::DATE)
        .and_then(|value| value.to_str().ok());
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds of this era fit 2^53"
    )]
    #[expect(
        clippy::cast_sign_loss,
        reason = "a date that cannot be read is NaN, which becomes 0"
    )]
    let said = date
        .map(|date| js_sys::Date::parse(date) as u64)
        .filter(|at| *at > 0);
    // The answer was written somewhere between asking and now.
    let skew = said.map(|said| said.abs_diff(start).min(said.abs_diff(now())) / 1000);
    match skew {
        Some(skew) if skew > TOLERATED_SKEW => Finding::Skewed(skew),
        skew => Finding::Good {
            took: now().saturating_sub(start),
            owner: None,
            skew,
        },
    }
}
