//! What the scalar functions of this crate share: arguments are converted as MaxCompute does it, then
//! one plain function computes the column.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::{DataType, Field, FieldRef};
use chrono_tz::Tz;
use datafusion::common::{DataFusionError, Result as DfResult, ScalarValue, exec_datafusion_err};
use datafusion::logical_expr::{
    ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDFImpl, Signature, TypeSignature,
    Volatility,
};
use odps::types::Type;

use crate::convert::{Bad, Way, convert};
use crate::error::SqlError;
use crate::types::storage_field;

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Param {
    /// Anything, as it is.
    Any,
    Text,
    Bigint,
    Double,
    Bool,
    Date,
    Datetime,
}

impl Param {
    fn kind(self) -> Option<Type> {
        Some(match self {
            Self::Any => return None,
            Self::Text => Type::String,
            Self::Bigint => Type::Bigint,
            Self::Double => Type::Double,
            Self::Bool => Type::Boolean,
            Self::Date => Type::Date,
            Self::Datetime => Type::Datetime,
        })
    }
}

/// Decides a type by the types of the arguments and by those that are constants.
type Decide = fn(&[Type], &[Option<String>]) -> Result<Type, SqlError>;

/// The type of what a function gives.
#[derive(Clone, Copy)]
pub(super) enum Gives {
    Text,
    Bigint,
    Double,
    Bool,
    Date,
    Datetime,
    By(Decide),
}

/// A function.
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) aliases: &'static [&'static str],
    pub(super) params: &'static [Param],
    /// How many of the parameters must be given.
    pub(super) least: usize,
    /// The last parameter may be given any number of times.
    pub(super) many: bool,
    pub(super) gives: Gives,
    /// Not the same at every call.
    pub(super) volatile: bool,
    pub(super) run: fn(&Call<'_>) -> Result<ArrayRef, SqlError>,
}

impl Function {
    /// A function with a fixed list of parameters.
    pub(super) const fn new(
        name: &'static str,
        params: &'static [Param],
        gives: Gives,
        run: fn(&Call<'_>) -> Result<ArrayRef, SqlError>,
    ) -> Self {
        Self {
            name,
            aliases: &[],
            params,
            least: params.len(),
            many: false,
            gives,
            volatile: false,
            run,
        }
    }

    pub(super) const fn least(mut self, least: usize) -> Self {
        self.least = least;
        self
    }

    pub(super) const fn many(mut self) -> Self {
        self.many = true;
        self
    }

    pub(super) const fn volatile(mut self) -> Self {
        self.volatile = true;
        self
    }

    /// How many arguments it takes, if not these many.
    pub(super) fn refuses(&self, given: usize) -> Option<String> {
        let most = self.params.len();
        if given >= self.least && (given <= most || self.many) {
            return None;
        }
        Some(match (self.many, self.least) {
            (true, least) => format!("at least {least}"),
            (false, least) if least == most => least.to_string(),
            (false, least) => format!("{least} to {most}"),
        })
    }

    pub(super) const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }
}

/// One call over the rows of a batch.
pub(super) struct Call<'a> {
    pub(super) args: Vec<ArrayRef>,
    pub(super) fields: &'a [FieldRef],
    pub(super) rows: usize,
    pub(super) zone: Tz,
    /// The type to give.
    pub(super) kind: Type,
    pub(super) returns: DataType,
    pub(super) name: &'static str,
}

impl Call<'_> {
    pub(super) fn way(&self, bad: Bad) -> Way<'_> {
        Way {
            zone: self.zone,
            bad,
            function: self.name.trim_start_matches('$'),
        }
    }
}

/// A function as the engine takes it.
pub(super) struct Scalar {
    function: &'static Function,
    signature: Signature,
    aliases: Vec<String>,
}

impl Scalar {
    pub(super) fn new(function: &'static Function) -> Self {
        let volatility = match function.volatile {
            true => Volatility::Volatile,
            false => Volatility::Immutable,
        };
        let signature = match function.least {
            0 => Signature::one_of(
                vec![TypeSignature::Nullary, TypeSignature::UserDefined],
                volatility,
            ),
            _ => Signature::user_defined(volatility),
        };
        Self {
            function,
            signature,
            aliases: function
                .aliases
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
        }
    }

