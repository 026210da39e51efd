//! numpy: arrays, dtypes and scalars.

use super::Walk;
use crate::v04::serialized::array::{Array, Elements, Layout, contiguous, count, gather};
use crate::v04::serialized::pickle::{Call, Id, Node};
use crate::v04::serialized::{Error, Value};
use std::sync::Arc;

const WHAT: &str = "a pickled array";

impl Walk<'_, '_> {
    /// `_reconstruct(…)` with the state `(1, shape, dtype, fortran, bytes or list)`.
    pub(super) fn array(&mut self, call: &Call) -> Result<Option<Value>, Error> {
        let malformed = |detail: &str| Error::malformed(WHAT, detail);
        let state = call
            .state
            .map(|state| self.tuple(state).to_vec())
            .unwrap_or_default();
        let &[_, shape, dtype, fortran, data] = state.as_slice() else {
            return Err(malformed("its state has not five parts"));
        };
        let lengths: Option<Vec<usize>> = self
            .tuple(shape)
            .iter()
            .map(|&length| usize::try_from(self.integer(length)?).ok())
            .collect();
        let shape = lengths.ok_or_else(|| malformed("its shape is no tuple of lengths"))?;
        let items = count(&shape).ok_or_else(|| malformed("its shape overflows"))?;
        let layout = self.layout(dtype)?;
        let fortran = self.integer(fortran) == Some(1);
        let pickle = self.pickle;
        let elements = match pickle.node(data) {
            Node::List(list) if layout.is_object() => self.objects(list, &shape, fortran)?,
            Node::Bytes(bytes) if !layout.is_object() => {
                let strides = contiguous(&shape, layout.width, fortran)
                    .ok_or_else(|| malformed("its shape overflows"))?;
                let bytes = gather(bytes, &shape, &strides, layout.width, self.budget)?;
                self.budget.charge(items.saturating_mul(16))?;
                layout.elements(&bytes)?
            }
            _ => return Err(malformed("its data are neither bytes nor a list")),
        };
        if elements.len() != items {
            return Err(malformed("it has more or fewer elements than its shape"));
        }
        let fortran = fortran && shape.len() > 1;
        Ok(Some(Value::Array(Arc::new(Array {
            shape,
            fortran,
            elements,
        }))))
    }

    /// The objects of an array, turned into C order.
    fn objects(&mut self, list: &[Id], shape: &[usize], fortran: bool) -> Result<Elements, Error> {
        if !fortran || shape.len() < 2 {
            return self.values(list).map(Elements::Object);
        }
        let positions: Vec<u8> = (0..list.len())
            .flat_map(|at| (at as u64).to_le_bytes())
            .collect();
        let strides = contiguous(shape, 8, true)
            .ok_or_else(|| Error::malformed(WHAT, "its shape overflows"))?;
        let turned = gather(&positions, shape, &strides, 8, self.budget)?;
        let (turned, _) = turned.as_chunks::<8>();
        let ordered: Option<Vec<Id>> = turned
            .iter()
            .map(|at| {
                list.get(usize::try_from(u64::from_le_bytes(*at)).ok()?)
                    .copied()
            })
            .collect();
        let ordered = ordered.ok_or_else(|| Error::malformed(WHAT, "its order is broken"))?;
        self.values(&ordered).map(Elements::Object)
    }

    /// `numpy.dtype("O8", False, True)` with the state `(3, "<", …)`.
    pub(super) fn layout(&self, id: Id) -> Result<Layout, Error> {
        let call = self.call_of(id, "numpy dtype");
        let code = call.and_then(|call| self.tuple(call.args).first());
        let code = code.and_then(|&code| self.text(code));
        let (Some(call), Some(code)) = (call, code) else {
            return Err(Error::unsupported("the dtype", "a class of its own"));
        };
        let state = call
            .state
            .map(|state| self.tuple(state))
            .unwrap_or_default();
        if let Some(order) = state.get(1).and_then(|&order| self.text(order))
            && &**order == ">"
        {
            return Err(Error::unsupported("the dtype", format!(">{code}")));
        }
        let layout = Layout::parse(code)?;
        // A datetime's state ends in ({}, (unit, 1, 1, 1)).
        let unit = state
            .get(8)
            .map(|&meta| self.tuple(meta))
            .and_then(|meta| meta.get(1));
        let unit = unit.and_then(|&unit| self.tuple(unit).first());
        match unit.map(|&unit| self.pickle.node(unit)) {
            Some(Node::Bytes(unit)) => {
                let name = String::from_utf8_lossy(unit);
                let known = layout.with_unit(&name);
                known.ok_or_else(|| Error::unsupported("the dtype", format!("{code}[{name}]")))
            }
            _ => Ok(layout),
        }
    }

    /// `scalar(dtype, bytes)`.
    pub(super) fn numpy_scalar(&mut self, call: &Call) -> Result<Option<Value>, Error> {
        let args = self.tuple(call.args);
        let &[dtype, data] = args else {
            return Ok(None);
        };
        let layout = self.layout(dtype)?;
        let Node::Bytes(bytes) = self.pickle.node(data) else {
            return if layout.is_object() {
                self.value(data).map(Some)
            } else {
                Ok(None)
            };
        };
        Ok(layout.elements(bytes)?.value(0, None))
    }
}
