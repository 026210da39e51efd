//! Recorded exchanges of real clients against the calls and machines of this crate. The recordings
//! and where they come from: `tests/data/README.md`.

mod calls;
mod noise;
mod plans;
mod proxy_token;
mod recording;
mod records;
mod redact;
mod signatures;
mod tunnel;

#[test]
fn every_file_is_listed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/replay");
    let main = std::fs::read_to_string(format!("{folder}/main.rs")).expect("this file");
    for entry in std::fs::read_dir(folder).expect("this folder") {
        let name = entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("a plain name");
        let module = name.trim_end_matches(".rs");
        assert!(
            module == "main" || main.contains(&format!("mod {module};")),
            "{name} is not listed"
        );
    }
}