    fn check(&self, given: usize) -> Result<(), SqlError> {
        match self.function.refuses(given) {
            Some(needs) => Err(SqlError::arguments(self.function.name, needs, given)),
            None => Ok(()),
        }
    }
}

impl std::fmt::Debug for Scalar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.function.name)
    }
}

impl PartialEq for Scalar {
    fn eq(&self, other: &Self) -> bool {
        self.function.name == other.function.name
    }
}

impl Eq for Scalar {}

impl Hash for Scalar {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.function.name.hash(state);
    }
}

fn own(error: SqlError) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}

impl ScalarUDFImpl for Scalar {
    fn name(&self) -> &str {
        self.function.name
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> DfResult<Vec<DataType>> {
        Ok(types.to_vec())
    }

    fn return_type(&self, _: &[DataType]) -> DfResult<DataType> {
        Err(exec_datafusion_err!(
            "{} has a type only together with its arguments",
            self.function.name
        ))
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs<'_>) -> DfResult<FieldRef> {
        self.check(args.arg_fields.len()).map_err(own)?;
        let kind = match self.function.gives {
            Gives::Text => Type::String,
            Gives::Bigint => Type::Bigint,
            Gives::Double => Type::Double,
            Gives::Bool => Type::Boolean,
            Gives::Date => Type::Date,
            Gives::Datetime => Type::Datetime,
            Gives::By(decide) => {
                let mut types = Vec::with_capacity(args.arg_fields.len());
                for field in args.arg_fields {
                    types.push(match field.data_type() {
                        DataType::Null => Type::Void,
                        _ => crate::types::result_type(field).map_err(own)?,
                    });
                }
                let constants: Vec<Option<String>> = args
                    .scalar_arguments
                    .iter()
                    .map(|constant| match constant {
                        Some(ScalarValue::Utf8(text)) => text.clone(),
                        Some(value) if !value.is_null() => Some(value.to_string()),
                        _ => None,
                    })
                    .collect();
                decide(&types, &constants).map_err(own)?
            }
        };
        let column = odps::types::Column::new(self.function.name, kind);
        Ok(Arc::new(storage_field(&column).map_err(own)?))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> DfResult<ColumnarValue> {
        let zone = args.config_options.execution.time_zone.as_deref();
        let zone: Tz = zone
            .and_then(|zone| zone.parse().ok())
            .unwrap_or(chrono_tz::UTC);
        // A call over constants alone is computed once.
        let constant = !self.function.volatile
            && !args.args.is_empty()
            && args
                .args
                .iter()
                .all(|arg| matches!(arg, ColumnarValue::Scalar(_)));
        let rows = if constant { 1 } else { args.number_rows };
        let way = Way {
            zone,
            bad: Bad::Error,
            function: self.function.name,
        };
        let mut arrays = Vec::with_capacity(args.args.len());
        for (at, arg) in args.args.iter().enumerate() {
            let array = arg.to_array(rows)?;
            let last = self.function.params.len().saturating_sub(1);
            let param = self.function.params.get(at.min(last));
            arrays.push(match param.and_then(|param| param.kind()) {
                Some(kind) => {
                    let field = Field::new("", array.data_type().clone(), true)
                        .with_metadata(args.arg_fields[at].metadata().clone());
                    convert(&array, &field, &kind, &way).map_err(own)?
                }
                None => array,
            });
        }
        let call = Call {
            args: arrays,
            fields: &args.arg_fields,
            rows,
            zone,
            kind: crate::types::result_type(&args.return_field).map_err(own)?,
            returns: args.return_field.data_type().clone(),
            name: self.function.name,
        };
        let result = (self.function.run)(&call).map_err(own)?;
        match constant {
            true => Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(
                &result, 0,
            )?)),
            false => Ok(ColumnarValue::Array(result)),
        }
    }
}
