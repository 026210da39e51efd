//! Pickles that call a constructor: how arrays, frames and tables of dtypes reach the engine.
//!
//! The engine dispatches on the encoding that it finds, and `function` means "unpickle these
//! bytes"; so no Arrow writer is needed (section 2.2). Protocol 2, every opcode as recorded.

use super::{Column, Dtype, Label, Literal, Scalar};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// `pandas.Series([dtype, …], [label, …])`: the dtypes of a frame.
pub(super) fn dtypes(columns: &[Column]) -> Value {
    let mut pickle = Pickle::new();
    pickle.global("pandas", "Series");
    pickle.op(b'(');
    pickle.list(columns, |pickle, column| pickle.dtype(&column.dtype.bare()));
    pickle.list(columns, |pickle, column| pickle.label(&column.label));
    pickle.op(b't');
    pickle.op(b'R');
    pickle.finish()
}

/// `numpy.array([label, …], dtype)`: the labels of an index.
pub(super) fn labels(labels: &[Label], dtype: &Dtype) -> Value {
    let mut pickle = Pickle::new();
    pickle.array(&dtype.bare(), |pickle| pickle.list(labels, Pickle::label));
    pickle.finish()
}

/// `module.name(text)`
pub(super) fn call(module: &str, name: &str, argument: &str) -> Value {
    let mut pickle = Pickle::new();
    pickle.global(module, name);
    pickle.op(b'(');
    pickle.text(argument);
    pickle.op(b't');
    pickle.op(b'R');
    pickle.finish()
}

/// The text itself.
pub(super) fn text(text: &str) -> Value {
    let mut pickle = Pickle::new();
    pickle.text(text);
    pickle.finish()
}

/// `{label: text, …}`
pub(super) fn names_by_label<'a>(items: impl IntoIterator<Item = (&'a Label, &'a str)>) -> Value {
    let mut pickle = Pickle::new();
    pickle.op(b'}');
    pickle.op(b'(');
    for (label, name) in items {
        pickle.label(label);
        pickle.text(name);
    }
    pickle.op(b'u');
    pickle.finish()
}

/// `numpy.array([[…], …], dtype)`: a literal of any depth.
pub(super) fn array(literal: &Literal, dtype: &Dtype) -> Value {
    let mut pickle = Pickle::new();
    let code = dtype.code();
    pickle.array(code.trim_start_matches('|'), |pickle| {
        pickle.literal(literal)
    });
    pickle.finish()
}

/// `pandas.DataFrame({label: [value, …], …})`.
pub(super) fn frame(columns: &[(Label, Vec<Scalar>)]) -> Value {
    let mut pickle = Pickle::new();
    pickle.global("pandas", "DataFrame");
    pickle.op(b'(');
    pickle.op(b'}');
    pickle.op(b'(');
    for (label, values) in columns {
        pickle.label(label);
        pickle.list(values, Pickle::scalar);
    }
    pickle.op(b'u');
    pickle.op(b't');
    pickle.op(b'R');
    pickle.finish()
}

struct Pickle(Vec<u8>);

impl Pickle {
    fn new() -> Self {
        Self(vec![0x80, 2])
    }

    fn finish(mut self) -> Value {
        self.op(b'.');
        json!({ "type": "function", "value": STANDARD.encode(&self.0) })
    }

    fn op(&mut self, op: u8) {
        self.0.push(op);
    }

    fn global(&mut self, module: &str, name: &str) {
        self.0
            .extend_from_slice(format!("c{module}\n{name}\n").as_bytes());
    }

    fn text(&mut self, text: &str) {
        self.op(b'X');
        // A label or cell is part of a request that tornado limits to 4 GiB.
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.0.extend_from_slice(&length.to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn integer(&mut self, number: i64) {
        match i32::try_from(number) {
            Ok(small) => {
                self.op(b'J');
                self.0.extend_from_slice(&small.to_le_bytes());
            }
            Err(_) => {
                self.0.extend_from_slice(&[0x8a, 8]);
                self.0.extend_from_slice(&number.to_le_bytes());
            }
        }
    }

    fn scalar(&mut self, scalar: &Scalar) {
        match scalar {
            Scalar::Null => self.op(b'N'),
            Scalar::Bool(value) => self.op(if *value { 0x88 } else { 0x89 }),
            Scalar::Int(number) => self.integer(*number),
            Scalar::Float(number) => {
                self.op(b'G');
                self.0.extend_from_slice(&number.to_be_bytes());
            }
            Scalar::Text(text) => self.text(text),
        }
    }

    fn label(&mut self, label: &Label) {
        match label {
            Label::Null => self.op(b'N'),
            Label::Int(number) => self.integer(*number),
            Label::Text(text) => self.text(text),
            Label::Levels(levels) => {
                self.op(b'(');
                for level in levels {
                    self.label(level);
                }
                self.op(b't');
            }
        }
    }

    fn dtype(&mut self, code: &str) {
        self.global("numpy", "dtype");
        self.op(b'(');
        self.text(code);
        self.op(b't');
        self.op(b'R');
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.op(b']');
        self.op(b'(');
        for item in items {
            write(self, item);
        }
        self.op(b'e');
    }

    fn literal(&mut self, literal: &Literal) {
        match literal {
            Literal::Scalar(scalar) => self.scalar(scalar),
            Literal::List(items) => self.list(items, Self::literal),
        }
    }

    fn array(&mut self, code: &str, items: impl FnOnce(&mut Self)) {
        self.global("numpy", "array");
        self.op(b'(');
        items(self);
        self.dtype(code);
        self.op(b't');
        self.op(b'R');
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Dtype, dtypes};

    #[test]
    fn dtypes_are_the_recorded_bytes() {
        let columns = [
            Column {
                label: "a".into(),
                dtype: Dtype::F64,
            },
            Column {
                label: "b".into(),
                dtype: Dtype::Object,
            },
        ];
        assert_eq!(
            dtypes(&columns)["value"],
            "gAJjcGFuZGFzClNlcmllcwooXShjbnVtcHkKZHR5cGUKKFgCAAAAZjh0UmNudW1weQpkdHlwZQooWAEAAABP\
             dFJlXShYAQAAAGFYAQAAAGJldFIu"
        );
    }
}
