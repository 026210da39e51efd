//! Times the way from a script's text to the graph that is sent: `text_to_graph FILE RUNS` prints
//! the milliseconds of each run as a JSON list. `cargo xtask bench` calls it.

use std::io::Write as _;
use std::time::Instant;

use script::{Cell, Project, lower, parse};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let text = std::fs::read_to_string(words.next().ok_or("a file is missing")?)?;
    let runs: usize = words
        .next()
        .ok_or("the number of runs is missing")?
        .parse()?;
    let mut took = Vec::new();
    for _ in 0..runs {
        let begun = Instant::now();
        let (ast, errors) = parse(&text);
        if let Some(error) = errors.first() {
            return Err(error.to_string().into());
        }
        let mut count = 0_u64;
        let key = || {
            count += 1;
            format!("{count:032x}")
        };
        let cell = Cell { ast: &ast, seed: 1 };
        let lowered = lower(&[], cell, &Project::default(), key)?;
        took.push(begun.elapsed().as_secs_f64() * 1000.0);
        assert!(lowered.graph.len() > text.len(), "the graph is not there");
    }
    writeln!(std::io::stdout(), "{took:?}")?;
    Ok(())
}
