//! Machines against recorded exchanges: the requests must be the recorded ones, the answers are the
//! recorded ones, and bad answers must end in a word and not in a loop.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod attach;
mod diagnosis;
mod find;
mod fleet;
mod flight;
mod job;
mod launch;
mod launch_bad;
mod noise;
mod stop;
mod support;
mod watch;

#[test]
fn every_file_is_listed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay");
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.strip_suffix(".rs").unwrap_or(&name);
        assert!(
            module == "main" || main.contains(&format!("mod {module};")),
            "{name} is not listed"
        );
    }
}
