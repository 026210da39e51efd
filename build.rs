//! The page's program keeps its relocations when it is going to be cut into chunks (`src/lazy.rs`);
//! the frame worker, built in the same run, must not.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_CFG_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bin=console=--emit-relocs");
    }
}
