//! Numbers: rounding, powers, random numbers, and the largest and smallest of several values.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Float64Array, Int64Array};
use arrow::datatypes::{DataType, Decimal128Type, Float64Type};
use odps::types::Type;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::scalar::{Call, Function, Gives, Param};
use super::strings::{at, each, number};
use crate::convert::{Bad, convert, is_text};
use crate::error::SqlError;

use Param::{Any, Bigint, Double, Text};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("ceil", &[Any], Gives::By(whole_kind), |c| {
        to_whole(c, f64::ceil)
    })
    .aliases(&["ceiling"]),
    Function::new("floor", &[Any], Gives::By(whole_kind), |c| {
        to_whole(c, f64::floor)
    }),
    Function::new("round", &[Any, Bigint], Gives::By(round_kind), |c| {
        rounded(c, true)
    })
    .least(1),
    Function::new("trunc", &[Any, Bigint], Gives::By(round_kind), |c| {
        rounded(c, false)
    })
    .least(1)
    .aliases(&["truncate"]),
    Function::new("pow", &[Double, Double], Gives::Double, |c| {
        two(c, f64::powf)
    })
    .aliases(&["power"]),
    Function::new("log", &[Double, Double], Gives::Double, |c| {
        two(c, |b, x| x.log(b))
    }),
    Function::new("cbrt", &[Double], Gives::Double, |c| one(c, f64::cbrt)),
    Function::new("e", &[], Gives::Double, |c| {
        Ok(Arc::new(Float64Array::from(vec![
            std::f64::consts::E;
            c.rows
        ])))
    }),
    Function::new("sign", &[Double], Gives::Double, |c| {
        one(c, |x| if x == 0.0 { 0.0 } else { x.signum() })
    }),
    Function::new("negative", &[Double], Gives::Double, |c| one(c, |x| -x)),
    Function::new("pmod", &[Bigint, Bigint], Gives::Bigint, |c| {
        let values = (0..c.rows).map(|row| {
            let (a, b) = number(c, 0, row).zip(number(c, 1, row))?;
            a.checked_rem(b)?.checked_add(b)?.checked_rem(b)
        });
        Ok(Arc::new(values.collect::<Int64Array>()))
    }),
    Function::new("$bitnot", &[Bigint], Gives::Bigint, |c| {
        let values = (0..c.rows).map(|row| number(c, 0, row).map(|n| !n));
        Ok(Arc::new(values.collect::<Int64Array>()))
    }),
    Function::new("rand", &[Bigint], Gives::Double, random)
        .least(0)
        .volatile(),
    Function::new("uuid", &[], Gives::Text, uuid).volatile(),
    Function::new("bin", &[Bigint], Gives::Text, |c| {
        each(c, |row| Ok(number(c, 0, row).map(|n| format!("{n:b}"))))
    }),
    Function::new("conv", &[Text, Bigint, Bigint], Gives::Text, conv),
    Function::new(
        "width_bucket",
        &[Double, Double, Double, Bigint],
        Gives::Bigint,
        bucket,
    ),
    Function::new("greatest", &[Any], Gives::By(widest), |c| extreme(c, true)).many(),
    Function::new("least", &[Any], Gives::By(widest), |c| extreme(c, false)).many(),
];

fn double(call: &Call<'_>, arg: usize, row: usize) -> Option<f64> {
    let array = call.args.get(arg)?.as_primitive::<Float64Type>();
    array.is_valid(row).then(|| array.value(row))
}

fn one(call: &Call<'_>, make: impl Fn(f64) -> f64) -> Result<ArrayRef, SqlError> {
    let values = (0..call.rows).map(|row| double(call, 0, row).map(&make));
    Ok(Arc::new(values.collect::<Float64Array>()))
}

/// A result that is no number is NULL.
fn two(call: &Call<'_>, make: impl Fn(f64, f64) -> f64) -> Result<ArrayRef, SqlError> {
    let values = (0..call.rows).map(|row| {
        let (a, b) = double(call, 0, row).zip(double(call, 1, row))?;
        Some(make(a, b)).filter(|value| !value.is_nan())
    });
    Ok(Arc::new(values.collect::<Float64Array>()))
}

fn whole_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    match types.first() {
        Some(Type::Decimal(Some((precision, _)))) => Ok(Type::Decimal(Some((*precision, 0)))),
        _ => Ok(Type::Bigint),
    }
}

fn round_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    match types.first() {
        Some(kind @ Type::Decimal(_)) => Ok(kind.clone()),
        Some(Type::Tinyint | Type::Smallint | Type::Int | Type::Bigint) => Ok(Type::Bigint),
        _ => Ok(Type::Double),
    }
}

