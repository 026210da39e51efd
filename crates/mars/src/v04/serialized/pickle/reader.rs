//! The opcodes of pickles, as far as numpy and pandas write them.

use super::{Call, Id, Node, WHAT};
use crate::v04::serialized::Error;
use std::collections::HashMap;

/// The machine that runs the opcodes.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    pub(super) nodes: Vec<Node>,
    stack: Vec<Id>,
    /// Heights of the stack.
    marks: Vec<usize>,
    memo: HashMap<u32, Id>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            nodes: Vec::new(),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
        }
    }

    pub(super) fn take(&mut self, need: usize) -> Result<&'a [u8], Error> {
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
    pub(super) fn length(&mut self) -> Result<usize, Error> {
        let length = u32::from_le_bytes(self.array()?);
        usize::try_from(length).map_err(|_| self.malformed("a long item"))
    }

    /// A length of eight bytes.
    fn long_length(&mut self) -> Result<usize, Error> {
        let length = u64::from_le_bytes(self.array()?);
        usize::try_from(length).map_err(|_| self.malformed("a long item"))
    }

    pub(super) fn line(&mut self) -> Result<&'a str, Error> {
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

    pub(super) fn malformed(&self, detail: impl Into<String>) -> Error {
        Error::malformed(WHAT, format!("{} before byte {}", detail.into(), self.at))
    }

    pub(super) fn push(&mut self, node: Node) {
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
    pub(super) fn step(&mut self) -> Result<Option<Id>, Error> {
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
}
