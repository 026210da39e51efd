//! `DIFFERENCES.md` names every correction of the engine.

#[test]
fn every_correction_is_listed() {
    let patches = include_str!("../../engine/patches_0_4_0rc1.py");
    let differences = include_str!("../../DIFFERENCES.md");
    let functions = patches.lines().filter_map(|line| line.strip_prefix("def "));
    let names = functions
        .filter_map(|line| line.split_once('('))
        .map(|(name, _)| name);
    let corrections: Vec<&str> = names.filter(|name| *name != "apply").collect();
    assert!(corrections.len() > 3, "{corrections:?}");
    for name in corrections {
        assert!(
            differences.contains(&format!("| `{name}` |")),
            "{name} is not listed"
        );
    }
}
