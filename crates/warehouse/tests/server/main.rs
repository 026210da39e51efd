//! The warehouse as clients see it. Handlers are asked without sockets; what needs processes or
//! addresses runs on a port of the loopback interface.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod clusters;
mod columns;
mod deaths;
mod exchanges;
mod functions;
mod instances;
mod noise;
mod odd;
mod planted;
mod program;
mod projects;
mod queries;
mod resources;
mod rights;
mod schemas;
mod scripts;
mod security;
mod signatures;
mod tables;
mod tunnel;
mod uploads;
mod world;

#[test]
fn every_file_is_a_module() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server");
    for entry in std::fs::read_dir(here).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.trim_end_matches(".rs");
        assert!(
            module == "main" || include_str!("main.rs").contains(&format!("mod {module};")),
            "{name} is not listed"
        );
    }
}
