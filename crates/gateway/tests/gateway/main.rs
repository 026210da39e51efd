//! The gateway over real HTTP, in front of an upstream in this process.

#![expect(
    clippy::unwrap_used,
    reason = "the lint spares functions marked as tests, not what they call"
)]

mod admission;
mod framed;
mod pages;
mod proxying;
mod secrecy;
mod sockets;
mod streaming;
mod tokens;
mod world;

#[test]
fn every_file_is_listed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gateway");
    let text = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.strip_suffix(".rs").unwrap();
        assert!(
            module == "main" || text.contains(&format!("mod {module};")),
            "{name}"
        );
    }
}
