//! The functions themselves.

use super::{Function, Pairwise, Rule};

const fn one(name: &'static str, code: &'static str, class: &'static str, rule: Rule) -> Function {
    Function {
        name,
        code,
        class,
        rule,
    }
}

const fn two(name: &'static str, code: &'static str, class: &'static str, rule: Rule) -> Pairwise {
    Pairwise {
        name,
        code,
        class,
        rule,
    }
}

impl Function {
    /// Every one.
    pub const ALL: &[Self] = &[
        one(
            "positive",
            "tensor.113",
            "mars.TensorPositive",
            Rule::Number,
        ),
        one("conj", "tensor.119", "mars.TensorConj", Rule::Number),
        one("exp2", "tensor.121", "mars.TensorExp2", Rule::Float),
        one("cbrt", "tensor.129", "mars.TensorCbrt", Rule::RealFloat),
        one(
            "reciprocal",
            "tensor.130",
            "mars.TensorReciprocal",
            Rule::Number,
        ),
        one("arcsin", "tensor.140", "mars.TensorArcsin", Rule::Float),
        one("arccos", "tensor.141", "mars.TensorArccos", Rule::Float),
        one("sinh", "tensor.145", "mars.TensorSinh", Rule::Float),
        one("cosh", "tensor.146", "mars.TensorCosh", Rule::Float),
        one("arcsinh", "tensor.148", "mars.TensorArcsinh", Rule::Float),
        one("arccosh", "tensor.149", "mars.TensorArccosh", Rule::Float),
        one("arctanh", "tensor.150", "mars.TensorArctanh", Rule::Float),
        one(
            "deg2rad",
            "tensor.151",
            "mars.TensorDeg2rad",
            Rule::RealFloat,
        ),
        one(
            "rad2deg",
            "tensor.152",
            "mars.TensorRad2deg",
            Rule::RealFloat,
        ),
        one(
            "degrees",
            "tensor.182",
            "mars.TensorDegrees",
            Rule::RealFloat,
        ),
        one(
            "radians",
            "tensor.183",
            "mars.TensorRadians",
            Rule::RealFloat,
        ),
        one("signbit", "tensor.172", "mars.TensorSignbit", Rule::Truth),
        one(
            "spacing",
            "tensor.175",
            "mars.TensorSpacing",
            Rule::RealFloat,
        ),
        one("trunc", "tensor.181", "mars.TensorTrunc", Rule::RealFloat),
        one("isreal", "tensor.185", "mars.TensorIsReal", Rule::Truth),
        one(
            "iscomplex",
            "tensor.186",
            "mars.TensorIsComplex",
            Rule::Truth,
        ),
        one("real", "tensor.187", "mars.TensorReal", Rule::Part),
        one("imag", "tensor.188", "mars.TensorImag", Rule::Part),
        one("fix", "tensor.189", "mars.TensorFix", Rule::RealFloat),
        one("i0", "tensor.190", "mars.TensorI0", Rule::Part),
        one("sinc", "tensor.191", "mars.TensorSinc", Rule::Wide),
        one(
            "nan_to_num",
            "tensor.192",
            "mars.TensorNanToNum",
            Rule::Same,
        ),
    ];

    /// The function of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|function| function.name == name)
    }
}

impl Pairwise {
    /// Every one.
    pub const ALL: &[Self] = &[
        two("fmod", "tensor.109", "mars.TensorFMod", Rule::Number),
        two(
            "logaddexp",
            "tensor.110",
            "mars.TensorLogAddExp",
            Rule::RealFloat,
        ),
        two(
            "logaddexp2",
            "tensor.111",
            "mars.TensorLogAddExp2",
            Rule::RealFloat,
        ),
        two(
            "arctan2",
            "tensor.143",
            "mars.TensorArctan2",
            Rule::RealFloat,
        ),
        two("hypot", "tensor.144", "mars.TensorHypot", Rule::RealFloat),
        two("left_shift", "tensor.157", "mars.TensorLshift", Rule::Whole),
        two(
            "right_shift",
            "tensor.158",
            "mars.TensorRshift",
            Rule::Whole,
        ),
        two("logical_and", "tensor.159", "mars.TensorAnd", Rule::Truth),
        two("logical_or", "tensor.160", "mars.TensorOr", Rule::Truth),
        two("logical_xor", "tensor.161", "mars.TensorXor", Rule::Truth),
        two(
            "float_power",
            "tensor.166",
            "mars.TensorFloatPower",
            Rule::Double,
        ),
        two("fmax", "tensor.167", "mars.TensorFMax", Rule::Same),
        two("fmin", "tensor.168", "mars.TensorFMin", Rule::Same),
        two(
            "copysign",
            "tensor.173",
            "mars.TensorCopysign",
            Rule::RealFloat,
        ),
        two(
            "nextafter",
            "tensor.174",
            "mars.TensorNextafter",
            Rule::RealFloat,
        ),
        two("ldexp", "tensor.176", "mars.TensorLdexp", Rule::Scaled),
        two("isclose", "tensor.193", "mars.TensorIsclose", Rule::Truth),
    ];

    /// The function of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|function| function.name == name)
    }
}
