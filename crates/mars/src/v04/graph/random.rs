//! `mt.random`: rand, randn, randint, with the generator's state in the graph.

use super::{Class, Dtype, Error, Graph, Node, encode, source};
use serde_json::{Map, Value, json};

/// The words of a Mersenne Twister.
const WORDS: u32 = 624;

impl Graph<'_> {
    /// `mt.random.rand(*size)`: uniform over [0, 1).
    pub fn rand(&mut self, size: &[u64], seed: u32) -> Node {
        let class = Class {
            code: "tensor.41",
            name: "mars.TensorRand",
        };
        self.random(class, size, seed, Dtype::F64, Map::new())
    }

    /// `mt.random.randn(*size)`: standard normal.
    pub fn randn(&mut self, size: &[u64], seed: u32) -> Node {
        let class = Class {
            code: "tensor.42",
            name: "mars.TensorRandn",
        };
        self.random(class, size, seed, Dtype::F64, Map::new())
    }

    /// `mt.random.randint(low, high, size)`: integers from `low` up to, not including, `high`.
    pub fn randint(&mut self, low: i64, high: i64, size: &[u64], seed: u32) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.43",
            name: "mars.TensorRandint",
        };
        if low >= high {
            return Err(source::argument("randint", "high", "must be above low"));
        }
        let mut fields = Map::new();
        fields.insert("low".into(), json!(low));
        fields.insert("high".into(), json!(high));
        Ok(self.random(class, size, seed, Dtype::I64, fields))
    }

    pub(super) fn random(
        &mut self,
        class: Class,
        size: &[u64],
        seed: u32,
        dtype: Dtype,
        mut fields: Map<String, Value>,
    ) -> Node {
        fields.insert(
            "size".into(),
            encode::tuple(size.iter().map(|&length| json!(length))),
        );
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("state".into(), state(seed));
        fields.insert("gpu".into(), json!(false));
        self.push(class, &[], fields, source::tensor(size, dtype))
    }
}

/// The state that `numpy.random.RandomState(seed)` starts with: Knuth's initialiser.
pub(super) fn state(seed: u32) -> Value {
    let mut words = Vec::with_capacity(WORDS as usize);
    let mut word = seed;
    words.push(json!(word));
    for at in 1..WORDS {
        word = (word ^ (word >> 30))
            .wrapping_mul(1_812_433_253)
            .wrapping_add(at);
        words.push(json!(word));
    }
    encode::tuple([
        json!("MT19937"),
        encode::list(words),
        json!(WORDS),
        json!(0),
        json!(0.0),
    ])
}

#[cfg(test)]
mod tests {
    use super::state;

    #[test]
    fn the_state_of_seed_42() {
        let state = state(42);
        let words = state["value"][1]["value"].as_array().unwrap();
        assert_eq!(words.len(), 624);
        let first: Vec<_> = words.iter().take(3).map(|word| word.as_u64()).collect();
        assert_eq!(first, [Some(42), Some(3_107_752_595), Some(1_895_908_407)]);
        assert_eq!(state["value"][2], 624);
    }
}
