//! Arguments of a call, matched to the names of the function's parameters.

use super::convert::Given;
use super::value::Value;
use super::{Lowering, Lowers};
use crate::ast::Argument;
use mars::v04::graph::Scalar;

use crate::error::{Error, ErrorKind, Wanted};
use crate::operators::Operator;
use crate::operators::signature::{self, Parameter};
use crate::span::Span;
use crate::suggest::nearest;

/// The arguments of a call as written, evaluated.
pub(super) struct Arguments {
    pub(super) positional: Vec<(Value, Span)>,
    pub(super) keywords: Vec<(String, Span, Value, Span)>,
    pub(super) at: Span,
}

/// The arguments of a call by parameter.
pub(crate) struct Bound<'f> {
    name: &'static str,
    function: &'f str,
    values: Vec<(Parameter, Option<(Value, Span)>)>,
    at: Span,
}

impl Lowering<'_> {
    pub(super) fn arguments(&mut self, arguments: &[Argument], at: Span) -> Lowers<Arguments> {
        let mut read = Arguments {
            positional: Vec::new(),
            keywords: Vec::new(),
            at,
        };
        for argument in arguments {
            let value = self.expr(&argument.value)?;
            let value_at = argument.value.span;
            match &argument.name {
                Some((name, name_at)) => {
                    read.keywords
                        .push((name.clone(), *name_at, value, value_at));
                }
                None => read.positional.push((value, value_at)),
            }
        }
        Ok(read)
    }
}

impl Arguments {
    /// The value of a method stands before everything else.
    pub(super) fn of(mut self, value: Value) -> Self {
        self.positional.insert(0, (value, self.at));
        self
    }

    /// Matches them to the parameters of an operator. `function` is its name in messages.
    pub(super) fn bind<'f>(self, operator: &Operator, function: &'f str) -> Lowers<Bound<'f>> {
        let parameters = signature::parameters(operator.signature);
        let Self {
            positional,
            keywords,
            at,
        } = self.gather(&parameters);
        if positional.len() > parameters.len() {
            let extra = positional.get(parameters.len());
            let kind = ErrorKind::TooManyArguments {
                function: function.to_owned(),
                most: parameters.len(),
                given: positional.len(),
            };
            return Err(Error::new(extra.map_or(at, |(_, at)| *at), kind));
        }
        let given = positional.into_iter().map(Some);
        let given = given.chain(std::iter::repeat_with(|| None));
        let mut values: Vec<(Parameter, Option<(Value, Span)>)> =
            parameters.into_iter().zip(given).collect();
        for (name, name_at, value, at) in keywords {
            let slot = values
                .iter_mut()
                .find(|(parameter, _)| parameter.name == name);
            let Some((_, slot)) = slot else {
                let known = values.iter().map(|(parameter, _)| parameter.name);
                let kind = ErrorKind::UnexpectedArgument {
                    function: function.to_owned(),
                    nearest: nearest(&name, known),
                    argument: name,
                };
                return Err(Error::new(name_at, kind));
            };
            if slot.is_some() {
                return Err(Error::new(name_at, ErrorKind::RepeatedArgument(name)));
            }
            *slot = Some((value, at));
        }
        for (parameter, value) in &values {
            checked(parameter, value.as_ref(), function, at)?;
        }
        Ok(Bound {
            name: operator.name,
            function,
            values,
            at,
        })
    }

    /// For `f(2, 3)` beside `f((2, 3))`: what a starred parameter takes becomes one tuple.
    fn gather(mut self, parameters: &[Parameter]) -> Self {
        let gathers = parameters.iter().position(|parameter| parameter.gathers);
        let Some(place) = gathers else {
            return self;
        };
        let wraps = parameters
            .get(place)
            .is_some_and(|parameter| parameter.wraps);
        let least = if wraps { place } else { place + 1 };
        if self.positional.len() > least {
            let at = self.positional.get(place).map_or(self.at, |(_, at)| *at);
            let rest = self.positional.drain(place..);
            let items = rest.map(|(value, _)| value).collect();
            self.positional.push((Value::Tuple(items), at));
        }
        self
    }
}

/// A parameter that must be given is, and one that only takes its default has it.
fn checked(
    parameter: &Parameter,
    given: Option<&(Value, Span)>,
    function: &str,
    at: Span,
) -> Lowers<()> {
    match (given, parameter.default) {
        (None, None) if !parameter.gathers => {
            let kind = ErrorKind::MissingArgument {
                function: function.to_owned(),
                argument: parameter.name.to_owned(),
            };
            Err(Error::new(at, kind))
        }
        (Some((value, at)), Some(default))
            if parameter.fixed && !value.is_none() && value.describe() != default =>
        {
            let kind = ErrorKind::OnlyDefault {
                function: function.to_owned(),
                argument: parameter.name.to_owned(),
                default: default.to_owned(),
            };
            Err(Error::new(*at, kind))
        }
        _ => Ok(()),
    }
}

impl Bound<'_> {
    /// The name of the operator.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// The parameters, in order.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.values.iter().map(|(parameter, _)| parameter)
    }

    /// The whole call, for errors about more than one argument.
    pub(crate) fn at(&self) -> Span {
        self.at
    }

    /// An argument, if it was given.
    pub(crate) fn get(&self, name: &'static str) -> Option<Given<'_>> {
        let (_, value) = self.values.iter().find(|(known, _)| known.name == name)?;
        let (value, at) = value.as_ref()?;
        Some(Given {
            function: self.function,
            argument: name,
            value,
            at: *at,
        })
    }

    /// An argument that was given and is not None.
    pub(crate) fn some(&self, name: &'static str) -> Option<Given<'_>> {
        self.get(name).filter(|given| !given.value.is_none())
    }

    /// An argument that must be there.
    pub(crate) fn must(&self, name: &'static str) -> Lowers<Given<'_>> {
        self.get(name).ok_or_else(|| {
            let kind = ErrorKind::MissingArgument {
                function: self.function.to_owned(),
                argument: name.to_owned(),
            };
            Error::new(self.at, kind)
        })
    }

    /// A flag with its default.
    pub(crate) fn flag(&self, name: &'static str, default: bool) -> Lowers<bool> {
        self.some(name).map_or(Ok(default), |given| given.flag())
    }

    /// A whole number with its default.
    pub(crate) fn integer(&self, name: &'static str, default: i64) -> Lowers<i64> {
        self.some(name).map_or(Ok(default), |given| given.integer())
    }

    /// A number with its default.
    pub(crate) fn float(&self, name: &'static str, default: f64) -> Lowers<f64> {
        let Some(given) = self.some(name) else {
            return Ok(default);
        };
        match given.number()? {
            Scalar::Float(value) => Ok(value),
            Scalar::Int(value) => Ok(value as f64),
            _ => Err(given.wrong(Wanted::Number)),
        }
    }

    /// A text with its default.
    pub(crate) fn text(&self, name: &'static str, default: &str) -> Lowers<String> {
        let Some(given) = self.some(name) else {
            return Ok(default.to_owned());
        };
        match given.value {
            Value::Plain(Scalar::Text(text)) => Ok(text.clone()),
            _ => Err(given.wrong(Wanted::Text)),
        }
    }

    /// Every argument in the order of the parameters; none for those that were not given.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = Option<Given<'_>>> {
        self.values.iter().map(|(parameter, value)| {
            let (value, at) = value.as_ref()?;
            Some(Given {
                function: self.function,
                argument: parameter.name,
                value,
                at: *at,
            })
        })
    }
}
