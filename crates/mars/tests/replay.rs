//! The recorded exchanges with a real cluster, through every call in both directions.

#![expect(
    clippy::unwrap_used,
    reason = "a recording that cannot be read is a failed test"
)]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use mars::Error;
use mars::v04::console::{Events, Graph, Kind, Schedulers, Sessions, Told};
use mars::v04::serialized::{Value, decode};
use mars::v04::session::*;
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::path::PathBuf;
use wire::{Call, Reply, Request, Response, Service, Target};

fn recorded(name: &str) -> Json {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/http");
    let text = fs::read_to_string(folder.join(format!("http_{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

type Pairs = BTreeMap<String, String>;

fn pairs(json: &Json) -> Pairs {
    let object = json.as_object().into_iter().flatten();
    object
        .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
        .collect()
}

fn decoded(text: &str) -> Pairs {
    let piece = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            pair.split_once('=')
                .map(|(k, v)| (piece(k), piece(v)))
                .unwrap()
        })
        .collect()
}

/// The request as requests' client sends it.
fn request(exchange: &Json) -> Request {
    let recorded = &exchange["request"];
    let encode = |pairs: Pairs| {
        let piece = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
                .to_string()
        };
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(k, v)| format!("{}={}", piece(k), piece(v)))
            .collect();
        pairs.join("&")
    };
    let query = encode(pairs(&recorded["query"]));
    let path = recorded["path"].as_str().unwrap();
    let form = encode(pairs(&recorded["form"]));
    http::Request::builder()
        .method(recorded["method"].as_str().unwrap())
        .uri(if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        })
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Bytes::from(form))
        .unwrap()
}

fn body(exchange: &Json) -> Bytes {
    let recorded = &exchange["response"];
    if let Some(text) = recorded["body_base64"].as_str() {
        return Bytes::from(STANDARD.decode(text).unwrap());
    }
    match (&recorded["body_json"], recorded["body_text"].as_str()) {
        (Json::Null, text) => Bytes::from(text.unwrap_or_default().to_owned()),
        (json, _) => Bytes::from(json.to_string()),
    }
}

fn response(exchange: &Json) -> Response {
    let status = u16::try_from(exchange["response"]["status"].as_u64().unwrap()).unwrap();
    http::Response::builder()
        .status(status)
        .body(body(exchange))
        .unwrap()
}

/// Reads the request, writes it again, compares the two, and reads the response.
fn replay<C>(name: &str) -> (C, Result<C::Reply, Error>)
where
    C: Call<Error = Error> + PartialEq + Debug,
{
    let exchange = recorded(name);
    let received = request(&exchange);
    let call = C::from_request(&received).unwrap();
    let sent = call.to_request(&Target {
        project: "p".into(),
    });
    assert_eq!(sent.method(), received.method(), "{name}");
    assert_eq!(sent.uri().path(), received.uri().path(), "{name}");
    assert_eq!(
        canonical(decoded(sent.uri().query().unwrap_or_default())),
        canonical(pairs(&exchange["request"]["query"])),
        "{name}"
    );
    let form = decoded(std::str::from_utf8(sent.body()).unwrap());
    assert_eq!(form, pairs(&exchange["request"]["form"]), "{name}");
    assert_eq!(C::from_request(&sent).unwrap(), call, "{name}");
    assert_eq!(call.service(), Service::Mars(String::new()));
    let reply = call.from_response(response(&exchange));
    (call, reply)
}

/// The slices are JSON: spaces between its signs mean nothing.
fn canonical(mut pairs: Pairs) -> Pairs {
    if let Some(slices) = pairs.get_mut("slices") {
        // The pickle of None has two spellings.
        let text = slices.replace("gANOLg==", "Ti4=");
        *slices = serde_json::from_str::<Json>(&text).unwrap().to_string();
    }
    pairs
}

