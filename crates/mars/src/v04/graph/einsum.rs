//! `mt.einsum`: sums of products by the letters of axes.

use super::functions::tensor;
use super::{Class, Error, Graph, Node, Order, encode, promote, source};
use serde_json::{Map, json};
use std::collections::BTreeMap;

impl Graph<'_> {
    /// `mt.einsum(subscripts, *operands)`.
    pub fn einsum(&mut self, subscripts: &str, operands: &[&Node]) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.630",
            name: "mars.TensorEinsum",
        };
        let name = "einsum";
        let plan = plan(subscripts, operands.len())
            .ok_or_else(|| source::argument(name, "subscripts", "do not fit the operands"))?;
        let mut lengths: BTreeMap<char, Option<u64>> = BTreeMap::new();
        for (letters, operand) in plan.inputs.iter().zip(operands) {
            if letters.chars().count() != operand.ndim() {
                let reason = "name another number of axes than an operand has";
                return Err(source::argument(name, "subscripts", reason));
            }
            for (letter, length) in letters.chars().zip(&operand.shape) {
                let known = lengths.entry(letter).or_insert(*length);
                if known.is_some() && length.is_some() && *known != *length {
                    let reason = "give one letter to axes of two lengths";
                    return Err(source::argument(name, "subscripts", reason));
                }
                *known = known.or(*length);
            }
        }
        let mut types = operands.iter().map(|operand| tensor(name, operand));
        let first = types
            .next()
            .ok_or_else(|| source::argument(name, "operands", "are missing"))??
            .clone();
        let dtype = types.try_fold(first, |common, own| {
            Ok::<_, Error>(promote::arrays(&common, own?))
        })?;
        let shape = plan.output.chars();
        let shape = shape.map(|letter| lengths.get(&letter).copied().flatten());
        let result = source::tensor_of(shape.collect(), dtype.clone(), Order::C);
        let mut fields = Map::new();
        let written = format!("{}->{}", plan.inputs.join(","), plan.output);
        fields.insert("subscripts".into(), json!(written));
        fields.insert("optimize".into(), json!(false));
        fields.insert("order".into(), json!("K"));
        fields.insert("casting".into(), json!("safe"));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("gpu".into(), json!(false));
        Ok(self.push(class, operands, fields, result))
    }
}

/// The letters of the axes of every operand and of the result.
#[derive(Debug, PartialEq)]
struct Plan {
    inputs: Vec<String>,
    output: String,
}

/// Without `->` the result has the letters that stand once, in the order of the alphabet.
fn plan(subscripts: &str, operands: usize) -> Option<Plan> {
    let text: String = subscripts.chars().filter(|c| *c != ' ').collect();
    let (left, right) = match text.split_once("->") {
        Some((left, right)) => (left, Some(right)),
        None => (text.as_str(), None),
    };
    let inputs: Vec<String> = left.split(',').map(str::to_owned).collect();
    let count = |letter: char| left.chars().filter(|c| *c == letter).count();
    let output = match right {
        Some(right) => right.to_owned(),
        None => {
            let once = left.chars().filter(|c| *c != ',' && count(*c) == 1);
            let mut once: Vec<char> = once.collect();
            once.sort_unstable();
            once.into_iter().collect()
        }
    };
    let letters = inputs.iter().flat_map(|input| input.chars());
    let plain = letters
        .chain(output.chars())
        .all(|c| c.is_ascii_alphabetic());
    let known = output.chars().all(|letter| count(letter) > 0);
    // The engine loses its way over a letter that an operand has twice.
    let each_once = inputs.iter().chain([&output]).all(|letters| once(letters));
    (plain && known && each_once && inputs.len() == operands).then_some(Plan { inputs, output })
}

fn once(letters: &str) -> bool {
    let mut seen = std::collections::HashSet::new();
    letters.chars().all(|letter| seen.insert(letter))
}

#[cfg(test)]
mod tests {
    use super::plan;

    #[test]
    fn the_letters_of_the_result() {
        let output = |text, count| plan(text, count).map(|plan| plan.output);
        assert_eq!(output("ij,jk->ik", 2).as_deref(), Some("ik"));
        assert_eq!(output("ij, jk", 2).as_deref(), Some("ik"));
        assert_eq!(output("ba", 1).as_deref(), Some("ab"));
        assert_eq!(output("i,i", 2).as_deref(), Some(""));
        assert_eq!(output("ii", 1), None);
        assert_eq!(output("ij->ii", 1), None);
        assert_eq!(output("ij->k", 1), None);
        assert_eq!(output("i...->i", 1), None);
        assert_eq!(output("ij", 2), None);
    }
}
