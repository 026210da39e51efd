//! What an editor shows: errors that do not follow from each other, hints, facts, completion.

use script::{Ast, Cell, Completion, ItemKind, Looked, Operator, Project, complete, look};

fn project() -> Project {
    let columns = [("city", "string"), ("sales", "bigint"), ("order", "double")];
    let columns = columns.map(|(name, kind)| (name.to_owned(), kind.to_owned()));
    Project {
        name: "p".to_owned(),
        endpoint: "http://here/mars/1/".to_owned(),
        tables: [("t".to_owned(), columns.to_vec())].into(),
    }
}

fn looked(text: &str) -> Looked {
    look(&[], text, &project())
}

/// Completes at the bar in the text.
fn after(before: &str, text: &str) -> Completion {
    let (left, right) = text.split_once('|').expect("a place");
    let ast: Ast = script::parse(before).0;
    let cells = [Cell { ast: &ast, seed: 0 }];
    let text = format!("{left}{right}");
    complete(&cells, &text, left.len(), &project()).expect("something follows")
}

fn labels(before: &str, text: &str) -> Vec<String> {
    let items = after(before, text).items.into_iter();
    items.map(|item| item.label).collect()
}

#[test]
fn hints_tell_kind_type_and_shape() {
    let text = "a = mt.ones((3, 4))\nn = 3\ndf = o.to_mars_dataframe('t')\ndf['sales'] + 1\na.T";
    let hints = looked(text).hints;
    let said: Vec<(u32, &str)> = hints.iter().map(|h| (h.at.line, h.said.as_str())).collect();
    assert_eq!(
        said,
        [
            (1, "tensor float64 (3, 4)"),
            (3, "DataFrame (?, 3)"),
            (4, "Series int64 (?,)"),
            (5, "tensor float64 (4, 3)"),
        ]
    );
}

#[test]
fn a_mistake_is_said_once_and_the_rest_is_understood() {
    let found = looked("a = mt.oness(3)\nb = a + 1\nc = mt.ones(5)\nd = mt.zeros(4) + c\ne");
    let errors: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        errors,
        [
            "1:8: mt has no oness; perhaps ones",
            "4:5: +: shapes (4,) and (5,) do not fit together",
            "5:1: name e is not defined",
        ]
    );
    assert_eq!(found.hints.len(), 1);
}

#[test]
fn a_line_that_cannot_be_read_may_have_given_any_name() {
    let found = looked("a = mt.ones(3\nb + a");
    assert_eq!(found.errors.len(), 1, "{:?}", found.errors);
    let found = looked("for x in y: pass\nx + 1\nmt.onse(3)");
    let errors: Vec<u32> = found.errors.iter().map(|error| error.at.line).collect();
    assert_eq!(errors, [1, 3]);
}

#[test]
fn unknown_columns_and_tables_are_marked_where_they_stand() {
    let text = "df = o.to_mars_dataframe('t')\ndf[['city', 'sale']]\no.to_mars_dataframe('u')";
    let found = looked(text);
    let marked: Vec<&str> = found
        .errors
        .iter()
        .map(|e| &text[e.at.start..e.at.end])
        .collect();
    assert!(marked[0].contains("'sale'"), "{marked:?}");
    assert_eq!(marked[1], "'u'");
    assert!(found.errors[0].to_string().contains("perhaps sales"));
}

#[test]
fn a_word_tells_its_operator_and_its_value() {
    let text = "df = o.to_mars_dataframe('t')\nx = df.groupby('city').agg({'sales': 'sum'})\nmt.ones(3).sum()";
    let found = looked(text);
    let fact = |word: &str| {
        let at = text.rfind(word).expect("the word");
        found.at(at).unwrap_or_else(|| panic!("nothing of {word}"))
    };
    let name = |fact: &script::Fact| {
        fact.operator
            .map(|(operator, _): (&Operator, _)| operator.name)
    };
    assert_eq!(name(fact("agg")), Some("agg"));
    assert!(
        fact("agg").value.starts_with("DataFrame"),
        "{}",
        fact("agg").value
    );
    assert_eq!(fact("agg").parts[0], "sales: int64");
    assert_eq!(name(fact("sum(")), Some("sum"));
    assert_eq!(fact("sum(").value, "tensor float64 ()");
    assert_eq!(name(fact("ones")), Some("ones"));
    assert_eq!(fact("df.groupby").parts[0], "city: object");
    assert_eq!(fact("mt.").value, "module mars.tensor");
    assert!(found.at(text.find('=').expect("=")).is_none());
}

