//! The state of a Cupid task, as `?instancedetail` gives it: base64 of
//! [`CupidTaskDetailResultParam`]. Recorded: `create_cluster_0.9.json` seq 12, 14, 16, 27.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use prost::Message;

use super::proto::{
    BizFailed, CupidTaskDetailResultParam, CupidTaskFailed, Empty, Failed, Running, Success,
    WaitForReRun,
};
use crate::Error;

/// The state of a Cupid task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Taken, not begun. A message without any part means the same.
    Ready,
    /// Waits; clients treat it as "not yet".
    Waiting,
    /// Runs; what it says.
    Running(String),
    /// Went well; the result.
    Success(Success),
    /// The work failed; why.
    BizFailed(String),
    /// The cluster manager failed; why.
    TaskFailed(String),
    /// Was called off.
    Cancelled,
    /// Waits to be run again; clients treat it as "not yet".
    WaitForReRun(Option<String>),
}

/// What a detail text can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `{}`: the service has not made the detail yet; the other form of the question wakes it.
    NotYet,
    /// The instance is gone from the service's memory; its own words.
    Recycled(String),
    /// A state.
    State(State),
}

impl Answer {
    /// Reads the body of `?instancedetail`.
    pub fn read(text: &str) -> Result<Self, Error> {
        if text == "{}" {
            return Ok(Self::NotYet);
        }
        if text.starts_with("Failed") && text.contains("recycled") {
            return Ok(Self::Recycled(text.to_owned()));
        }
        // Python's decoder skips line breaks; long texts have them.
        let packed: String = text.split_ascii_whitespace().collect();
        let bytes = STANDARD
            .decode(packed)
            .map_err(|error| Error::malformed("Cupid detail", error))?;
        let message = CupidTaskDetailResultParam::decode(bytes.as_slice())
            .map_err(|error| Error::malformed("Cupid detail", error))?;
        Ok(Self::State(State::of(message)))
    }
}

impl State {
    /// A success with this result.
    pub fn success(result: impl Into<String>) -> Self {
        Self::Success(Success {
            success_msg: result.into(),
        })
    }

    /// Whether a failure with this text is the user's, as PyODPS tells them apart.
    pub fn is_user_error(text: &str) -> bool {
        text.starts_with("runTask failed:") || text.starts_with("app run failed!")
    }

    /// Failure comes first, then the end, then the rest: the order in which PyODPS looks.
    fn of(message: CupidTaskDetailResultParam) -> Self {
        if let Some(failed) = message.failed {
            match (failed.cupid_task_failed, failed.biz_failed) {
                (Some(task), _) => Self::TaskFailed(task.cupid_task_failed_msg),
                (None, biz) => Self::BizFailed(biz.unwrap_or_default().biz_failed_msg),
            }
        } else if message.cancelled.is_some() {
            Self::Cancelled
        } else if let Some(success) = message.success {
            Self::Success(success)
        } else if let Some(running) = message.running {
            Self::Running(running.running_msg)
        } else if let Some(wait) = message.wait_for_re_run {
            Self::WaitForReRun(wait.wait_msg)
        } else if message.waiting.is_some() {
            Self::Waiting
        } else {
            Self::Ready
        }
    }

    /// Writes the body of `?instancedetail`.
    pub fn to_text(&self) -> String {
        let mut message = CupidTaskDetailResultParam::default();
        match self.clone() {
            Self::Ready => message.ready = Some(Empty {}),
            Self::Waiting => message.waiting = Some(Empty {}),
            Self::Running(running_msg) => message.running = Some(Running { running_msg }),
            Self::Success(success) => message.success = Some(success),
            Self::BizFailed(biz_failed_msg) => {
                message.failed = Some(Failed {
                    biz_failed: Some(BizFailed { biz_failed_msg }),
                    cupid_task_failed: None,
                });
            }
            Self::TaskFailed(cupid_task_failed_msg) => {
                let failed = CupidTaskFailed {
                    cupid_task_failed_msg,
                };
                message.failed = Some(Failed {
                    biz_failed: None,
                    cupid_task_failed: Some(failed),
                });
            }
            Self::Cancelled => message.cancelled = Some(Empty {}),
            Self::WaitForReRun(wait_msg) => {
                message.wait_for_re_run = Some(WaitForReRun { wait_msg })
            }
        }
        STANDARD.encode(message.encode_to_vec())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn recorded_texts() {
        for (text, state) in [
            ("CgA=", State::Ready),
            (
                "Gg4KDHN0dWIgcnVubmluZw==",
                State::Running("stub running".into()),
            ),
            (
                "KicKJQojc3R1YjogYXBwIE1hcnNXZWIgaXMgbm90IHJlZ2lzdGVyZWQ=",
                State::BizFailed("stub: app MarsWeb is not registered".into()),
            ),
            (
                "IhMKEXN0dWJ0b2tlbm1hcnN3ZWIy",
                State::success("stubtokenmarsweb2"),
            ),
        ] {
            assert_eq!(Answer::read(text), Ok(Answer::State(state.clone())));
            assert_eq!(state.to_text(), text);
        }
    }

    #[test]
    fn every_state_comes_back() {
        for state in [
            State::Waiting,
            State::TaskFailed("runTask failed: x".into()),
            State::Cancelled,
            State::WaitForReRun(Some("w".into())),
            State::WaitForReRun(None),
        ] {
            assert_eq!(Answer::read(&state.to_text()), Ok(Answer::State(state)));
        }
    }

    #[test]
    fn the_other_answers() {
        assert_eq!(Answer::read("{}"), Ok(Answer::NotYet));
        assert_eq!(Answer::read(""), Ok(Answer::State(State::Ready)));
        assert!(matches!(
            Answer::read("Failed: instance recycled"),
            Ok(Answer::Recycled(_))
        ));
        for text in ["%", "{\"a\": 1}", "IhMK"] {
            assert!(Answer::read(text).is_err(), "{text}");
        }
        assert!(State::is_user_error("runTask failed: no quota") && !State::is_user_error("x"));
    }

    #[test]
    fn a_result_is_not_shown() {
        assert!(!format!("{:?}", State::success("token")).contains("token"));
    }

    proptest! {
        #[test]
        fn noise_is_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            // Base64 of anything, so that the message decoder sees it.
            let read = Answer::read(&STANDARD.encode(&bytes));
            prop_assert!(matches!(read, Ok(Answer::State(_)) | Err(Error::Malformed { .. })), "{:?}", read);
        }
    }
}
