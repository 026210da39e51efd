//! The page's handle of a file that is looked at or goes into a table, in a worker of its own.

use js_sys::Array;
use web_sys::File;

use super::file_worker::{FileWorker, message};
use crate::uploads::{Ask, Failure, Tell};

/// Asks a worker about a file, or to write it; `on_tell` hears how it goes and, last, how it ended.
pub fn start(ask: &Ask, file: &File, on_tell: impl Fn(Tell) + Clone + 'static) -> FileWorker {
    let told = on_tell.clone();
    let hear = move |text: &str, _: &Array| {
        let Ok(tell) = read(text) else {
            return false;
        };
        let ended = !matches!(tell, Tell::Progress(_));
        told(tell);
        ended
    };
    let died = move |why: String| on_tell(crashed(why));
    FileWorker::start(Array::of2(&message(ask), file), Array::new(), hear, died)
}

/// What a worker says; its last words are those of the other kind of work.
fn read(text: &str) -> Result<Tell, serde_json::Error> {
    serde_json::from_str(text).or_else(|error| {
        match serde_json::from_str::<crate::files::Tell>(text) {
            Ok(crate::files::Tell::Failed(crate::files::Failure::Crashed(why))) => Ok(crashed(why)),
            _ => Err(error),
        }
    })
}

fn crashed(why: String) -> Tell {
    Tell::Failed {
        failure: Failure::Crashed(why),
        bad: Vec::new(),
    }
}
