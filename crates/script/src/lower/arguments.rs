//! Arguments of a call, matched to the names of the function's parameters.

use super::convert::Given;
use super::value::Value;
use super::{Lowering, Lowers};
use crate::ast::Argument;
use crate::error::{Error, ErrorKind};
use crate::span::Span;
use crate::suggest::nearest;

/// The arguments of a call as written, evaluated.
pub(super) struct Arguments {
    pub(super) positional: Vec<(Value, Span)>,
    pub(super) keywords: Vec<(String, Span, Value, Span)>,
    pub(super) at: Span,
}

/// The arguments of a call by parameter.
pub(super) struct Bound<'f> {
    function: &'f str,
    parameters: &'static [&'static str],
    values: Vec<Option<(Value, Span)>>,
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
    /// Matches them to the parameters, the first `required` of which must be given.
    pub(super) fn bind<'f>(
        self,
        function: &'f str,
        parameters: &'static [&'static str],
        required: usize,
    ) -> Lowers<Bound<'f>> {
        if self.positional.len() > parameters.len() {
            let at = self
                .positional
                .get(parameters.len())
                .map_or(self.at, |(_, at)| *at);
            let kind = ErrorKind::TooManyArguments {
                function: function.to_owned(),
                most: parameters.len(),
                given: self.positional.len(),
            };
            return Err(Error::new(at, kind));
        }
        let mut values: Vec<Option<(Value, Span)>> = Vec::new();
        values.extend(self.positional.into_iter().map(Some));
        values.resize_with(parameters.len(), || None);
        for (name, name_at, value, at) in self.keywords {
            let place = parameters.iter().position(|parameter| *parameter == name);
            let Some(slot) = place.and_then(|place| values.get_mut(place)) else {
                let kind = ErrorKind::UnexpectedArgument {
                    function: function.to_owned(),
                    nearest: nearest(&name, parameters.iter().copied()),
                    argument: name,
                };
                return Err(Error::new(name_at, kind));
            };
            if slot.is_some() {
                return Err(Error::new(name_at, ErrorKind::RepeatedArgument(name)));
            }
            *slot = Some((value, at));
        }
        let missing = parameters
            .iter()
            .zip(&values)
            .take(required)
            .find(|(_, v)| v.is_none());
        if let Some((parameter, _)) = missing {
            let kind = ErrorKind::MissingArgument {
                function: function.to_owned(),
                argument: (*parameter).to_owned(),
            };
            return Err(Error::new(self.at, kind));
        }
        Ok(Bound {
            function,
            parameters,
            values,
            at: self.at,
        })
    }

    /// For `f(2, 3)` beside `f((2, 3))`: several positional arguments become one tuple.
    pub(super) fn gather(mut self) -> Self {
        if self.positional.len() > 1 {
            let at = self.positional.first().map_or(self.at, |(_, at)| *at);
            let items = self.positional.drain(..).map(|(value, _)| value).collect();
            self.positional = vec![(Value::Tuple(items), at)];
        }
        self
    }
}

impl Bound<'_> {
    /// The whole call, for errors about more than one argument.
    pub(super) fn at(&self) -> Span {
        self.at
    }

    /// An argument, if it was given.
    pub(super) fn get(&self, name: &'static str) -> Option<Given<'_>> {
        let place = self
            .parameters
            .iter()
            .position(|parameter| *parameter == name)?;
        let (value, at) = self.values.get(place)?.as_ref()?;
        Some(Given {
            function: self.function,
            argument: name,
            value,
            at: *at,
        })
    }

    /// An argument that was given and is not None.
    pub(super) fn some(&self, name: &'static str) -> Option<Given<'_>> {
        self.get(name).filter(|given| !given.value.is_none())
    }

    /// An argument that must be there.
    pub(super) fn must(&self, name: &'static str) -> Lowers<Given<'_>> {
        self.get(name).ok_or_else(|| {
            let kind = ErrorKind::MissingArgument {
                function: self.function.to_owned(),
                argument: name.to_owned(),
            };
            Error::new(self.at, kind)
        })
    }

    /// A flag with its default.
    pub(super) fn flag(&self, name: &'static str, default: bool) -> Lowers<bool> {
        self.some(name).map_or(Ok(default), |given| given.flag())
    }

    /// A whole number with its default.
    pub(super) fn integer(&self, name: &'static str, default: i64) -> Lowers<i64> {
        self.some(name).map_or(Ok(default), |given| given.integer())
    }
}
