//! `aggregate(array, start, (sum, item) -> …, sum -> …)`: a list folded into one value.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, UInt32Array};
use arrow::compute::{cast, interleave, nullif, take, take_arrays};
use arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{DataFusionError, Result, exec_datafusion_err, plan_err};
use datafusion::logical_expr::{
    ColumnarValue, HigherOrderFunctionArgs, HigherOrderReturnFieldArgs, HigherOrderSignature,
    HigherOrderUDFImpl, LambdaParametersProgress, ValueOrLambda, Volatility,
};

use crate::error::SqlError;

/// The function.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Aggregate {
    signature: HigherOrderSignature,
}

impl Aggregate {
    pub(super) fn new() -> Self {
        Self {
            signature: HigherOrderSignature::user_defined(Volatility::Immutable),
        }
    }
}

fn wrong(text: &str) -> DataFusionError {
    DataFusionError::External(Box::new(SqlError::semantic(text)))
}

/// The type of the items.
fn item(list: &DataType) -> Result<FieldRef> {
    match list {
        DataType::List(item) => Ok(item.clone()),
        _ => Err(wrong("aggregate takes an array as argument 1")),
    }
}

/// The value that is carried from item to item.
fn carried(start: &FieldRef) -> FieldRef {
    let field = Field::new("", start.data_type().clone(), true);
    Arc::new(field.with_metadata(start.metadata().clone()))
}

impl HigherOrderUDFImpl for Aggregate {
    fn name(&self) -> &'static str {
        "aggregate"
    }

    fn signature(&self) -> &HigherOrderSignature {
        &self.signature
    }

    fn coerce_value_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        Ok(types.to_vec())
    }

    fn lambda_parameters(
        &self,
        _: usize,
        fields: &[ValueOrLambda<FieldRef, Option<FieldRef>>],
    ) -> Result<LambdaParametersProgress> {
        let [
            ValueOrLambda::Value(list),
            ValueOrLambda::Value(start),
            lambdas @ ..,
        ] = fields
        else {
            return plan_err!("aggregate takes an array, a value and lambdas");
        };
        let sum = carried(start);
        let mut parameters = vec![vec![sum.clone(), item(list.data_type())?]];
        if lambdas.len() > 1 {
            parameters.push(vec![sum]);
        }
        Ok(LambdaParametersProgress::Complete(parameters))
    }

    fn return_field_from_args(&self, args: HigherOrderReturnFieldArgs<'_>) -> Result<FieldRef> {
        match args.arg_fields {
            [_, ValueOrLambda::Value(start), _] => Ok(carried(start)),
            [_, _, _, ValueOrLambda::Lambda(finish)] => Ok(carried(finish)),
            _ => plan_err!("aggregate takes an array, a value and lambdas"),
        }
    }

    fn invoke_with_args(&self, args: HigherOrderFunctionArgs) -> Result<ColumnarValue> {
        let [
            ValueOrLambda::Value(list),
            ValueOrLambda::Value(start),
            ValueOrLambda::Lambda(merge),
            finish @ ..,
        ] = args.args.as_slice()
        else {
            return plan_err!("aggregate takes an array, a value and lambdas");
        };
        let lists = list.to_array(args.number_rows)?;
        let list = lists
            .as_list_opt::<i32>()
            .ok_or_else(|| wrong("aggregate takes an array as argument 1"))?;
        let mut sums = start.to_array(args.number_rows)?;
        let kind = sums.data_type().clone();
        let offsets = list.value_offsets();
        for place in 0.. {
            let mut rows = Vec::new();
            let mut items = Vec::new();
            for row in (0..list.len()).filter(|row| list.is_valid(*row)) {
                let at = offsets[row] + place;
                if at < offsets[row + 1] {
                    rows.push(u32::try_from(row).map_err(|_| too_many())?);
                    items.push(u32::try_from(at).map_err(|_| too_many())?);
                }
            }
            if rows.is_empty() {
                break;
            }
            let rows = UInt32Array::from(rows);
            let items = take(list.values(), &UInt32Array::from(items), None)?;
            let before = take(&sums, &rows, None)?;
            let merged = merge
                .evaluate(&[&|| Ok(before.clone()), &|| Ok(items.clone())], |all| {
                    Ok(take_arrays(all, &rows, None)?)
                })?;
            let merged = merged.into_array(rows.len())?;
            let merged = match merged.data_type() == &kind {
                true => merged,
                false => cast(&merged, &kind)?,
            };
            sums = replaced(&sums, &merged, &rows)?;
        }
        if let [ValueOrLambda::Lambda(finish)] = finish {
            let ended = finish.evaluate(&[&|| Ok(sums.clone())], |all| Ok(all.to_vec()))?;
            sums = ended.into_array(args.number_rows)?;
        }
        if lists.null_count() > 0 {
            let missing = arrow::compute::is_null(&lists)?;
            sums = nullif(&sums, &missing)?;
        }
        Ok(ColumnarValue::Array(sums))
    }
}

fn too_many() -> DataFusionError {
    exec_datafusion_err!("too many items in one batch")
}

/// The first values, with the second ones in some rows.
fn replaced(all: &ArrayRef, some: &ArrayRef, rows: &UInt32Array) -> Result<ArrayRef> {
    let mut places: Vec<(usize, usize)> = (0..all.len()).map(|row| (0, row)).collect();
    for (at, row) in rows.values().iter().enumerate() {
        if let Some(place) = usize::try_from(*row)
            .ok()
            .and_then(|row| places.get_mut(row))
        {
            *place = (1, at);
        }
    }
    Ok(interleave(&[all.as_ref(), some.as_ref()], &places)?)
}