/// A good answer, which the server's side writes as it was recorded.
fn good<C>(name: &str) -> C::Reply
where
    C: Call<Error = Error> + PartialEq + Debug,
    C::Reply: Clone,
{
    let (_, reply) = replay::<C>(name);
    let reply = reply.unwrap();
    let written = reply.clone().into_response();
    assert_eq!(written.status(), 200, "{name}");
    let want = body(&recorded(name));
    match serde_json::from_slice::<Json>(&want) {
        Ok(mut json) => {
            // The pickled exception is for Python alone.
            json.as_object_mut().map(|object| object.remove("exc_info"));
            assert_eq!(
                serde_json::from_slice::<Json>(written.body()).unwrap(),
                json,
                "{name}"
            );
        }
        Err(_) => assert_eq!(written.body(), &want, "{name}"),
    }
    reply
}

fn bad<C>(name: &str) -> (u16, String, Option<String>)
where
    C: Call<Error = Error> + PartialEq + Debug,
    C::Reply: Debug,
{
    match replay::<C>(name).1 {
        Err(Error::Status {
            status,
            message,
            trace,
            ..
        }) => (status, message, trace),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn probes_and_workers() {
    assert_eq!(good::<Probe>("01_api").msg, "Mars API Entry");
    assert_eq!(good::<WorkerCount>("02_worker_count"), Count(2));
    let workers = good::<Workers>("03_worker_meta").workers;
    let first = &workers[0];
    assert_eq!(first.endpoint, "127.0.0.1:27110");
    assert_eq!(first.memory_total, Some(25_276_514_304));
    assert_eq!(first.memory_used, Some(5_497_434_112));
    assert_eq!(first.cpu_total, Some(4.0));
    assert_eq!(first.cached_total, Some(535_797_170));
    assert!(first.slots.contains_key("cpu") && first.update_time.is_some());
    assert_eq!(
        good::<Workers>("71_worker_meta_two_workers").workers.len(),
        2
    );
}

#[test]
fn sessions() {
    let created = good::<SessionCreate>("04_session_create");
    assert_eq!(created.session_id, "3350c08668907488e423618ac0e397be");
    assert_eq!(created.arrow_compatible, None);
    good::<SessionCreate>("05_session_create_no_pyver");
    let (status, message, _) = bad::<SessionCreate>("06_session_create_py2");
    assert_eq!(
        (status, message.as_str()),
        (400, "400: Python version not consistent")
    );
    assert_eq!(bad::<SessionCreate>("07_session_create_bad_pyver").0, 400);
    good::<SessionCheck>("08_session_head_exists");
    assert_eq!(bad::<SessionCheck>("09_session_head_missing").0, 404);
    good::<SessionDelete>("50_session_delete");
    good::<SessionDelete>("51_session_delete_unknown");
}

#[test]
fn the_session_that_this_client_opens() {
    let call = SessionCreate::new("i");
    let request = call.to_request(&Target {
        project: "p".into(),
    });
    // As PyODPS 0.9 on Python 3.7 sent it through the proxy.
    assert_eq!(request.body().as_ref(), b"pyver=3.7.16");
    assert_eq!(call.service(), Service::Mars("i".into()));
}

#[test]
fn later_releases_agree_on_versions() {
    let text = r#"{"session_id": "s", "arrow_compatible": true, "pickle_protocol": 4}"#;
    let response = http::Response::new(Bytes::from(text));
    let created = SessionCreate::new("i").from_response(response).unwrap();
    assert_eq!(
        (created.arrow_compatible, created.pickle_protocol),
        (Some(true), Some(4))
    );
}

#[test]
fn graphs() {
    for name in [
        "11_submit_rand_sum",
        "18_submit_rand_chunked",
        "29_submit_df_plus1_iloc6",
        "31_submit_groupby_agg",
        "34_submit_fetch_then_sum",
        "36_submit_will_fail",
        "39_submit_bad_json",
        "57_submit_runtime_failure",
    ] {
        assert_eq!(good::<GraphSubmit>(name).graph_key.len(), 32, "{name}");
    }
    let (status, message, trace) = bad::<GraphSubmit>("40_submit_unknown_session");
    assert_eq!(status, 500);
    let trace = trace.unwrap();
    assert!(trace.starts_with("Traceback") && trace.contains(&message) && !message.is_empty());
    let missing = request(&recorded("38_submit_missing_target"));
    assert!(matches!(
        GraphSubmit::from_request(&missing),
        Err(Error::Request { .. })
    ));
    assert_eq!(bad::<GraphCancel>("43_cancel_unknown").0, 404);
    good::<GraphCancel>("42_cancel_finished");
    good::<GraphCancel>("67_cancel_running");
}

#[test]
fn states_of_a_graph() {
    assert_eq!(good::<GraphState>("12_poll_short").state, State::Running);
    assert_eq!(good::<GraphState>("13_wait").state, State::Succeeded);
    let rejected = good::<GraphState>("37_failed_at_tile_stage");
    assert!(rejected.rejected(false) && !rejected.rejected(true) && !rejected.state.is_over());
    let failed = good::<GraphState>("58_failed_with_exc_info");
    assert_eq!(failed.state, State::Failed);
    assert!(
        failed.message().unwrap().contains("Error"),
        "{:?}",
        failed.message()
    );
    assert_eq!(bad::<GraphState>("41_graph_unknown").0, 500);
    good::<GraphState>("68_state_after_cancel");
    assert_eq!(good::<GraphState>("69_state_later").state, State::Cancelled);
    let unasked = request(&recorded("16_poll_without_wait_timeout"));
    assert!(matches!(
        GraphState::from_request(&unasked),
        Err(Error::Request { .. })
    ));
}

#[test]
fn lists_of_graphs() {
    let graphs = good::<GraphList>("17_graph_list").graphs;
    assert_eq!(graphs[0].state, State::Succeeded);
    assert_eq!(graphs[0].graph_size, Some(1));
    let running = good::<GraphList>("60_graph_list_with_failed").graphs;
    assert_eq!(
        (running[0].end_time, running[0].graph_size),
        (None, Some(1))
    );
}

#[test]
fn shapes() {
    assert_eq!(good::<NSplits>("15_nsplits_scalar").shape(), Some(vec![]));
    assert_eq!(good::<NSplits>("19_nsplits").shape(), Some(vec![20, 6]));
    assert_eq!(
        good::<NSplits>("33_nsplits_groupby").shape(),
        Some(vec![3, 2])
    );
}

#[test]
fn fetches() {
    let value = |name: &str| decode(&good::<DataFetch>(name).0).unwrap();
    let whole = value("20_fetch_full_gzip");
    assert_eq!(whole, value("21_fetch_lz4"));
    assert_eq!(whole, value("22_fetch_both"));
    assert_eq!(whole, value("23_fetch_nocomp"));
    let shape = |value: &Value| match value {
        Value::Array(array) => array.shape.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(shape(&whole), [20, 6]);
    assert_eq!(shape(&value("24_fetch_slices")), [3, 2]);
    assert_eq!(shape(&value("27_fetch_int_index")), [2]);
    assert!(matches!(value("14_fetch_scalar"), Value::Float(_)));
    assert!(matches!(value("30_fetch_df"), Value::Frame(_)));
    assert!(matches!(value("32_fetch_groupby"), Value::Frame(_)));
    value("35_fetch_sum");
    for name in [
        "28_fetch_unknown_key",
        "45_fetch_after_delete",
        "59_fetch_of_failed",
    ] {
        assert_eq!(bad::<DataFetch>(name).0, 500, "{name}");
    }
    let zstd = request(&recorded("25_fetch_bad_compression"));
    assert!(matches!(
        DataFetch::from_request(&zstd),
        Err(Error::Request { .. })
    ));
    let typed = request(&recorded("26_fetch_unknown_type"));
    assert!(DataFetch::from_request(&typed).is_err() && NSplits::from_request(&typed).is_err());
    good::<DataDelete>("44_delete_data");
}

#[test]
fn what_is_under_another_path_is_refused() {
    let exchange = recorded("10_session_list_not_allowed");
    let listed = request(&exchange);
    assert!(SessionCreate::from_request(&listed).is_err());
    assert!(SessionCheck::from_request(&listed).is_err());
    assert!(Probe::from_request(&listed).is_err());
}

#[test]
fn a_page_of_rows_is_asked_for_by_slices() {
    let mut call = DataFetch::new("i", "s", "g", "t");
    call.slices = Some(rows_of_frame(100..200));
    let request = call.to_request(&Target {
        project: "p".into(),
    });
    let query = decoded(request.uri().query().unwrap());
    let slices: Json = serde_json::from_str(&query["slices"]).unwrap();
    let items = slices["indexes"]["value"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(items[0]["value"]["start"]["value"], 100);
    assert_eq!(items[0]["value"]["stop"]["value"], 200);
    assert_eq!(items[1]["value"]["stop"]["type"], "object");
    assert_eq!(query["serial_type"], "arrow");
}

/// The facts that the warehouse's engine tells beyond the API.
fn facts<C, T>(name: &str) -> T
where
    C: Call<Error = Error, Reply = Told<T>> + PartialEq + Debug,
    Told<T>: Reply + Clone,
{
    good::<C>(name).facts().unwrap()
}

#[test]
fn what_the_engine_tells_more() {
    let scheduler = facts::<Schedulers, _>("72_console_scheduler");
    assert_eq!(scheduler.version.as_deref(), Some("0.4.0rc1"));
    assert_eq!(scheduler.schedulers[0].cpu_total, Some(2));
    assert!(scheduler.schedulers[0].memory_used.is_some());
    let sessions = facts::<Sessions, _>("73_console_sessions").sessions;
    assert!(sessions[0].created < sessions[0].graphs[0].start_time);
    let [done, running] = sessions[0].graphs.as_slice() else {
        panic!("{sessions:?}");
    };
    assert_eq!((&done.state, done.done), (&State::Succeeded, done.total));
    assert_eq!((&running.state, running.end_time), (&State::Running, None));
    let graph = facts::<Graph, _>("74_console_graph");
    assert_eq!(graph.row.key, running.key);
    let sum: u64 = graph.kinds.iter().map(Kind::total).sum();
    assert_eq!(Some(sum), graph.row.total);
    let runs: u64 = graph
        .kinds
        .iter()
        .map(|kind| kind.count(&["RUNNING"]))
        .sum();
    assert_eq!(Some(runs), graph.running_count);
    assert!(graph.running.iter().all(|node| node.worker.is_some()));
    let events = facts::<Events, _>("76_console_events");
    assert!(events.events.iter().any(|event| event.kind == "CPU_CALC"));
    assert!(
        events
            .events
            .iter()
            .all(|event| Some(event.start) < event.end)
    );
}

#[test]
fn an_engine_that_tells_no_more_is_told_from_a_graph_that_is_gone() {
    let absent = replay::<Schedulers>("77_console_not_there").1.unwrap();
    assert_eq!(absent, Told::Absent);
    assert_eq!(absent.into_response().status(), 404);
    let call = Sessions {
        instance: "i".into(),
    };
    let mut proxys_own = http::Response::new(Bytes::from("<Error/>"));
    *proxys_own.status_mut() = http::StatusCode::NOT_FOUND;
    let xml = http::HeaderValue::from_static("application/xml");
    proxys_own.headers_mut().insert("content-type", xml);
    assert!(call.from_response(proxys_own).is_err());
    assert_eq!(bad::<Graph>("75_console_graph_gone").0, 410);
}

#[test]
fn odd_facts_are_skipped() {
    let text = r#"{"sessions": [7, {"id": 3}, {"id": "s", "graphs": [{}, {"key": "k", "state": 1,
        "graph_size": -2, "done": "x"}]}]}"#;
    let call = Sessions {
        instance: "i".into(),
    };
    let read = call.from_response(http::Response::new(Bytes::from(text)));
    let sessions = read.unwrap().facts().unwrap().sessions;
    let graph = &sessions[0].graphs[0];
    assert_eq!((sessions.len(), graph.key.as_str()), (1, "k"));
    assert_eq!((graph.graph_size, graph.done), (None, None));
    let list = call.from_response(http::Response::new(Bytes::from("[]")));
    assert!(matches!(list, Err(Error::Malformed { .. })));
}
