//! Every recorded exchange goes through its call in both directions: the request is read and
//! written again as it was, the response is read, written and read again.

use std::collections::BTreeMap;
use std::fmt::Debug;

use http::header::CONTENT_TYPE;
use odps::tunnel::preview::Preview;
use odps::tunnel::{download, upload};
use odps::{Error, authorization, instances, projects, resources, tables};
use wire::{Call, Reply, Request, Service};

use crate::recording::{Exchange, Recording, all, load, target};

/// Requests that no call is for. A server may answer them as it likes; they must be told apart.
fn is_beyond(exchange: &Exchange) -> bool {
    let uri = exchange.request.uri();
    let query = uri.query().unwrap_or_default();
    let actions = ["log", "instancequota", "info", "rIsPart", "rOpMerge"];
    let action = |item: &str| actions.contains(&item.split('=').next().unwrap_or_default());
    let path = uri.path();
    exchange.service == "mars-web"
        || ["/tenants", "/catalogapi"].contains(&path)
        || path.ends_with("/logs")
        || exchange.request.method() == "HEAD"
        || query.split('&').any(action)
        || (path == "/projects/vec_project" && query.starts_with("extended"))
        || (path.ends_with("/resources") && exchange.request.method() == "GET")
}

/// Tries one call; gives its name if the request is one.
fn attempt<C>(recording: &Recording, exchange: &Exchange) -> Option<&'static str>
where
    C: Call<Error = Error> + Debug + PartialEq,
    C::Reply: Clone + Debug + PartialEq,
{
    let place = format!("{} seq {}", recording.name, exchange.seq);
    let call = match C::from_request(&exchange.request) {
        Ok(call) => call,
        Err(Error::OtherCall { .. }) => return None,
        Err(other) => panic!("{place}: {other}"),
    };
    let written = call.to_request(&target());
    assert_same_request(recording, exchange, &written, &place);
    assert_eq!(
        C::from_request(&written).expect("our own request"),
        call,
        "{place}"
    );
    let service = if exchange.service == "tunnel" {
        Service::Tunnel
    } else {
        Service::Odps
    };
    assert_eq!(call.service(), service, "{place}");

    match call.from_response(exchange.response.clone()) {
        Ok(reply) => {
            assert!(exchange.response.status().is_success(), "{place}");
            let again = call.from_response(reply.clone().into_response());
            assert_eq!(again.expect("our own response"), reply, "{place}");
        }
        Err(error) => {
            assert!(
                exchange.response.status().as_u16() >= 400,
                "{place}: {error}"
            );
            let written = if service == Service::Tunnel {
                error.clone().into_json_response()
            } else {
                error.clone().into_response()
            };
            assert_eq!(Error::from_response(&written), error, "{place}");
            assert!(
                error.request_id().is_some_and(|id| id.starts_with("STUB")),
                "{place}"
            );
        }
    }
    Some(std::any::type_name::<C>())
}

fn assert_same_request(recording: &Recording, exchange: &Exchange, written: &Request, place: &str) {
    let recorded = &exchange.request;
    assert_eq!(written.method(), recorded.method(), "{place}");
    assert_eq!(written.uri().path(), recorded.uri().path(), "{place}");
    assert_eq!(items(written), items(recorded), "{place}");
    assert_eq!(written.body(), recorded.body(), "{place}");
    // Session calls of the old client carry no version: there our requests are those of 0.13.
    if exchange.service == "tunnel" && recording.is_old_client() {
        return;
    }
    // The old client put the marker behind what is last otherwise.
    let query = recorded.uri().query().unwrap_or_default();
    if recording.is_old_client() && !query.contains("&marker=") {
        assert_eq!(written.uri(), recorded.uri(), "{place}");
    }
    assert_eq!(headers(written), headers(recorded), "{place}");
}

/// The query items by name, where an action is the same with and without its equals sign, without
/// the hint that the server may hold its answer and without what says nothing: later clients say of
/// every call of an upload session whether it is a reload, and repeat `create_partition` there.
fn items(request: &Request) -> Vec<(&str, &str)> {
    let query = request.uri().query().unwrap_or_default();
    let items = query
        .split('&')
        .map(|item| item.split_once('=').unwrap_or((item, "")));
    let mut items: Vec<_> = items
        .filter(|(name, _)| *name != "instancestatus" && *name != "reload")
        .filter(|(name, _)| *name != "create_partition" || request.method() != "GET")
        .collect();
    items.sort_unstable();
    items
}

/// The headers that mean something, without those of the sender.
fn headers(request: &Request) -> BTreeMap<&str, &[u8]> {
    let meant = |name: &str| {
        name == CONTENT_TYPE.as_str()
            || name == "content-disposition"
            || name.starts_with("odps-tunnel-")
            || (name.starts_with("x-odps-")
                && name != "x-odps-user-agent"
                && name != "x-odps-bearer-token")
    };
    let pairs = request
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()));
    pairs.filter(|(name, _)| meant(name)).collect()
}