#[test]
fn a_dot_offers_what_the_value_has() {
    let tensor = labels("", "mt.ones(3).|");
    assert!(tensor.contains(&"mean".to_owned()) && tensor.contains(&"T".to_owned()));
    assert!(!tensor.contains(&"groupby".to_owned()));
    let random = labels("", "a = mt.random.ra|");
    assert!(random.contains(&"rand".to_owned()) && !random.contains(&"mean".to_owned()));
    let frame = labels("df = o.to_mars_dataframe('t')", "df.|");
    assert!(frame.contains(&"city".to_owned()) && frame.contains(&"head".to_owned()));
    let text = labels("df = o.to_mars_dataframe('t')", "df.city.str.|");
    assert!(text.contains(&"upper".to_owned()), "{text:?}");
    let groups = labels("df = o.to_mars_dataframe('t')", "df.groupby('city').|");
    assert!(groups.contains(&"agg".to_owned()) && !groups.contains(&"head".to_owned()));
}

#[test]
fn a_bracket_offers_columns_and_a_call_its_arguments() {
    let before = "df = o.to_mars_dataframe('t')";
    let found = after(before, "df['ci|");
    assert_eq!(found.from, 4);
    let columns: Vec<&str> = found.items.iter().map(|item| item.label.as_str()).collect();
    assert_eq!(columns, ["city", "sales", "order"]);
    assert!(found.items.iter().all(|item| item.kind == ItemKind::Column));
    assert_eq!(found.items[1].detail, "int64");
    assert_eq!(
        labels(before, "df.groupby('|')"),
        ["city", "sales", "order"]
    );
    assert!(labels("", "mt.random.rand(3).sum(ax|").contains(&"axis=".to_owned()));
    assert!(after("", "o.to_mars_dataframe('|").tables);
    assert!(!after("", "print('|").tables);
    assert_eq!(labels("", "x = 'mt.|'"), [""; 0]);
}

#[test]
fn names_of_this_cell_and_of_those_before_are_offered() {
    let found = after("big = mt.ones((2, 3))", "small = big.sum()\nsm|");
    let of = |name: &str| found.items.iter().find(|item| item.label == name);
    assert_eq!(
        of("big").map(|item| item.detail.as_str()),
        Some("tensor float64 (2, 3)")
    );
    assert_eq!(
        of("small").map(|item| item.detail.as_str()),
        Some("tensor float64 ()")
    );
    assert_eq!(of("mt").map(|item| item.kind), Some(ItemKind::Module));
    assert!(of("mt.random").is_none());
    assert_eq!(found.from, "small = big.sum()\n".len());
}

#[test]
fn every_operator_is_offered_where_its_owner_is() {
    let found = after("", "mt.|").items;
    for operator in script::Owner::Mt.operators() {
        let item = found.iter().find(|item| item.label == operator.name);
        assert_eq!(
            item.map(|item| item.help),
            Some(operator.help),
            "{}",
            operator.name
        );
    }
}

#[test]
fn nothing_panics_at_any_place() {
    let text = "import mars.tensor as mt\ndf = o.to_mars_dataframe('t') # 注释 mt.\nx = df[['city', \"sales\"]].groupby(['city'])['sales'].agg({'sales': 'sum'})\nt = mt.ones((3, 4), dtype='f4')[1:, ::-1] @ -mt.eye(4)\nprint(x, t.T.sum(axis=0).mean(), 'é\\n', \"\"\"a\nb\"\"\")";
    for at in 0..=text.len() {
        let _ = complete(&[], text, at, &project());
        if let Some(part) = text.get(..at) {
            let found = looked(part);
            for error in &found.errors {
                assert!(
                    part.get(error.at.start..error.at.end.min(part.len()))
                        .is_some()
                );
            }
        }
    }
}
