//! Quantiles and histograms of tensors.

use super::axes::{axis_field, reduced};
use super::functions::tensor;
use super::{
    Axes, Class, Dtype, Error, Graph, Literal, Node, Order, Reduction, Scalar, constructor, encode,
    find, source,
};
use serde_json::{Value, json};

/// The bins of a histogram.
#[derive(Clone, Debug, PartialEq)]
pub enum Bins {
    /// So many, all of one width, between these ends, or else between the least and the greatest.
    Count(u64, Option<[Scalar; 2]>),
    /// From edge to edge.
    Edges(Vec<Scalar>),
}

impl Graph<'_> {
    /// `mt.quantile(x, q, axis)`; `q` is a number or a list of numbers from 0 to 1.
    pub fn quantile_tensor(
        &mut self,
        node: &Node,
        q: &Literal,
        axes: &Axes,
        interpolation: &str,
        keepdims: bool,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.440",
            name: "mars.TensorQuantile",
        };
        let name = "quantile";
        let own = tensor(name, node)?;
        if !own.is_numeric() || own.is_complex() || *own == Dtype::Bool {
            return Err(Error::Elements {
                operator: name.into(),
                dtype: own.clone(),
            });
        }
        let positions = axes.positions(node.ndim())?;
        let lengths = q.shape().filter(|shape| shape.len() < 2);
        let lengths = lengths.ok_or_else(|| source::argument(name, "q", "must have one axis"))?;
        let mut lengths: Vec<Option<u64>> = lengths.into_iter().map(Some).collect();
        lengths.extend(reduced(&node.shape, &positions, keepdims));
        let mut more = vec![
            ("a", encode::reference(node)),
            ("q", constructor::array(q, &Dtype::F64)),
            ("overwrite_input", json!(false)),
            ("interpolation", json!(interpolation)),
            ("keepdims", json!(keepdims)),
        ];
        more.extend(axis_field(axes, &positions).map(|axis| ("axis", axis)));
        let dtype = match interpolation {
            "linear" | "midpoint" => Dtype::F64,
            _ => own.clone(),
        };
        let fields = find::fields(more, Some(&dtype));
        let result = source::tensor_of(lengths, dtype, Order::C);
        Ok(self.push(class, &[node], fields, result))
    }

    /// `mt.histogram_bin_edges(x, bins, range)`.
    pub fn histogram_bin_edges(&mut self, node: &Node, bins: &Bins) -> Result<Node, Error> {
        let flat = self.flat(node)?;
        self.edges(&flat, bins)
    }

    /// `mt.histogram(x, bins, range, density)`: how many are in each bin, and the edges.
    pub fn histogram(
        &mut self,
        node: &Node,
        bins: &Bins,
        density: bool,
    ) -> Result<[Node; 2], Error> {
        let class = Class {
            code: "tensor.430",
            name: "mars.TensorHistogram",
        };
        let flat = self.flat(node)?;
        let edges = self.edges(&flat, bins)?;
        let dtype = if density { Dtype::F64 } else { Dtype::I64 };
        let mut own = vec![
            ("input", encode::reference(&flat)),
            ("bins", encode::reference(&edges)),
        ];
        if density {
            own.push(("density", json!(true)));
        }
        let length = edges.shape.first().copied().flatten();
        let length = length.map(|length| length.saturating_sub(1));
        let fields = find::fields(own, Some(&dtype));
        let result = source::tensor_of(vec![length], dtype, Order::C);
        let counts = self.push(class, &[&flat, &edges], fields, result);
        Ok([counts, edges])
    }

    fn flat(&mut self, node: &Node) -> Result<Node, Error> {
        tensor("histogram", node)?;
        match node.ndim() {
            1 => Ok(node.clone()),
            _ => self.reshape(node, &[-1]),
        }
    }

    fn edges(&mut self, flat: &Node, bins: &Bins) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.431",
            name: "mars.TensorHistogramBinEdges",
        };
        let name = "histogram";
        let mut own = vec![("input", encode::reference(flat))];
        let mut inputs = vec![flat.clone()];
        let mut dtype = Dtype::F64;
        let length = match bins {
            Bins::Count(0, _) => return Err(source::argument(name, "bins", "must be positive")),
            Bins::Count(count, ends) => {
                own.push(("bins", json!(count)));
                match ends {
                    Some([low, high]) => {
                        let ends = [low, high].map(|end| source::finite(name, "range", end));
                        let ends = ends.into_iter().collect::<Result<Vec<Value>, _>>()?;
                        own.push(("range", encode::tuple(ends)));
                    }
                    None => {
                        let least = self.reduce(Reduction::Min, flat, &Axes::All, false)?;
                        let most = self.reduce(Reduction::Max, flat, &Axes::All, false)?;
                        own.push(("input_min", encode::reference(&least)));
                        own.push(("input_max", encode::reference(&most)));
                        inputs.extend([least, most]);
                    }
                }
                count.saturating_add(1)
            }
            Bins::Edges(edges) => {
                let all = edges.iter().map(|edge| source::finite(name, "bins", edge));
                own.push(("bins", encode::list(all.collect::<Result<Vec<_>, _>>()?)));
                if edges.iter().all(|edge| matches!(edge, Scalar::Int(_))) {
                    dtype = Dtype::I64;
                }
                edges.len() as u64
            }
        };
        let fields = find::fields(own, Some(&dtype));
        let inputs: Vec<&Node> = inputs.iter().collect();
        Ok(self.push(class, &inputs, fields, source::tensor(&[length], dtype)))
    }
}
