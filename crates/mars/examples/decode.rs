//! Times the decoding of a result's payload into Arrow columns: `decode FILE RUNS` prints rows,
//! columns and the milliseconds of each run as JSON. `cargo xtask bench` calls it.

use std::io::Write as _;
use std::time::Instant;

use mars::v04::result::to_table_from;
use mars::v04::serialized::decode_with_limit;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let payload = std::fs::read(words.next().ok_or("a file is missing")?)?;
    let runs: usize = words
        .next()
        .ok_or("the number of runs is missing")?
        .parse()?;
    let (mut took, mut rows, mut columns) = (Vec::new(), 0, 0);
    for _ in 0..runs {
        let begun = Instant::now();
        let value = decode_with_limit(&payload, u64::MAX)?;
        let result = to_table_from(value, 0)?;
        took.push(begun.elapsed().as_secs_f64() * 1000.0);
        (rows, columns) = (result.table.rows(), result.table.columns().len());
    }
    writeln!(
        std::io::stdout(),
        "{{\"rows\": {rows}, \"columns\": {columns}, \"milliseconds\": {took:?}}}"
    )?;
    Ok(())
}
