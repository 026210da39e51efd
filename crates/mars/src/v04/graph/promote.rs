//! numpy's type promotion (1.19, with its rule for plain values).
//!
//! An array meets a plain value by kind first: a float joins integers as `float64`, but an integer
//! that fits does not widen an `int8` array.

use super::{Dtype, Scalar};

/// The dtype of a plain value on its own.
pub(super) fn of_scalar(scalar: &Scalar) -> Dtype {
    match scalar {
        Scalar::Null => Dtype::Object,
        Scalar::Bool(_) => Dtype::Bool,
        Scalar::Int(_) => Dtype::I64,
        Scalar::Float(_) => Dtype::F64,
        Scalar::Text(text) => Dtype::Text(
            u32::try_from(text.chars().count())
                .unwrap_or(u32::MAX)
                .max(1),
        ),
    }
}

/// The common dtype of two arrays.
pub(super) fn arrays(left: &Dtype, right: &Dtype) -> Dtype {
    use Dtype::{C64, C128, F16, F32, F64, Object, Text};
    if left == right {
        return left.clone();
    }
    if let (Text(a), Text(b)) = (left, right) {
        return Text(*a.max(b));
    }
    if !left.is_numeric() || !right.is_numeric() {
        return Object;
    }
    if left.is_complex() || right.is_complex() {
        let single = float_bits(left) <= 32 && float_bits(right) <= 32;
        return if single { C64 } else { C128 };
    }
    if left.is_float() || right.is_float() {
        return match float_bits(left).max(float_bits(right)) {
            16 => F16,
            32 => F32,
            _ => F64,
        };
    }
    integers(left, right)
}

/// The width of the float that holds every value of a numeric type (as numpy sees it).
fn float_bits(dtype: &Dtype) -> u32 {
    match dtype {
        Dtype::Bool | Dtype::I8 | Dtype::U8 | Dtype::F16 => 16,
        Dtype::I16 | Dtype::U16 | Dtype::F32 | Dtype::C64 => 32,
        _ => 64,
    }
}

fn integers(left: &Dtype, right: &Dtype) -> Dtype {
    let (left_bits, right_bits) = (integer_bits(left), integer_bits(right));
    if *left == Dtype::Bool {
        return right.clone();
    }
    if *right == Dtype::Bool {
        return left.clone();
    }
    match (left.is_signed(), right.is_signed()) {
        (true, true) => signed(left_bits.max(right_bits)),
        (false, false) => unsigned(left_bits.max(right_bits)),
        (true, false) => mixed(left_bits, right_bits),
        (false, true) => mixed(right_bits, left_bits),
    }
}

/// Signed with unsigned: the next wider signed type, or `float64` past 64 bits.
fn mixed(signed_bits: u32, unsigned_bits: u32) -> Dtype {
    match signed_bits.max(unsigned_bits * 2) {
        bits if bits > 64 => Dtype::F64,
        bits => signed(bits),
    }
}

fn integer_bits(dtype: &Dtype) -> u32 {
    match dtype {
        Dtype::Bool | Dtype::I8 | Dtype::U8 => 8,
        Dtype::I16 | Dtype::U16 => 16,
        Dtype::I32 | Dtype::U32 => 32,
        _ => 64,
    }
}

fn signed(bits: u32) -> Dtype {
    match bits {
        8 => Dtype::I8,
        16 => Dtype::I16,
        32 => Dtype::I32,
        _ => Dtype::I64,
    }
}

fn unsigned(bits: u32) -> Dtype {
    match bits {
        8 => Dtype::U8,
        16 => Dtype::U16,
        32 => Dtype::U32,
        _ => Dtype::U64,
    }
}

/// The common dtype of an array and a plain value.
pub(super) fn with_scalar(array: &Dtype, scalar: &Scalar) -> Dtype {
    let natural = of_scalar(scalar);
    match (category(array), category(&natural)) {
        (Some(own), Some(other)) if other <= own => arrays(array, &smallest(array, scalar)),
        _ => arrays(array, &natural),
    }
}