fn as_doubles(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    convert(
        &call.args[0],
        &call.fields[0],
        &Type::Double,
        &call.way(Bad::Error),
    )
}

fn to_whole(call: &Call<'_>, make: fn(f64) -> f64) -> Result<ArrayRef, SqlError> {
    if let DataType::Decimal128(precision, scale) = *call.args[0].data_type() {
        let unit = power(scale.try_into().unwrap_or(0));
        let up = make(0.5) > 0.5;
        let values = call.args[0].as_primitive::<Decimal128Type>().iter();
        let whole = values.map(|value| {
            let value = value?;
            let down = value.div_euclid(unit);
            Some(if up && value.rem_euclid(unit) != 0 {
                down + 1
            } else {
                down
            })
        });
        let array = whole.collect::<arrow::array::Decimal128Array>();
        let array = array.with_precision_and_scale(precision, 0);
        return Ok(Arc::new(array.map_err(SqlError::internal)?));
    }
    if call.args[0].data_type().is_integer() {
        return convert(
            &call.args[0],
            &call.fields[0],
            &Type::Bigint,
            &call.way(Bad::Error),
        );
    }
    let doubles = as_doubles(call)?;
    let values = doubles.as_primitive::<Float64Type>().iter();
    let whole: Float64Array = values.map(|value| value.map(make)).collect();
    let field = arrow::datatypes::Field::new("", DataType::Float64, true);
    let whole: ArrayRef = Arc::new(whole);
    convert(&whole, &field, &Type::Bigint, &call.way(Bad::Error))
}

fn power(digits: u32) -> i128 {
    10_i128.checked_pow(digits).unwrap_or(i128::MAX)
}

/// Half away from zero, or towards zero.
fn rounded(call: &Call<'_>, nearest: bool) -> Result<ArrayRef, SqlError> {
    let digits = |row: usize| match call.args.len() {
        1 => Some(0),
        _ => number(call, 1, row).and_then(|digits| i32::try_from(digits).ok()),
    };
    let at_place = |value: i128, unit: i128| {
        let rest = value % unit;
        let down = value - rest;
        match nearest && rest.unsigned_abs() * 2 >= unit.unsigned_abs() {
            true => down + unit * rest.signum(),
            false => down,
        }
    };
    if let DataType::Decimal128(precision, scale) = *call.args[0].data_type() {
        let values = call.args[0].as_primitive::<Decimal128Type>();
        let made = (0..call.rows).map(|row| {
            let value = values.is_valid(row).then(|| values.value(row))?;
            let drop = i32::from(scale).saturating_sub(digits(row)?);
            Some(match u32::try_from(drop) {
                Ok(drop) if drop > 38 => 0,
                Ok(drop) => at_place(value, power(drop)),
                Err(_) => value,
            })
        });
        let array = made.collect::<arrow::array::Decimal128Array>();
        let array = array.with_precision_and_scale(precision, scale);
        return Ok(Arc::new(array.map_err(SqlError::internal)?));
    }
    if call.kind == Type::Bigint {
        let values = convert(
            &call.args[0],
            &call.fields[0],
            &Type::Bigint,
            &call.way(Bad::Error),
        )?;
        let values = values.as_primitive::<arrow::datatypes::Int64Type>();
        let made = (0..call.rows).map(|row| {
            let value = values.is_valid(row).then(|| values.value(row))?;
            match u32::try_from(-digits(row)?) {
                Ok(0) | Err(_) => Some(value),
                Ok(drop) if drop > 18 => Some(0),
                Ok(drop) => i64::try_from(at_place(value.into(), power(drop))).ok(),
            }
        });
        return Ok(Arc::new(made.collect::<Int64Array>()));
    }
    let doubles = as_doubles(call)?;
    let doubles = doubles.as_primitive::<Float64Type>();
    let made = (0..call.rows).map(|row| {
        let value = doubles.is_valid(row).then(|| doubles.value(row))?;
        let unit = 10_f64.powi(digits(row)?);
        let scaled = value * unit;
        if !scaled.is_finite() {
            return Some(value);
        }
        Some(
            match nearest {
                // What is written with a five at the end rounds up, whatever its binary form.
                true => (scaled
                    + scaled.signum() * 1e-9 * f64::from(u8::from(scaled.fract() != 0.0)))
                .round(),
                false => scaled.trunc(),
            } / unit,
        )
    });
    Ok(Arc::new(made.collect::<Float64Array>()))
}

