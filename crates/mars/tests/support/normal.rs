//! A form of graphs in which keys, ids, random states and spellings of nothing do not matter.

use serde_json::{Map, Value as Json, json};
use std::fs;
use std::path::PathBuf;

/// Where the recorded graphs are, for the crates beside this one too.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../mars/tests/data/graphs"
    ))
}

fn recorded(name: &str) -> Json {
    let folder = folder();
    let text = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A recorded graph that was written by hand.
pub(crate) fn hand(name: &str) -> Json {
    let document = recorded(&format!("hand_{name}"));
    let target = document["target"].as_str().unwrap().to_owned();
    normal(&document["graph"].to_string(), &target)
}

/// A recorded graph of the library; its target is what no operand takes in.
pub(crate) fn library(name: &str) -> Json {
    let mut graphs = targets(&format!("graph_{name}"));
    let mut graph = graphs.swap_remove(0);
    forget_data(&mut graph);
    graph
}

/// The targets of a recorded graph, whoever wrote it, each as a tree.
pub(crate) fn targets(file: &str) -> Vec<Json> {
    let document = recorded(file);
    if let Some(target) = document["target"].as_str() {
        return vec![normal(&document["graph"].to_string(), target)];
    }
    let nodes = document["node"].as_array().unwrap();
    let inputs: Vec<&str> = nodes
        .iter()
        .flat_map(|node| keys(&node["value"]["inputs"]))
        .collect();
    let outputs = nodes
        .iter()
        .flat_map(|node| keys(&node["value"]["outputs"]));
    outputs
        .filter(|key| !inputs.contains(key))
        .map(|target| normal(&document.to_string(), target))
        .collect()
}

fn keys(list: &Json) -> Vec<&str> {
    let items = list["value"].as_array().into_iter().flatten();
    items
        .map(|reference| reference["value"][0].as_str().unwrap())
        .collect()
}

/// Literal data travel as a pickle here and as an Arrow payload from the library.
pub(crate) fn forget_data(graph: &mut Json) {
    if let Some(operand) = graph["op"]["fields"].as_object_mut()
        && operand.contains_key("data")
    {
        operand.insert("data".into(), json!("data"));
    }
    for input in graph["inputs"].as_array_mut().into_iter().flatten() {
        forget_data(input);
    }
}

/// A target as a tree: its data, its operand, its inputs.
pub(crate) fn normal(graph: &str, target: &str) -> Json {
    let document: Json = serde_json::from_str(graph).unwrap();
    assert_eq!(document["level"], 1);
    let nodes = document["node"].as_array().unwrap();
    // Every reference must lead to an entry with the same key and id.
    let entry = |key: &Json, id: &Json| {
        let fits = |node: &&Json| &node["value"]["key"] == key && &node["value"]["id"] == id;
        nodes
            .iter()
            .find(fits)
            .unwrap_or_else(|| panic!("nothing at {key}"))
    };
    let is_target =
        |node: &&Json| node["value"]["key"] == *target && node["value"].get("op").is_some();
    let data = nodes.iter().find(is_target).unwrap();
    tree(data, &entry)
}

fn tree<'j>(data: &'j Json, entry: &impl Fn(&Json, &Json) -> &'j Json) -> Json {
    let value = &data["value"];
    let operand = entry(&value["op"]["value"][0], &value["op"]["value"][1]);
    let inputs: Vec<&Json> = operand["value"]["inputs"]["value"]
        .as_array()
        .unwrap()
        .iter()
        .collect();
    let trees: Vec<Json> = inputs
        .iter()
        .map(|reference| tree(entry(&reference["value"][0], &reference["value"][1]), entry))
        .collect();
    let skip = ["key", "id", "op", "inputs", "outputs", "type"];
    let fields = |json: &Json| {
        let fields = json
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, value)| !skip.contains(&name.as_str()) && !is_nothing(name, value));
        let fields = fields.map(|(name, value)| (name.clone(), field(name, value, &inputs)));
        Json::Object(fields.collect::<Map<_, _>>())
    };
    json!({
        "type_id": data["type_id"],
        "fields": fields(value),
        "op": {
            "type_id": operand["type_id"],
            "type": operand["value"]["type"],
            "fields": fields(&operand["value"]),
        },
        "inputs": trees,
    })
}

/// What may as well be left out.
fn is_nothing(name: &str, value: &Json) -> bool {
    let empty_dict = value["type"] == "dict" && value["value"] == json!([]);
    // The library notes the shape of a source in its operand, as null.
    let shape_only = value["type"] == "dict" && value["value"] == json!([["shape", null]]);
    value.is_null()
        || empty_dict
        || (name == "extra_params" && shape_only)
        || (matches!(name, "gpu" | "sparse") && *value == json!(false))
}

fn field(name: &str, value: &Json, inputs: &[&Json]) -> Json {
    match name {
        "state" => json!("a state"),
        "index_value" | "columns_value" => index(value),
        _ => inner(value, inputs),
    }
}

/// References become numbers of inputs, None has one spelling.
fn inner(value: &Json, inputs: &[&Json]) -> Json {
    if value["type"] == "key" {
        let at = inputs.iter().position(|input| *input == value).unwrap();
        return json!(format!("input {at}"));
    }
    match value {
        Json::String(text) if text == "gANOLg==" => json!("Ti4="),
        Json::Array(items) => items.iter().map(|item| inner(item, inputs)).collect(),
        Json::Object(members) => {
            let members = members
                .iter()
                .map(|(name, item)| (name.clone(), inner(item, inputs)));
            Json::Object(members.collect())
        }
        other => other.clone(),
    }
}

/// An index without its key; of one that only the run will tell, name and type are all there is.
fn index(value: &Json) -> Json {
    let (kind, body) = value.as_object().unwrap().iter().next().unwrap();
    let known = body.get("data").is_some() || body.get("slice").is_some();
    let facts: Map<String, Json> = body
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, value)| {
            let name = name.as_str();
            !value.is_null()
                && !matches!(name, "key" | "should_be_monotonic")
                && (known || matches!(name, "dtype" | "name" | "names"))
        })
        .map(|(name, value)| (name.clone(), inner(value, &[])))
        .collect();
    json!({ kind.as_str(): facts })
}
