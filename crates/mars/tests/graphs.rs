//! Graphs built here equal the recorded ones: those that were written by hand and ran, and those
//! that the Python library writes itself.

#![expect(
    clippy::unwrap_used,
    reason = "a graph that cannot be built is a failed test"
)]

#[path = "support/normal.rs"]
mod normal;

use mars::v04::graph::*;
use normal::{hand, library, normal};

fn graph() -> Graph<'static> {
    let mut next = 0;
    Graph::new(move || {
        next += 1;
        format!("key-{next}")
    })
}

fn matrix(rows: &[&[f64]]) -> Literal {
    let row = |row: &&[f64]| {
        Literal::List(
            row.iter()
                .map(|&v| Literal::Scalar(Scalar::Float(v)))
                .collect(),
        )
    };
    Literal::List(rows.iter().map(row).collect())
}

fn sample() -> Literal {
    matrix(&[&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]])
}

/// The array that the recorded library graphs start from: 3 by 4 floats.
fn source(graph: &mut Graph<'_>) -> Node {
    let zeros = matrix(&[&[0.0; 4], &[0.0; 4], &[0.0; 4]]);
    graph.tensor(&zeros, None).unwrap()
}

fn int(value: i64) -> Scalar {
    Scalar::Int(value)
}

/// Compares a graph with one that was written by hand.
fn same_as_hand(name: &str, build: impl FnOnce(&mut Graph<'_>) -> Result<Node, Error>) {
    let mut graph = graph();
    let node = build(&mut graph).unwrap();
    let built = normal(&graph.to_json(&[&node]), node.key());
    assert_eq!(built, hand(name), "{name}");
}

/// Compares a graph with the library's own.
fn same_as_library(name: &str, build: impl FnOnce(&mut Graph<'_>) -> Result<Node, Error>) {
    let mut graph = graph();
    let node = build(&mut graph).unwrap();
    let mut built = normal(&graph.to_json(&[&node]), node.key());
    normal::forget_data(&mut built);
    assert_eq!(built, library(name), "{name}");
}

#[test]
fn tensors_by_hand() {
    same_as_hand("rand", |g| Ok(g.rand(&[100, 100], 42)));
    same_as_hand("rand_chunked", |g| {
        Ok(g.chunked(&[30], |g| g.rand(&[100, 100], 42)))
    });
    same_as_hand("rand_sum", |g| {
        let rand = g.rand(&[100, 100], 42);
        g.reduce(Reduction::Sum, &rand, &Axes::All, false)
    });
    same_as_hand("ones_1_full", |g| {
        let ones = g.ones(&[3, 4], Dtype::F64);
        g.binary(Binary::Add, (&ones).into(), (&int(1)).into())
    });
    same_as_hand("arange", |g| g.arange(&int(0), &int(10), &int(1), None));
    same_as_hand("linspace", |g| g.linspace(&int(0), &int(1), 5, true));
    same_as_hand("tensor_from_python", |g| g.tensor(&sample(), None));
    same_as_hand("sqrt", |g| {
        let a = g.tensor(&sample(), None)?;
        g.unary(Unary::Sqrt, &a)
    });
    same_as_hand("a_less_b", |g| {
        let a = g.tensor(&sample(), None)?;
        let b = g.tensor(&matrix(&[&[1.0, 1.0, 1.0], &[5.0, 5.0, 5.0]]), None)?;
        g.binary(Binary::Less, (&a).into(), (&b).into())
    });
    same_as_hand("mean_axis0", |g| {
        let a = g.tensor(&sample(), None)?;
        g.reduce(Reduction::Mean, &a, &Axes::One(0), false)
    });
    same_as_hand("matmul", |g| {
        let a = g.tensor(&sample(), None)?;
        let b = g.tensor(&matrix(&[&[1.0, 0.0], &[0.0, 1.0], &[1.0, 1.0]]), None)?;
        g.matmul(&a, &b)
    });
    same_as_hand("transpose", |g| {
        let a = g.tensor(&sample(), None)?;
        g.transpose(&a, None)
    });
    same_as_hand("reshape", |g| {
        let a = g.tensor(&sample(), None)?;
        g.reshape(&a, &[3, -1])
    });
    same_as_hand("tensor_slice", |g| {
        let a = g.tensor(&sample(), None)?;
        let tail = Slice {
            start: Some(1),
            stop: None,
            step: None,
        };
        g.index(&a, &[Index::Slice(Slice::default()), Index::Slice(tail)])
    });
}

/// The frame of the recorded pandas recipes; `v` differs between them.
fn pandas(graph: &mut Graph<'_>, v: [i64; 4]) -> Result<Node, Error> {
    let k = ["a", "b", "a", "c"].map(Scalar::from).to_vec();
    let w = [0.5, 1.0, 1.5, 2.0].map(Scalar::from).to_vec();
    let v = v.map(Scalar::from).to_vec();
    graph.frame_from_columns(&[("k".into(), k), ("v".into(), v), ("w".into(), w)])
}

fn rand_frame(graph: &mut Graph<'_>) -> Result<Node, Error> {
    let rand = graph.rand(&[100, 3], 42);
    graph.frame_from_tensor(&rand, None)
}

#[test]
fn frames_by_hand() {
    same_as_hand("dataframe_rand", rand_frame);
    let plus_one = |g: &mut Graph<'_>| {
        let frame = rand_frame(g)?;
        g.binary(Binary::Add, (&frame).into(), (&int(1)).into())
    };
    same_as_hand("df_plus1", plus_one);
    same_as_hand("df_plus1_iloc6", |g| {
        let frame = plus_one(g)?;
        g.iloc(
            &frame,
            Slice {
                start: None,
                stop: Some(6),
                step: None,
            },
        )
    });
    same_as_hand("df_plus1_head", |g| {
        let frame = plus_one(g)?;
        g.iloc(
            &frame,
            Slice {
                start: Some(0),
                stop: Some(5),
                step: None,
            },
        )
    });
    same_as_hand("df_sum", |g| {
        let frame = plus_one(g)?;
        g.frame_reduce(FrameReduction::Sum, &frame, 0)
    });
    same_as_hand("describe", |g| {
        let rand = g.rand(&[100, 3], 42);
        let labels = ["a", "b", "c"].map(Label::from);
        let frame = g.frame_from_tensor(&rand, Some(&labels))?;
        g.describe(&frame, &[0.25, 0.5, 0.75])
    });
    same_as_hand("md_dataframe_pandas", |g| pandas(g, [1, 2, 3, 4]));
    same_as_hand("df_column", |g| {
        let frame = pandas(g, [1, 2, 3, 4])?;
        g.column(&frame, &"v".into())
    });
    same_as_hand("series_gt", |g| {
        let frame = pandas(g, [1, 2, 3, 4])?;
        let v = g.column(&frame, &"v".into())?;
        g.binary(Binary::Greater, (&v).into(), (&int(2)).into())
    });
    same_as_hand("df_filter", |g| {
        let frame = pandas(g, [1, 2, 3, 4])?;
        let v = g.column(&frame, &"v".into())?;
        let mask = g.binary(Binary::Greater, (&v).into(), (&int(2)).into())?;
        g.filter(&frame, &mask)
    });
    same_as_hand("sort_values", |g| {
        let frame = pandas(g, [3, 1, 2, 4])?;
        let down = Sorting {
            ascending: false,
            ..Sorting::default()
        };
        g.sort_values(&frame, &["v".into()], &down)
    });
    same_as_hand("groupby_agg", |g| {
        let frame = pandas(g, [1, 2, 3, 4])?;
        let groups = GroupBy {
            by: vec!["k".into()],
            as_index: true,
        };
        let columns = vec![
            ("v".into(), FrameReduction::Sum.into()),
            ("w".into(), FrameReduction::Mean.into()),
        ];
        g.groupby_agg(&frame, &groups, &Aggregation::Columns(columns))
    });
    same_as_hand("df1_df2", |g| {
        let column = |values: [f64; 2]| values.map(Scalar::from).to_vec();
        let ints = |values: [i64; 2]| values.map(Scalar::from).to_vec();
        let a = [("v".into(), ints([1, 2])), ("w".into(), column([1.0, 2.0]))];
        let b = [
            ("v".into(), ints([10, 20])),
            ("w".into(), column([5.0, 5.0])),
        ];
        let (a, b) = (g.frame_from_columns(&a)?, g.frame_from_columns(&b)?);
        g.binary(Binary::Add, (&a).into(), (&b).into())
    });
}

#[test]
fn sources_of_the_library() {
    same_as_library("ones", |g| Ok(g.ones(&[3, 4], Dtype::F64)));
    same_as_library("zeros", |g| {
        Ok(g.chunked(&[2], |g| g.zeros(&[3, 4], Dtype::I64)))
    });
    same_as_library("full", |g| g.full(&[2, 2], &int(7), None));
    same_as_library("arange", |g| g.arange(&int(0), &int(10), &int(1), None));
    same_as_library("arange2", |g| {
        g.arange(
            &Scalar::Float(0.0),
            &Scalar::Float(10.0),
            &Scalar::Float(2.5),
            None,
        )
    });
    same_as_library("linspace", |g| g.linspace(&int(0), &int(1), 5, true));
    same_as_library("eye", |g| Ok(g.eye(3, None, 0, Dtype::F64)));
    same_as_library("rand", |g| Ok(g.rand(&[100, 100], 1)));
    same_as_library("rand_chunk", |g| {
        Ok(g.chunked(&[30], |g| g.rand(&[100, 100], 1)))
    });
    same_as_library("randn", |g| Ok(g.randn(&[5], 1)));
    same_as_library("randint", |g| g.randint(0, 10, &[3, 4], 1));
    let row = |values: &[Scalar]| {
        Literal::List(
            values
                .iter()
                .map(|value| Literal::Scalar(value.clone()))
                .collect(),
        )
    };
    same_as_library("scalar", |g| g.scalar(&int(5), None));
    same_as_library("tensor_bool", |g| {
        g.tensor(&row(&[true.into(), false.into()]), None)
    });
    same_as_library("tensor_str", |g| {
        g.tensor(&row(&["a".into(), "bb".into()]), None)
    });
    same_as_library("tensor_int", |g| {
        let rows = vec![row(&[int(1), int(2)]), row(&[int(3), int(4)])];
        g.tensor(&Literal::List(rows), None)
    });
}

#[test]
fn arithmetic_of_the_library() {
    for (name, op) in [
        ("arith_add", Binary::Add),
        ("arith_sub", Binary::Subtract),
        ("arith_mul", Binary::Multiply),
        ("arith_div", Binary::TrueDiv),
        ("arith_pow", Binary::Power),
        ("arith_lt", Binary::Less),
    ] {
        same_as_library(name, |g| {
            let ones = g.ones(&[3, 4], Dtype::F64);
            let data = source(g);
            g.binary(op, (&ones).into(), (&data).into())
        });
    }
    same_as_library("arith_add_scalar", |g| {
        let ones = g.ones(&[3, 4], Dtype::F64);
        g.binary(Binary::Add, (&ones).into(), (&int(1)).into())
    });
    same_as_library("arith_rsub", |g| {
        let ones = g.ones(&[3, 4], Dtype::F64);
        g.binary(
            Binary::Subtract,
            (&Scalar::Float(1.5)).into(),
            (&ones).into(),
        )
    });
    same_as_library("arith_and_", |g| {
        let truth = Literal::List(vec![Literal::Scalar(true.into())]);
        let (a, b) = (g.tensor(&truth, None)?, g.tensor(&truth, None)?);
        g.binary(Binary::And, (&a).into(), (&b).into())
    });
    same_as_library("arith_neg", |g| {
        let ones = g.ones(&[3, 4], Dtype::F64);
        g.unary(Unary::Negative, &ones)
    });
    for (name, op) in [
        ("unary_abs", Unary::Absolute),
        ("unary_exp", Unary::Exp),
        ("unary_sqrt", Unary::Sqrt),
    ] {
        same_as_library(name, |g| {
            let data = source(g);
            g.unary(op, &data)
        });
    }
    same_as_library("around", |g| {
        let data = source(g);
        g.around(&data, 2)
    });
    same_as_library("clip", |g| {
        let data = source(g);
        g.clip(&data, &int(1), &int(5))
    });
    same_as_library("astype", |g| {
        let data = source(g);
        g.astype(&data, &Dtype::I32)
    });
    same_as_library("where", |g| {
        let data = source(g);
        let mask = g.binary(Binary::Greater, (&data).into(), (&int(3)).into())?;
        g.where_(&mask, (&data).into(), (&Scalar::Float(0.0)).into())
    });
}

#[test]
fn reductions_of_the_library() {
    use Reduction::{Argmax, Max, Mean, Min, Std, Sum};
    for (name, op, axes, keepdims) in [
        ("red_sum", Sum, Axes::All, false),
        ("red_sum_ax", Sum, Axes::One(1), false),
        ("red_sum_keep", Sum, Axes::Several(vec![0, 1]), true),
        ("red_max", Max, Axes::All, false),
        ("red_min", Min, Axes::All, false),
        ("red_mean_ax", Mean, Axes::One(-1), false),
        ("red_argmax", Argmax, Axes::All, false),
        ("red_argmax_ax", Argmax, Axes::One(1), false),
        ("red_std", Std { ddof: 0 }, Axes::All, false),
        ("red_std_ax", Std { ddof: 0 }, Axes::One(1), false),
    ] {
        same_as_library(name, |g| {
            let data = source(g);
            g.reduce(op, &data, &axes, keepdims)
        });
    }
}

#[test]
fn shapes_of_the_library() {
    let whole = || Index::Slice(Slice::default());
    same_as_library("T", |g| {
        let data = source(g);
        g.transpose(&data, None)
    });
    same_as_library("transpose", |g| {
        let data = source(g);
        g.transpose(&data, Some(&[1, 0]))
    });
    same_as_library("reshape", |g| {
        let data = source(g);
        g.reshape(&data, &[4, 3])
    });
    same_as_library("dot", |g| {
        let data = source(g);
        let turned = g.transpose(&data, None)?;
        g.dot(&data, &turned)
    });
    same_as_library("matmul", |g| {
        let data = source(g);
        let turned = g.transpose(&data, None)?;
        g.matmul(&data, &turned)
    });
    same_as_library("idx_int", |g| {
        let data = source(g);
        g.index(&data, &[Index::At(0)])
    });
    same_as_library("idx_ell", |g| {
        let data = source(g);
        g.index(&data, &[whole(), Index::At(0)])
    });
    same_as_library("idx_new", |g| {
        let data = source(g);
        g.index(&data, &[whole(), Index::NewAxis])
    });
    same_as_library("idx_slice", |g| {
        let data = source(g);
        let rows = Slice {
            start: Some(1),
            stop: None,
            step: None,
        };
        let columns = Slice {
            start: None,
            stop: Some(2),
            step: None,
        };
        g.index(&data, &[Index::Slice(rows), Index::Slice(columns)])
    });
    same_as_library("idx_step", |g| {
        let data = source(g);
        let back = Slice {
            start: None,
            stop: None,
            step: Some(-1),
        };
        g.index(&data, &[Index::Slice(back)])
    });
    same_as_library("idx_bool", |g| {
        let data = source(g);
        let mask = g.binary(Binary::Greater, (&data).into(), (&int(3)).into())?;
        g.index(&data, &[Index::Node(&mask)])
    });
}

#[test]
fn only_what_the_target_needs_is_sent() {
    let mut graph = graph();
    let a = graph.ones(&[2], Dtype::F64);
    graph.ones(&[3], Dtype::F64);
    let b = graph.unary(Unary::Sqrt, &a).unwrap();
    let json: serde_json::Value = serde_json::from_str(&graph.to_json(&[&b])).unwrap();
    assert_eq!(json["node"].as_array().unwrap().len(), 4);
    assert_eq!(graph.len(), 3);
}

#[test]
fn equal_ranges_share_a_key_and_others_do_not() {
    let mut graph = graph();
    let column = |value: i64| vec![int(value), int(value)];
    let a = graph
        .frame_from_columns(&[("a".into(), column(1))])
        .unwrap();
    let b = graph
        .frame_from_columns(&[("a".into(), column(2))])
        .unwrap();
    let sum = graph.binary(Binary::Add, (&a).into(), (&b).into()).unwrap();
    assert_eq!(sum.shape(), [Some(2), Some(1)]);
    let head = graph.head(&b, 1).unwrap();
    let other = graph
        .binary(Binary::Add, (&a).into(), (&head).into())
        .unwrap();
    assert_eq!(other.shape()[0], None);
}

#[test]
fn groups_of_several_columns_have_several_levels() {
    let mut g = graph();
    let frame = pandas(&mut g, [1, 2, 3, 4]).unwrap();
    let groups = GroupBy {
        by: vec!["k".into(), "v".into()],
        as_index: true,
    };
    let columns = Aggregation::Columns(vec![("w".into(), FrameReduction::Max.into())]);
    let result = g.groupby_agg(&frame, &groups, &columns).unwrap();
    assert!(result.sorted_after_fetch());
    let built = normal(&g.to_json(&[&result]), result.key());
    let index = &built["fields"]["index_value"]["multi_index"];
    assert_eq!(index["names"]["value"], serde_json::json!(["k", "v"]));
    assert!(g.to_json(&[&result]).contains(r#""sortorder":0"#));
}

#[test]
fn mistakes_are_found_before_anything_is_sent() {
    let mut g = graph();
    let a = g.ones(&[3, 4], Dtype::F64);
    let b = g.ones(&[2], Dtype::F64);
    let frame = g.frame_from_tensor(&a, None).unwrap();
    let v = g.column(&frame, &Label::Int(0)).unwrap();
    assert!(matches!(
        g.binary(Binary::Add, (&a).into(), (&b).into()),
        Err(Error::Shapes { .. })
    ));
    assert!(matches!(g.matmul(&a, &a), Err(Error::Shapes { .. })));
    assert!(matches!(g.reshape(&a, &[5, -1]), Err(Error::Shapes { .. })));
    assert!(matches!(
        g.reduce(Reduction::Sum, &a, &Axes::One(2), false),
        Err(Error::Axis { .. })
    ));
    assert!(matches!(
        g.index(&a, &[Index::At(3)]),
        Err(Error::Argument { .. })
    ));
    assert!(matches!(
        g.column(&frame, &"x".into()),
        Err(Error::NoColumn { .. })
    ));
    assert!(matches!(g.filter(&frame, &v), Err(Error::Elements { .. })));
    assert!(matches!(
        g.unary(Unary::Tan, &frame),
        Err(Error::Kind { .. })
    ));
    assert!(matches!(
        g.binary(Binary::Add, (&a).into(), (&frame).into()),
        Err(Error::Kind { .. })
    ));
    assert!(matches!(
        g.randint(5, 5, &[1], 0),
        Err(Error::Argument { .. })
    ));
    assert!(matches!(
        g.arange(&int(0), &int(1), &int(0), None),
        Err(Error::Argument { .. })
    ));
}

/// What was recorded, and what was built for it, without the encodings of dtypes and labels, which
/// are Arrow payloads there and pickles here.
fn same_as_odps(name: &str, build: impl FnOnce(&mut Graph<'_>) -> Node) {
    let mut graph = graph();
    let node = build(&mut graph);
    let mut built = normal(&graph.to_json(&[&node]), node.key());
    let mut recorded = library(name);
    for tree in [&mut built, &mut recorded] {
        for place in ["/fields", "/op/fields"] {
            let fields = tree.pointer_mut(place).unwrap().as_object_mut().unwrap();
            assert!(fields.contains_key("dtypes"), "{name}{place}");
            fields.insert("dtypes".into(), "dtypes".into());
        }
        // A written frame has nothing in it, and the library says nothing of its labels.
        let written = tree["op"]["fields"]["overwrite"] == true;
        let fields = tree["fields"].as_object_mut().unwrap();
        if written {
            fields.remove("index_value");
            fields.remove("columns_value");
        } else {
            let labels = fields["columns_value"]["index"].as_object_mut().unwrap();
            labels.insert("data".into(), "labels".into());
        }
        // The address in MaxCompute's network, where the recording has one of its own.
        tree["op"]["fields"]["odps_params"]["value"][1][1] = "an address".into();
        // What is written is another test's matter.
        tree["inputs"] = serde_json::Value::Null;
    }
    assert_eq!(built, recorded, "{name}");
}

#[test]
fn tables_of_odps_by_the_client() {
    let place = |partition: &str| OdpsTable {
        project: "proj".into(),
        table: "tbl".into(),
        partition: Some(partition.into()),
    };
    let column = |label: &str, dtype| Column {
        label: label.into(),
        dtype,
    };
    same_as_odps("odps_read", |graph| {
        let columns = vec![
            column("k", Dtype::Object),
            column("v", Dtype::I64),
            column("w", Dtype::F64),
        ];
        graph.read_table(&place("pt=20200101"), columns, true)
    });
    same_as_odps("odps_write", |graph| {
        let random = graph.rand(&[10, 3], 1);
        let frame = graph.frame_from_tensor(&random, None).unwrap();
        graph.write_table(&frame, &place("pt=1"), true).unwrap()
    });
}