/// With a seed the same numbers each time.
fn random(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let seed = match call.args.is_empty() {
        true => None,
        false => number(call, 0, 0),
    };
    let mut source = match seed {
        Some(seed) => StdRng::seed_from_u64(seed.cast_unsigned()),
        None => StdRng::from_os_rng(),
    };
    let values = (0..call.rows).map(|_| source.random::<f64>());
    Ok(Arc::new(Float64Array::from_iter_values(values)))
}

fn uuid(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let mut source = StdRng::from_os_rng();
    let mut texts = Vec::with_capacity(call.rows);
    for _ in 0..call.rows {
        let bits: u128 = source.random();
        let bits = bits & !(0xf << 76) & !(0b11 << 62) | (4 << 76) | (0b10 << 62);
        let hex = format!("{bits:032x}");
        texts.push(Some(format!(
            "{}-{}-{}-{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..]
        )));
    }
    each(call, |row| Ok(texts[row].clone()))
}

fn conv(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let (Some(text), Some(from), Some(to)) =
            (at(call, 0, row), number(call, 1, row), number(call, 2, row))
        else {
            return Ok(None);
        };
        let base = |base: i64| {
            u32::try_from(base)
                .ok()
                .filter(|base| (2..=36).contains(base))
        };
        let (Some(from), Some(to)) = (base(from), base(to)) else {
            return Err(SqlError::argument(
                "in function conv, a base must be 2 to 36",
            ));
        };
        let Ok(value) = i64::from_str_radix(text.trim(), from) else {
            return Ok(None);
        };
        let mut rest = value.unsigned_abs();
        let mut digits = Vec::new();
        loop {
            let digit = u32::try_from(rest % u64::from(to)).unwrap_or(0);
            digits.push(
                char::from_digit(digit, to)
                    .unwrap_or('0')
                    .to_ascii_uppercase(),
            );
            rest /= u64::from(to);
            if rest == 0 {
                break;
            }
        }
        if value < 0 {
            digits.push('-');
        }
        Ok(Some(digits.into_iter().rev().collect()))
    })
}

fn bucket(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let values = (0..call.rows).map(|row| {
        let (value, low) = double(call, 0, row).zip(double(call, 1, row))?;
        let (high, count) = double(call, 2, row).zip(number(call, 3, row))?;
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "buckets are few"
        )]
        Some(if value < low {
            0
        } else if value >= high {
            count + 1
        } else {
            ((value - low) / (high - low) * count as f64) as i64 + 1
        })
    });
    Ok(Arc::new(values.collect::<Int64Array>()))
}

/// The type that all of the arguments fit into.
fn widest(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    let mut widest = Type::Void;
    for kind in types {
        widest = match (&widest, kind) {
            (a, b) if a == b => widest,
            (Type::Void, b) => b.clone(),
            (_, Type::Void) => widest,
            (a, b) if is_text(a) && is_text(b) => Type::String,
            (a, b) if whole(a) && whole(b) => Type::Bigint,
            (Type::Decimal(_), b) | (b, Type::Decimal(_)) if whole(b) => {
                Type::Decimal(Some((38, 18)))
            }
            (Type::Decimal(_), Type::Decimal(_)) => Type::Decimal(Some((38, 18))),
            (Type::Date | Type::Datetime, Type::Date | Type::Datetime) => Type::Datetime,
            (Type::Datetime | Type::Date, b) if is_text(b) => widest,
            (a, b @ (Type::Datetime | Type::Date)) if is_text(a) => b.clone(),
            _ => Type::Double,
        };
    }
    Ok(widest)
}

fn whole(kind: &Type) -> bool {
    matches!(
        kind,
        Type::Tinyint | Type::Smallint | Type::Int | Type::Bigint
    )
}

/// NULL if one of the values is.
fn extreme(call: &Call<'_>, largest: bool) -> Result<ArrayRef, SqlError> {
    let mut best: Option<ArrayRef> = None;
    for (arg, field) in call.args.iter().zip(call.fields) {
        let next = convert(arg, field, &call.kind, &call.way(Bad::Error))?;
        best = Some(match best {
            None => next,
            Some(best) => {
                let kernel = match largest {
                    true => arrow::compute::kernels::cmp::gt_eq(&best, &next),
                    false => arrow::compute::kernels::cmp::lt_eq(&best, &next),
                };
                let keep = kernel.map_err(SqlError::internal)?;
                let picked = arrow::compute::kernels::zip::zip(&keep, &best, &next)
                    .map_err(SqlError::internal)?;
                let missing = arrow::compute::is_null(&keep).map_err(SqlError::internal)?;
                arrow::compute::nullif(&picked, &missing).map_err(SqlError::internal)?
            }
        });
    }
    best.ok_or_else(|| SqlError::semantic("at least one argument is expected"))
}