#[test]
fn every_recorded_exchange() {
    let attempts: [fn(&Recording, &Exchange) -> Option<&'static str>; 30] = [
        attempt::<authorization::SignBearerToken>,
        attempt::<instances::Create>,
        attempt::<instances::Get>,
        attempt::<instances::List>,
        attempt::<instances::Stop>,
        attempt::<instances::TaskStatus>,
        attempt::<instances::TaskResult>,
        attempt::<instances::Source>,
        attempt::<instances::Detail>,
        attempt::<instances::Summary>,
        attempt::<instances::Progress>,
        attempt::<instances::Queue>,
        attempt::<projects::Get>,
        attempt::<projects::TunnelHost>,
        attempt::<projects::LogviewHost>,
        attempt::<resources::Create>,
        attempt::<resources::Get>,
        attempt::<resources::Delete>,
        attempt::<tables::List>,
        attempt::<tables::Get>,
        attempt::<tables::GetExtended>,
        attempt::<tables::Partitions>,
        attempt::<tables::GetPartition>,
        attempt::<download::Create>,
        attempt::<download::Read>,
        attempt::<upload::Create>,
        attempt::<upload::Reload>,
        attempt::<upload::Write>,
        attempt::<upload::Commit>,
        attempt::<Preview>,
    ];
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    // Most requests of `signing_…` were made up to try the signature: no call sends their parameters.
    for recording in all()
        .into_iter()
        .filter(|recording| !recording.name.starts_with("signing_"))
    {
        for exchange in &recording.exchanges {
            let mut names: Vec<_> = attempts
                .iter()
                .filter_map(|attempt| attempt(&recording, exchange))
                .collect();
            names.extend(attempt::<download::Reload>(&recording, exchange));
            let place = format!(
                "{} seq {}: {}",
                recording.name,
                exchange.seq,
                exchange.request.uri()
            );
            assert_eq!(
                names.len(),
                usize::from(!is_beyond(exchange)),
                "{place}: {names:?}"
            );
            for name in names {
                *seen.entry(name).or_default() += 1;
            }
        }
    }
    assert_eq!(
        seen.len(),
        attempts.len() + 1,
        "some call is in no recording: {seen:?}"
    );
}

#[test]
fn what_the_answers_say() {
    let recording = load("create_cluster_0.9_failed");
    let states = instances::TaskStatus { id: "i".into() }
        .from_response(recording.seq(7).response.clone())
        .expect("task states");
    assert_eq!(states.tasks[0].status, instances::TaskStatusWord::Failed);
    let results = instances::TaskResult { id: "i".into() }
        .from_response(recording.seq(8).response.clone())
        .expect("results");
    assert_eq!(
        results.tasks[0].text,
        "runTask failed: stub not enough resource"
    );

    let table = tables::Get {
        schema: None,
        table: "vec_table".into(),
    }
    .from_response(load("table_schema").seq(2).response.clone())
    .expect("a table");
    let columns: Vec<_> = table
        .schema
        .columns
        .iter()
        .map(|column| format!("{} {}", column.name, column.kind))
        .collect();
    assert_eq!(
        columns,
        [
            "id bigint",
            "name string",
            "score double",
            "flag boolean",
            "ts datetime",
            "price decimal(10,2)"
        ]
    );
    assert_eq!(
        (table.schema.record_num, table.schema.lifecycle),
        (Some(4), None)
    );

    let project = projects::Get
        .from_response(load("project_and_hosts").seq(2).response.clone())
        .expect("a project");
    assert_eq!(project.created, Some(1_767_225_600_000));
    assert_eq!(
        project.properties,
        [("odps.schema.model.enabled".to_owned(), "false".to_owned())]
    );
}

#[test]
fn mars_clusters_are_found_by_their_source() {
    let recording = load("list_mars_instances_0.12");
    let exchange = recording.exchanges.iter().find(|exchange| {
        exchange
            .request
            .uri()
            .query()
            .is_some_and(|q| q.starts_with("source"))
    });
    let source = instances::Source { id: "i".into() }
        .from_response(exchange.expect("a source").response.clone())
        .expect("a source");
    let task = &source.job.tasks[0];
    assert!(task.is_mars());
    assert_eq!(task.name, "MARS_TASK_c21f969b5f03d33d43e04f8f136e7682");
}

#[test]
fn a_plan_is_found_from_its_instance() {
    let recording = load("create_cluster_0.9");
    let create = instances::Create::from_request(&recording.seq(3).request).expect("an instance");
    let instances::Payload::Plan(text) = &create.job.tasks[0].payload else {
        panic!("a cluster has a plan");
    };
    let reference = odps::cupid::PlanReference::read(text).expect("a reference");
    let resource = resources::Create::from_request(&recording.seq(2).request).expect("a resource");
    assert_eq!(
        (reference.resource, reference.mode.as_str()),
        (resource.name, "eHasFuxiJob")
    );
    assert!(!resource.temp);
}

#[test]
fn the_logview_address() {
    let token = authorization::SignBearerToken::for_instance(
        "vec_project",
        "20260101000000001gstub0001",
        720,
    );
    let recording = load("create_cluster_0.9");
    let exchange = recording.seq(4);
    assert_eq!(token.to_request(&target()).body(), exchange.request.body());
    let reply = token
        .from_response(exchange.response.clone())
        .expect("a token");
    let host = projects::LogviewHost
        .from_response(recording.seq(1).response.clone())
        .expect("a host");
    let address = odps::logview::address(
        &host.0,
        "http://127.0.0.1:18765/api",
        "vec_project",
        "20260101000000001gstub0001",
        &reply.0,
    );
    assert_eq!(
        address.expose(),
        "http://logview.stub.test/logview/?h=http://127.0.0.1:18765/api&p=vec_project\
         &i=20260101000000001gstub0001&token=U1RVQi1CRUFSRVItVE9LRU4sMSwxNzY5ODE3NjAwLHN0dWI="
    );
    assert_eq!(
        authorization::token::expires_at(&reply.0),
        Some(1_769_817_600_000)
    );
}
