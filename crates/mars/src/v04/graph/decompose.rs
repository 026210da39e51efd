//! Linear algebra: svd, qr, lu, inv, cholesky, solve, norm.

use super::axes::reduced;
use super::functions::tensor;
use super::{Axes, Class, Dtype, Error, Graph, Node, Order, Scalar, encode, find, promote, source};
use serde_json::{Map, Value, json};

impl Graph<'_> {
    /// `mt.linalg.svd(x)`: U, s and V.
    pub fn svd(&mut self, node: &Node) -> Result<Vec<Node>, Error> {
        let class = Class {
            code: "tensor.512",
            name: "mars.TensorSVD",
        };
        let (rows, columns, dtype) = matrix("svd", node)?;
        let less = rows.min(columns);
        let part = |shape: &[u64], side: &str| {
            let part = source::tensor(shape, dtype.clone());
            (part, ("side", json!(side)))
        };
        let outputs = vec![
            part(&[rows, less], "U"),
            part(&[less], "s"),
            part(&[less, columns], "V"),
        ];
        let mut fields = of_input(node, None);
        fields.insert("method".into(), json!("tsqr"));
        Ok(self.push_several(class, &[node], fields, outputs))
    }

    /// `mt.linalg.qr(x)`: Q and R.
    pub fn qr(&mut self, node: &Node) -> Result<Vec<Node>, Error> {
        let class = Class {
            code: "tensor.511",
            name: "mars.TensorQR",
        };
        let (rows, columns, dtype) = matrix("qr", node)?;
        let less = rows.min(columns);
        let part = |shape: &[u64], side: &str| {
            let part = source::tensor(shape, dtype.clone());
            (part, ("side", json!(side)))
        };
        let outputs = vec![part(&[rows, less], "q"), part(&[less, columns], "r")];
        let mut fields = of_input(node, None);
        fields.insert("method".into(), json!("tsqr"));
        Ok(self.push_several(class, &[node], fields, outputs))
    }

    /// `mt.linalg.lu(x)`: P, L and U.
    pub fn lu(&mut self, node: &Node) -> Result<Vec<Node>, Error> {
        let class = Class {
            code: "tensor.513",
            name: "mars.TensorLU",
        };
        let (rows, columns, dtype) = matrix("lu", node)?;
        let less = rows.min(columns);
        let part = |shape: &[u64], side: &str| {
            let mut part = source::tensor(shape, dtype.clone());
            part.order = node.order;
            (part, ("side", json!(side)))
        };
        let outputs = vec![
            part(&[rows, rows], "p"),
            part(&[rows, less], "l"),
            part(&[less, columns], "u"),
        ];
        Ok(self.push_several(class, &[node], of_input(node, None), outputs))
    }

    /// `mt.linalg.inv(x)`.
    pub fn inv(&mut self, node: &Node) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.521",
            name: "mars.TensorInv",
        };
        let (length, dtype) = square("inv", node)?;
        let fields = of_input(node, Some(&dtype));
        let result = source::tensor(&[length, length], dtype);
        Ok(self.push(class, &[node], fields, result))
    }

    /// `mt.linalg.cholesky(x, lower)`.
    pub fn cholesky(&mut self, node: &Node, lower: bool) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.510",
            name: "mars.TensorCholesky",
        };
        let (length, dtype) = square("cholesky", node)?;
        let mut fields = of_input(node, Some(&dtype));
        fields.insert("lower".into(), json!(lower));
        let result = source::tensor(&[length, length], dtype);
        Ok(self.push(class, &[node], fields, result))
    }

    /// `mt.linalg.solve_triangular(a, b, lower)`.
    pub fn solve_triangular(&mut self, a: &Node, b: &Node, lower: bool) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.520",
            name: "mars.TensorSolveTriangular",
        };
        let (length, own) = square("solve_triangular", a)?;
        let other = promote::float_of(tensor("solve_triangular", b)?);
        if !matches!(b.ndim(), 1 | 2) || b.shape.first() != Some(&Some(length)) {
            return Err(Error::Shapes {
                operator: "solve_triangular".into(),
                left: a.shape_text(),
                right: b.shape_text(),
            });
        }
        let dtype = promote::arrays(&own, &other);
        let own = [
            ("a", encode::reference(a)),
            ("b", encode::reference(b)),
            ("lower", json!(lower)),
            ("sparse", json!(false)),
        ];
        let fields = find::fields(own, Some(&dtype));
        let result = source::tensor_of(b.shape.clone(), dtype, Order::F);
        Ok(self.push(class, &[a, b], fields, result))
    }

    /// `mt.linalg.solve(a, b)`, by way of LU as the library does it.
    pub fn solve(&mut self, a: &Node, b: &Node, symmetric: bool) -> Result<Node, Error> {
        square("solve", a)?;
        if symmetric {
            let lower = self.cholesky(a, true)?;
            let upper = self.transpose(&lower, None)?;
            let half = self.solve_triangular(&lower, b, true)?;
            return self.solve_triangular(&upper, &half, false);
        }
        let parts = self.lu(a)?;
        let [p, lower, upper] = parts.as_slice() else {
            return Err(source::argument("solve", "a", "must be a matrix"));
        };
        let turned = self.transpose(p, None)?;
        let b = self.dot(&turned, b)?;
        let half = self.solve_triangular(lower, &b, true)?;
        self.solve_triangular(upper, &half, false)
    }

    /// `mt.linalg.norm(x, ord, axis, keepdims)`.
    pub fn norm(
        &mut self,
        node: &Node,
        ord: &Scalar,
        axes: &Axes,
        keepdims: bool,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.530",
            name: "mars.TensorNorm",
        };
        let name = "norm";
        let own = tensor(name, node)?;
        if !own.is_numeric() || own.is_complex() {
            return Err(Error::Elements {
                operator: name.into(),
                dtype: own.clone(),
            });
        }
        let positions = axes.positions(node.ndim())?;
        if !matches!(axes, Axes::All) && !matches!(positions.len(), 1 | 2) {
            return Err(source::argument(name, "axis", "must be one axis or two"));
        }
        let mut more = vec![
            ("input", encode::reference(node)),
            ("axis", encode::tuple(positions.iter().map(|at| json!(at)))),
            ("keepdims", json!(keepdims)),
            ("sparse", json!(false)),
        ];
        match ord {
            Scalar::Null => {}
            Scalar::Text(text) => more.push(("ord", json!(text))),
            number => more.push(("ord", source::finite(name, "ord", number)?)),
        }
        let fields = find::fields(more, Some(&Dtype::F64));
        let lengths = reduced(&node.shape, &positions, keepdims);
        let result = source::tensor_of(lengths, Dtype::F64, Order::C);
        Ok(self.push(class, &[node], fields, result))
    }
}

fn of_input(node: &Node, dtype: Option<&Dtype>) -> Map<String, Value> {
    let own = [("input", encode::reference(node)), ("sparse", json!(false))];
    find::fields(own, dtype)
}

/// The lengths of a matrix and the float that its parts have.
fn matrix(name: &str, node: &Node) -> Result<(u64, u64, Dtype), Error> {
    let own = tensor(name, node)?;
    if !own.is_numeric() || own.is_complex() {
        return Err(Error::Elements {
            operator: name.into(),
            dtype: own.clone(),
        });
    }
    let dtype = match own {
        Dtype::F32 => Dtype::F32,
        _ => Dtype::F64,
    };
    match node.shape.as_slice() {
        [Some(rows), Some(columns)] => Ok((*rows, *columns, dtype)),
        [_, _] => Err(Error::UnknownShape {
            operator: name.into(),
        }),
        _ => Err(source::argument(name, "a", "must have two axes")),
    }
}

fn square(name: &str, node: &Node) -> Result<(u64, Dtype), Error> {
    match matrix(name, node)? {
        (rows, columns, dtype) if rows == columns => Ok((rows, dtype)),
        _ => Err(source::argument(name, "a", "must be square")),
    }
}