fn category(dtype: &Dtype) -> Option<u8> {
    match dtype {
        Dtype::Bool => Some(0),
        dtype if dtype.is_integer() => Some(1),
        dtype if dtype.is_float() => Some(2),
        dtype if dtype.is_complex() => Some(3),
        _ => None,
    }
}

/// The smallest dtype that holds the value, signed or unsigned as the array prefers.
fn smallest(array: &Dtype, scalar: &Scalar) -> Dtype {
    match scalar {
        Scalar::Int(value) if *value >= 0 && !array.is_signed() => [
            (Dtype::U8, 0xff),
            (Dtype::U16, 0xffff),
            (Dtype::U32, 0xffff_ffff),
        ]
        .into_iter()
        .find(|(_, max)| value <= max)
        .map_or(Dtype::U64, |(dtype, _)| dtype),
        Scalar::Int(value) => [
            (Dtype::I8, i64::from(i8::MIN), i64::from(i8::MAX)),
            (Dtype::I16, i64::from(i16::MIN), i64::from(i16::MAX)),
            (Dtype::I32, i64::from(i32::MIN), i64::from(i32::MAX)),
        ]
        .into_iter()
        .find(|(_, min, max)| min <= value && value <= max)
        .map_or(Dtype::I64, |(dtype, ..)| dtype),
        Scalar::Float(value) if !value.is_finite() || value.abs() < 65_000.0 => Dtype::F16,
        Scalar::Float(value) if value.abs() < 3.4e38 => Dtype::F32,
        other => of_scalar(other),
    }
}

/// The float in which a function such as `sqrt` answers.
pub(super) fn float_of(dtype: &Dtype) -> Dtype {
    match dtype {
        float if float.is_float() || float.is_complex() => float.clone(),
        other => match float_bits(other) {
            16 => Dtype::F16,
            32 => Dtype::F32,
            _ => Dtype::F64,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Dtype, Scalar, arrays, float_of, with_scalar};

    #[test]
    fn arrays_promote_as_numpy_does() {
        for (left, right, common) in [
            ("i1", "u1", "i2"),
            ("i8", "u8", "f8"),
            ("i4", "u4", "i8"),
            ("b1", "i1", "i1"),
            ("i4", "f4", "f8"),
            ("i2", "f4", "f4"),
            ("i1", "f2", "f2"),
            ("u2", "f2", "f4"),
            ("f4", "c8", "c8"),
            ("i8", "c8", "c16"),
            ("f8", "c8", "c16"),
            ("U2", "U5", "U5"),
            ("O", "f8", "O"),
        ] {
            let [left, right, common] = [left, right, common].map(|d| Dtype::parse(d).unwrap());
            assert_eq!(arrays(&left, &right), common);
            assert_eq!(arrays(&right, &left), common);
        }
    }

    #[test]
    fn plain_values_do_not_widen_what_holds_them() {
        for (array, scalar, common) in [
            ("i1", Scalar::Int(1), "i1"),
            ("i1", Scalar::Int(1000), "i2"),
            ("u1", Scalar::Int(200), "u1"),
            ("u1", Scalar::Int(-1), "i2"),
            ("b1", Scalar::Int(1), "i8"),
            ("i4", Scalar::Float(1.5), "f8"),
            ("f4", Scalar::Float(1.5), "f4"),
            ("f4", Scalar::Float(1e300), "f8"),
            ("f4", Scalar::Int(1), "f4"),
            ("f8", Scalar::Bool(true), "f8"),
        ] {
            let [array, common] = [array, common].map(|d| Dtype::parse(d).unwrap());
            assert_eq!(
                with_scalar(&array, &scalar),
                common,
                "{array:?} with {scalar:?}"
            );
        }
    }

    #[test]
    fn functions_answer_in_floats() {
        assert_eq!(float_of(&Dtype::I64), Dtype::F64);
        assert_eq!(float_of(&Dtype::I16), Dtype::F32);
        assert_eq!(float_of(&Dtype::Bool), Dtype::F16);
    }
}
