//! Arrow tensors: type, shape, strides in bytes, data.

use super::array::{Array, Layout, contiguous, gather};
use super::budget::Budget;
use super::flat::Table;
use super::{Error, stream};

const WHAT: &str = "a tensor";

/// Reads a tensor message into C order.
pub(super) fn read(header: Table<'_>, body: &[u8], budget: &mut Budget) -> Result<Array, Error> {
    let layout = Layout::parse(&code(header)?)?;
    let shape: Vec<usize> = header
        .tables(2)?
        .iter()
        .map(|axis| {
            let length = axis.i64(0)?;
            usize::try_from(length).map_err(|_| Error::malformed(WHAT, "a negative length"))
        })
        .collect::<Result<_, _>>()?;
    let overflow = || Error::malformed(WHAT, "the shape overflows");
    let in_c = contiguous(&shape, layout.width, false).ok_or_else(overflow)?;
    let strides = match header.longs(3)? {
        strides if strides.is_empty() => in_c.clone(),
        strides => strides,
    };
    let (start, length) = header.pair(4)?.unwrap_or((0, 0));
    let data = stream::section(body, start, length)?;
    let bytes = gather(data, &shape, &strides, layout.width, budget)?;
    let in_fortran = contiguous(&shape, layout.width, true).ok_or_else(overflow)?;
    let fortran = same(&shape, &strides, &in_fortran) && !same(&shape, &strides, &in_c);
    Ok(Array {
        fortran,
        elements: layout.elements(&bytes)?,
        shape,
    })
}

/// Whether two lists of strides mean the same: where an axis has one position, or the array no
/// element, a stride has no meaning.
fn same(shape: &[usize], a: &[i64], b: &[i64]) -> bool {
    let differs = |((length, a), b): ((&usize, &i64), &i64)| *length > 1 && a != b;
    shape.contains(&0) || !shape.iter().zip(a).zip(b).any(differs)
}

/// The numpy code of the element type.
fn code(header: Table<'_>) -> Result<String, Error> {
    let missing = || Error::malformed(WHAT, "it has no type");
    let element = header.table(1)?.ok_or_else(missing)?;
    match header.u8(0)? {
        2 => {
            let kind = if element.u8(1)? == 0 { 'u' } else { 'i' };
            Ok(format!("{kind}{}", element.i32(0)? / 8))
        }
        3 => match element.i16(0)? {
            0 => Ok("f2".into()),
            1 => Ok("f4".into()),
            2 => Ok("f8".into()),
            other => Err(Error::unsupported(WHAT, format!("float precision {other}"))),
        },
        other => Err(Error::unsupported(WHAT, format!("element type {other}"))),
    }
}
