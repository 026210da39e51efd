//! A reader of pickles that runs nothing: opcodes become a tree of values and calls (section 3.5).
//!
//! Protocols 0 to 4 as far as numpy and pandas write them. Nodes live in an arena and refer to each
//! other by number, so that the memo's sharing costs nothing and cycles are representable; whoever
//! walks the tree must bound depth and work.

mod integer;
mod reader;

use super::{Error, budget::Budget};
use reader::Reader;
use std::sync::Arc;

const WHAT: &str = "the pickle";

/// The number of a node.
pub(super) type Id = usize;

/// A value or a call.
#[derive(Clone, Debug)]
pub(super) enum Node {
    None,
    Bool(bool),
    Int(i64),
    BigInt(Arc<str>),
    Float(f64),
    Text(Arc<str>),
    Bytes(Arc<[u8]>),
    List(Vec<Id>),
    Tuple(Vec<Id>),
    Set(Vec<Id>),
    Dict(Vec<(Id, Id)>),
    Global(Arc<str>),
    Call(Call),
}

/// An object that Python would make by calling something.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// What is called.
    pub(super) callable: Id,
    /// With what.
    pub(super) args: Id,
    /// What is set on the object afterwards.
    pub(super) state: Option<Id>,
    /// What is put into the object afterwards.
    pub(super) pairs: Vec<(Id, Id)>,
}

/// A pickle that was read.
pub(super) struct Pickle {
    nodes: Vec<Node>,
    pub(super) root: Id,
}

impl Pickle {
    pub(super) fn node(&self, id: Id) -> &Node {
        self.nodes.get(id).unwrap_or(&Node::None)
    }

    pub(super) fn read(bytes: &[u8], budget: &mut Budget) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes);
        let root = loop {
            budget.charge(size_of::<Node>())?;
            if let Some(root) = reader.step()? {
                break root;
            }
        };
        Ok(Self {
            nodes: reader.nodes,
            root,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::integer::decimal;
    use super::{Budget, Node, Pickle};

    fn root(bytes: &[u8]) -> Result<Node, super::Error> {
        let pickle = Pickle::read(bytes, &mut Budget::for_input(bytes.len()))?;
        Ok(pickle.node(pickle.root).clone())
    }

    #[test]
    fn integers_of_every_length() {
        assert!(matches!(root(b"\x80\x02K\x07."), Ok(Node::Int(7))));
        assert!(matches!(root(b"\x80\x02\x8a\x01\xff."), Ok(Node::Int(-1))));
        assert!(matches!(root(b"\x80\x02\x8a\x00."), Ok(Node::Int(0))));
        let nine = root(b"\x80\x02\x8a\x09\0\0\0\0\0\0\0\0\x01.");
        assert!(matches!(nine, Ok(Node::BigInt(text)) if &*text == "18446744073709551616"));
        assert_eq!(decimal(&[0; 17], false).as_deref(), Some("0"));
        let mut big = vec![0; 17];
        big[16] = 0xff;
        assert_eq!(
            decimal(&big, true).as_deref(),
            Some("-340282366920938463463374607431768211456")
        );
    }

    #[test]
    fn broken_pickles_are_refused() {
        for bytes in [
            &b""[..],
            b".",
            b"\x80",
            b"(.",
            b"h\x00.",
            b"a.",
            b"N.",
            b"Rb.",
            b"\x80\x09.",
            b"(t(b.",
        ] {
            assert!(root(bytes).is_err() || bytes == b"N.", "{bytes:?}");
        }
    }
}
