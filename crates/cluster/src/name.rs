//! The name of a cluster that a later PyODPS started: its task is called `MARS_TASK_` and the MD5 of
//! the name (`reuse_cluster_0.12.json`), so a name is only found by trying.

use md5::{Digest, Md5};

const PREFIX: &str = "MARS_TASK_";

/// The one of some names that a task was called after.
pub fn recover_name<'a>(
    task: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let hash = task.strip_prefix(PREFIX)?;
    candidates
        .into_iter()
        .find(|name| hash.eq_ignore_ascii_case(&hex(name)))
}

fn hex(name: &str) -> String {
    let digest = Md5::digest(name.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::recover_name;

    #[test]
    fn a_name_is_found_by_its_hash() {
        // md5("default")
        let task = "MARS_TASK_c21f969b5f03d33d43e04f8f136e7682";
        assert_eq!(recover_name(task, ["nightly", "default"]), Some("default"));
        assert_eq!(recover_name(task, ["nightly"]), None);
        assert_eq!(recover_name("cupid_task", ["default"]), None);
    }
}
