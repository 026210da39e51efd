//! The numpy dtypes that a graph may carry.

use super::Error;

/// A numpy dtype.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Dtype {
    /// `|b1`
    Bool,
    /// `|i1`
    I8,
    /// `<i2`
    I16,
    /// `<i4`
    I32,
    /// `<i8`
    I64,
    /// `|u1`
    U8,
    /// `<u2`
    U16,
    /// `<u4`
    U32,
    /// `<u8`
    U64,
    /// `<f2`
    F16,
    /// `<f4`
    F32,
    /// `<f8`
    F64,
    /// `<c8`
    C64,
    /// `<c16`
    C128,
    /// `|O`: any Python object, mostly text.
    Object,
    /// `<U n`: text of at most so many characters.
    Text(u32),
    /// `<M8[ns]`
    Datetime,
    /// `<m8[ns]`
    Timedelta,
}

impl Dtype {
    /// The numpy code, as it stands in the graph (`<f8`).
    pub fn code(&self) -> String {
        let code = match self {
            Self::Bool => "|b1",
            Self::I8 => "|i1",
            Self::I16 => "<i2",
            Self::I32 => "<i4",
            Self::I64 => "<i8",
            Self::U8 => "|u1",
            Self::U16 => "<u2",
            Self::U32 => "<u4",
            Self::U64 => "<u8",
            Self::F16 => "<f2",
            Self::F32 => "<f4",
            Self::F64 => "<f8",
            Self::C64 => "<c8",
            Self::C128 => "<c16",
            Self::Object => "|O",
            Self::Text(width) => return format!("<U{width}"),
            Self::Datetime => "<M8[ns]",
            Self::Timedelta => "<m8[ns]",
        };
        code.to_owned()
    }

    /// The name that numpy and pandas print (`float64`).
    pub fn name(&self) -> String {
        let name = match self {
            Self::Bool => "bool",
            Self::I8 => "int8",
            Self::I16 => "int16",
            Self::I32 => "int32",
            Self::I64 => "int64",
            Self::U8 => "uint8",
            Self::U16 => "uint16",
            Self::U32 => "uint32",
            Self::U64 => "uint64",
            Self::F16 => "float16",
            Self::F32 => "float32",
            Self::F64 => "float64",
            Self::C64 => "complex64",
            Self::C128 => "complex128",
            Self::Object => "object",
            Self::Text(width) => return format!("<U{width}"),
            Self::Datetime => "datetime64[ns]",
            Self::Timedelta => "timedelta64[ns]",
        };
        name.to_owned()
    }

    /// Reads a name as Python users write it: `float64`, `f8`, `<f8`, `int`, `bool`, `object`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let plain = text.trim_start_matches(['<', '|', '=']);
        let dtype = match plain {
            "bool" | "b1" | "?" | "bool_" => Self::Bool,
            "int8" | "i1" => Self::I8,
            "int16" | "i2" => Self::I16,
            "int32" | "i4" => Self::I32,
            "int64" | "i8" | "int" | "int_" => Self::I64,
            "uint8" | "u1" => Self::U8,
            "uint16" | "u2" => Self::U16,
            "uint32" | "u4" => Self::U32,
            "uint64" | "u8" | "uint" => Self::U64,
            "float16" | "f2" | "half" => Self::F16,
            "float32" | "f4" | "single" => Self::F32,
            "float64" | "f8" | "float" | "double" | "float_" => Self::F64,
            "complex64" | "c8" => Self::C64,
            "complex128" | "c16" | "complex" => Self::C128,
            "object" | "O" | "object_" => Self::Object,
            "datetime64[ns]" | "M8[ns]" => Self::Datetime,
            "timedelta64[ns]" | "m8[ns]" => Self::Timedelta,
            other => match other.strip_prefix('U').and_then(|width| width.parse().ok()) {
                Some(width) => Self::Text(width),
                None => {
                    return Err(Error::Dtype {
                        name: text.to_owned(),
                    });
                }
            },
        };
        Ok(dtype)
    }

    /// The code without the mark of the byte order, as `numpy.dtype` takes it.
    pub(super) fn bare(&self) -> String {
        self.code().trim_start_matches(['<', '|']).to_owned()
    }

    pub(super) fn is_integer(&self) -> bool {
        self.is_signed() || self.is_unsigned()
    }

    pub(super) fn is_signed(&self) -> bool {
        matches!(self, Self::I8 | Self::I16 | Self::I32 | Self::I64)
    }

    pub(super) fn is_unsigned(&self) -> bool {
        matches!(self, Self::U8 | Self::U16 | Self::U32 | Self::U64)
    }

    pub(super) fn is_float(&self) -> bool {
        matches!(self, Self::F16 | Self::F32 | Self::F64)
    }

    pub(super) fn is_complex(&self) -> bool {
        matches!(self, Self::C64 | Self::C128)
    }

    /// Tells whether arithmetic is defined without knowing the objects themselves.
    pub(super) fn is_numeric(&self) -> bool {
        *self == Self::Bool || self.is_integer() || self.is_float() || self.is_complex()
    }
}

#[cfg(test)]
mod tests {
    use super::Dtype;

    #[test]
    fn codes_and_names_parse_back() {
        for code in
            "|b1 |i1 <i2 <i4 <i8 |u1 <u2 <u4 <u8 <f2 <f4 <f8 <c8 <c16 |O <U2 <M8[ns] <m8[ns]"
                .split(' ')
        {
            let dtype = Dtype::parse(code).unwrap();
            assert_eq!(dtype.code(), code);
            assert_eq!(Dtype::parse(&dtype.name()).unwrap(), dtype);
        }
        assert!(Dtype::parse("float65").is_err());
        assert!(Dtype::parse("U").is_err());
    }
}
