//! A reader of pickles that runs nothing: opcodes become a tree of values and calls (section 3.5).
//!
//! Protocols 0 to 4 as far as numpy and pandas write them. Nodes live in an arena and refer to each
//! other by number, so that the memo's sharing costs nothing and cycles are representable; whoever
//! walks the tree must bound depth and work.

use super::{Error, budget::Budget};
use std::collections::HashMap;
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
        let mut reader = Reader {
            bytes,
            at: 0,
            nodes: Vec::new(),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
        };
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

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    nodes: Vec<Node>,
    stack: Vec<Id>,
    /// Heights of the stack.
    marks: Vec<usize>,
    memo: HashMap<u32, Id>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, need: usize) -> Result<&'a [u8], Error> {
        let end = self.at.checked_add(need);
        let slice = end.and_then(|end| self.bytes.get(self.at..end));
        let slice = slice.ok_or(Error::Truncated {
            what: WHAT,
            at: self.at,
            need,
        })?;
        self.at += need;
        Ok(slice)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let truncated = Error::Truncated {
            what: WHAT,
            at: self.at,
            need: N,
        };
        self.take(N)?.try_into().map_err(|_| truncated)
    }

    fn byte(&mut self) -> Result<u8, Error> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// A length of four bytes.
    fn length(&mut self) -> Result<usize, Error> {
        let length = u32::from_le_bytes(self.array()?);
        usize::try_from(length).map_err(|_| self.malformed("a long item"))
    }

    /// A length of eight bytes.
    fn long_length(&mut self) -> Result<usize, Error> {
        let length = u64::from_le_bytes(self.array()?);
        usize::try_from(length).map_err(|_| self.malformed("a long item"))
    }

    fn line(&mut self) -> Result<&'a str, Error> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|&byte| byte == b'\n');
        let end = end.ok_or(Error::Truncated {
            what: WHAT,
            at: self.at,
            need: 1,
        })?;
        let line = self.take(end)?;
        self.at += 1;
        std::str::from_utf8(line).map_err(|_| self.malformed("a line that is no text"))
    }

    fn malformed(&self, detail: impl Into<String>) -> Error {
        Error::malformed(WHAT, format!("{} before byte {}", detail.into(), self.at))
    }

    fn push(&mut self, node: Node) {
        self.nodes.push(node);
        self.stack.push(self.nodes.len() - 1);
    }

    fn text(&mut self, length: usize) -> Result<(), Error> {
        let bytes = self.take(length)?;
        let text =
            std::str::from_utf8(bytes).map_err(|_| self.malformed("text that is no UTF-8"))?;
        self.push(Node::Text(text.into()));
        Ok(())
    }

    fn data(&mut self, length: usize) -> Result<(), Error> {
        let bytes = self.take(length)?;
        self.push(Node::Bytes(bytes.into()));
        Ok(())
    }

    fn pop(&mut self) -> Result<Id, Error> {
        let floor = self.marks.last().copied().unwrap_or(0);
        match self.stack.len() > floor {
            true => self
                .stack
                .pop()
                .ok_or_else(|| self.malformed("an empty stack")),
            false => Err(self.malformed("an empty stack")),
        }
    }

    fn top(&self) -> Result<Id, Error> {
        self.stack
            .last()
            .copied()
            .ok_or_else(|| self.malformed("an empty stack"))
    }

    /// Everything above the last mark.
    fn marked(&mut self) -> Result<Vec<Id>, Error> {
        let mark = self
            .marks
            .pop()
            .ok_or_else(|| self.malformed("a missing mark"))?;
        match mark <= self.stack.len() {
            true => Ok(self.stack.split_off(mark)),
            false => Err(self.malformed("a mark above the stack")),
        }
    }

    fn get(&mut self, key: u32) -> Result<(), Error> {
        let id = self.memo.get(&key).copied();
        let id = id.ok_or_else(|| self.malformed(format!("an empty memo {key}")))?;
        self.stack.push(id);
        Ok(())
    }

    fn put(&mut self, key: u32) -> Result<(), Error> {
        let top = self.top()?;
        self.memo.insert(key, top);
        Ok(())
    }

    /// Executes one opcode; the result of the last one ends the pickle.
    fn step(&mut self) -> Result<Option<Id>, Error> {
        let op = self.byte()?;
        match op {
            b'.' => return self.pop().map(Some),
            0x80 => {
                let protocol = self.byte()?;
                if protocol > 5 {
                    return Err(Error::unsupported(WHAT, format!("protocol {protocol}")));
                }
            }
            0x95 => {
                self.long_length()?;
            }
            b'(' => self.marks.push(self.stack.len()),
            b'0' => {
                self.pop()?;
            }
            b'1' => {
                self.marked()?;
            }
            b'2' => {
                let top = self.top()?;
                self.stack.push(top);
            }
            b'N' => self.push(Node::None),
            0x88 => self.push(Node::Bool(true)),
            0x89 => self.push(Node::Bool(false)),
            b'J' => {
                let number = i32::from_le_bytes(self.array()?);
                self.push(Node::Int(number.into()));
            }
            b'K' => {
                let number = self.byte()?;
                self.push(Node::Int(number.into()));
            }
            b'M' => {
                let number = u16::from_le_bytes(self.array()?);
                self.push(Node::Int(number.into()));
            }
            b'I' => self.decimal_line()?,
            b'L' => self.decimal_line()?,
            0x8a => {
                let length = usize::from(self.byte()?);
                self.long(length)?;
            }
            0x8b => {
                let length = self.length()?;
                self.long(length)?;
            }
            b'G' => {
                let number = f64::from_be_bytes(self.array()?);
                self.push(Node::Float(number));
            }
            b'F' => {
                let number = self.line()?.parse();
                self.push(Node::Float(number.map_err(|_| self.malformed("no float"))?));
            }
            b'h' => {
                let key = self.byte()?;
                self.get(key.into())?;
            }
            b'j' => {
                let key = u32::from_le_bytes(self.array()?);
                self.get(key)?;
            }
            b'q' => {
                let key = self.byte()?;
                self.put(key.into())?;
            }
            b'r' => {
                let key = u32::from_le_bytes(self.array()?);
                self.put(key)?;
            }
            0x94 => {
                let key = u32::try_from(self.memo.len()).unwrap_or(u32::MAX);
                self.put(key)?;
            }
            _ => self.sized(op)?,
        }
        Ok(None)
    }

    /// Opcodes of text, bytes and containers.
    fn sized(&mut self, op: u8) -> Result<(), Error> {
        match op {
            0x8c => {
                let length = usize::from(self.byte()?);
                self.text(length)
            }
            b'X' => {
                let length = self.length()?;
                self.text(length)
            }
            0x8d => {
                let length = self.long_length()?;
                self.text(length)
            }
            b'C' | b'U' => {
                let length = usize::from(self.byte()?);
                self.data(length)
            }
            b'B' | b'T' => {
                let length = self.length()?;
                self.data(length)
            }
            0x8e | 0x96 => {
                let length = self.long_length()?;
                self.data(length)
            }
            b')' => {
                self.push(Node::Tuple(Vec::new()));
                Ok(())
            }
            b't' => {
                let items = self.marked()?;
                self.push(Node::Tuple(items));
                Ok(())
            }
            0x85..=0x87 => {
                let mut items = Vec::new();
                for _ in 0x85..=op {
                    items.insert(0, self.pop()?);
                }
                self.push(Node::Tuple(items));
                Ok(())
            }
            b']' => {
                self.push(Node::List(Vec::new()));
                Ok(())
            }
            b'l' => {
                let items = self.marked()?;
                self.push(Node::List(items));
                Ok(())
            }
            b'a' => {
                let item = self.pop()?;
                self.append(vec![item])
            }
            b'e' | 0x90 => {
                let items = self.marked()?;
                self.append(items)
            }
            0x8f => {
                self.push(Node::Set(Vec::new()));
                Ok(())
            }
            0x91 => {
                let items = self.marked()?;
                self.push(Node::Set(items));
                Ok(())
            }
            b'}' => {
                self.push(Node::Dict(Vec::new()));
                Ok(())
            }
            b'd' => {
                let items = self.marked()?;
                self.push(Node::Dict(Vec::new()));
                self.set_items(&items)
            }
            b's' => {
                let value = self.pop()?;
                let key = self.pop()?;
                self.set_items(&[key, value])
            }
            b'u' => {
                let items = self.marked()?;
                self.set_items(&items)
            }
            _ => self.object(op),
        }
    }

    /// Opcodes that name and make objects.
    fn object(&mut self, op: u8) -> Result<(), Error> {
        match op {
            b'c' => {
                let module = self.line()?;
                let name = self.line()?;
                self.push(Node::Global(format!("{module} {name}").into()));
            }
            0x93 => {
                let (name, module) = (self.pop()?, self.pop()?);
                let (Some(Node::Text(module)), Some(Node::Text(name))) =
                    (self.nodes.get(module), self.nodes.get(name))
                else {
                    return Err(self.malformed("a global without a name"));
                };
                let global = format!("{module} {name}").into();
                self.push(Node::Global(global));
            }
            b'R' | 0x81 => {
                let (args, callable) = (self.pop()?, self.pop()?);
                self.push(Node::Call(Call {
                    callable,
                    args,
                    state: None,
                    pairs: Vec::new(),
                }));
            }
            0x92 => {
                // Keyword arguments are kept as the state's place of an unknown class.
                let (kwargs, args, callable) = (self.pop()?, self.pop()?, self.pop()?);
                let call = Call {
                    callable,
                    args,
                    state: Some(kwargs),
                    pairs: Vec::new(),
                };
                self.push(Node::Call(call));
            }
            b'b' => {
                let state = self.pop()?;
                let top = self.top()?;
                match self.nodes.get_mut(top) {
                    Some(Node::Call(call)) => call.state = Some(state),
                    _ => return Err(self.malformed("a state for no object")),
                }
            }
            other => return Err(Error::unsupported(WHAT, format!("opcode {other:#04x}"))),
        }
        Ok(())
    }

    fn append(&mut self, items: Vec<Id>) -> Result<(), Error> {
        let top = self.top()?;
        match self.nodes.get_mut(top) {
            Some(Node::List(list) | Node::Set(list)) => list.extend(items),
            _ => return Err(self.malformed("items for no list")),
        }
        Ok(())
    }

    fn set_items(&mut self, items: &[Id]) -> Result<(), Error> {
        let (pairs, rest) = items.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(self.malformed("a key without a value"));
        }
        let top = self.top()?;
        match self.nodes.get_mut(top) {
            Some(Node::Dict(dict) | Node::Call(Call { pairs: dict, .. })) => {
                dict.extend(pairs.iter().map(|&[key, value]| (key, value)));
            }
            _ => return Err(self.malformed("pairs for no dict")),
        }
        Ok(())
    }

    /// A signed integer of any length, least byte first.
    fn long(&mut self, length: usize) -> Result<(), Error> {
        let bytes = self.take(length)?;
        let negative = bytes.last().is_some_and(|byte| byte & 0x80 != 0);
        let node = if length <= 8 {
            let mut whole = if negative { [0xff; 8] } else { [0; 8] };
            for (to, from) in whole.iter_mut().zip(bytes) {
                *to = *from;
            }
            Node::Int(i64::from_le_bytes(whole))
        } else if length <= 16 {
            let mut whole = if negative { [0xff; 16] } else { [0; 16] };
            for (to, from) in whole.iter_mut().zip(bytes) {
                *to = *from;
            }
            let number = i128::from_le_bytes(whole);
            match i64::try_from(number) {
                Ok(number) => Node::Int(number),
                Err(_) => Node::BigInt(number.to_string().into()),
            }
        } else {
            Node::BigInt(
                decimal(bytes, negative)
                    .ok_or(Error::OutOfProportion)?
                    .into(),
            )
        };
        self.push(node);
        Ok(())
    }

    fn decimal_line(&mut self) -> Result<(), Error> {
        let line = self.line()?.trim_end_matches('L');
        let node = match (line, line.parse::<i64>()) {
            ("00", _) => Node::Bool(false),
            ("01", _) => Node::Bool(true),
            (_, Ok(number)) => Node::Int(number),
            (_, Err(_)) => {
                let digits = line.strip_prefix('-').unwrap_or(line);
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(self.malformed("no integer"));
                }
                Node::BigInt(line.into())
            }
        };
        self.push(node);
        Ok(())
    }
}

/// The decimal text of a long integer; the work is quadratic, so the length has a bound.
fn decimal(bytes: &[u8], negative: bool) -> Option<String> {
    if bytes.len() > 4096 {
        return None;
    }
    let mut magnitude: Vec<u8> = bytes.to_vec();
    if negative {
        let mut carry = true;
        for byte in &mut magnitude {
            let (value, more) = (!*byte).overflowing_add(u8::from(carry));
            (*byte, carry) = (value, more);
        }
    }
    let mut digits = Vec::new();
    while magnitude.iter().any(|&byte| byte != 0) {
        let mut rest = 0u32;
        for byte in magnitude.iter_mut().rev() {
            let value = rest << 8 | u32::from(*byte);
            *byte = u8::try_from(value / 10).ok()?;
            rest = value % 10;
        }
        digits.push(char::from(b'0' + u8::try_from(rest).ok()?));
    }
    if digits.is_empty() {
        digits.push('0');
    }
    let sign = if negative { "-" } else { "" };
    Some(sign.chars().chain(digits.into_iter().rev()).collect())
}

#[cfg(test)]
mod tests {
    use super::{Budget, Node, Pickle, decimal};

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
