//! A process group: killing it, and knowing when nothing of it is left.
//!
//! A group keeps its number as long as any member lives, so the number cannot come to mean foreign
//! processes while there is something to kill. Processes that are dead but not yet collected by their
//! parent do not count; on Linux `/proc` tells them apart.

use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use std::fs;

/// The group that a child leads. Empty once it was seen gone.
#[derive(Debug)]
pub(crate) struct Group(Option<Pid>);

impl Group {
    /// The group led by the process `id`.
    pub(crate) fn of(id: Option<u32>) -> Self {
        Self(
            id.and_then(|id| i32::try_from(id).ok())
                .and_then(Pid::from_raw),
        )
    }

    /// Kills every member.
    pub(crate) fn kill(&self) {
        if let Some(leader) = self.0 {
            let _ = kill_process_group(leader, Signal::KILL); // fails only if the group is gone
        }
    }

    /// Whether no member is alive. Once true it stays true.
    pub(crate) fn gone(&mut self) -> bool {
        let Some(leader) = self.0 else { return true };
        let alive = match living(leader.as_raw_nonzero().get()) {
            Some(alive) => alive,
            None => test_kill_process_group(leader).is_ok(),
        };
        if !alive {
            self.0 = None;
        }
        !alive
    }
}

/// Whether `/proc` shows a living process of the group; nothing where there is no `/proc`.
fn living(group: i32) -> Option<bool> {
    let mut seen = false;
    for entry in fs::read_dir("/proc").ok()?.flatten() {
        let name = entry.file_name();
        if !name.as_encoded_bytes().iter().all(u8::is_ascii_digit) {
            continue;
        }
        let Ok(stat) = fs::read(entry.path().join("stat")) else {
            continue;
        };
        seen = true;
        if let Some((state, its_group)) = parse(&String::from_utf8_lossy(&stat))
            && its_group == group
            && !matches!(state, "Z" | "X")
        {
            return Some(true);
        }
    }
    seen.then_some(false)
}

/// State and group of a line `pid (name) state parent group …`; the name may hold anything.
fn parse(stat: &str) -> Option<(&str, i32)> {
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
    let state = fields.next()?;
    Some((state, fields.nth(1)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{Group, parse};
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Stdio};

    #[test]
    fn a_name_cannot_confuse_the_reader() {
        assert_eq!(parse("17 (a) Z 1 99) S 1 17 17 0"), Some(("S", 17)));
        assert_eq!(parse("17"), None);
    }

    #[test]
    fn a_group_is_gone_when_its_last_member_is() {
        let mut leader = Command::new("sh")
            .args(["-c", "sleep 60 & sleep 60 & wait"])
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap();
        let mut group = Group::of(Some(leader.id()));
        assert!(!group.gone());
        group.kill();
        leader.wait().unwrap();
        while !group.gone() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert!(group.gone());
    }
}
