//! Pasted calls, good and bad.

use super::*;

fn spec(text: &str) -> Spec {
    parse_pyodps_call(text).unwrap().spec
}

fn error(text: &str) -> (PasteErrorKind, u32, u32) {
    let error = parse_pyodps_call(text).unwrap_err();
    (error.kind, error.at.line, error.at.column)
}

#[test]
fn the_guide_is_read_with_and_without_client() {
    let guide = Spec::guide();
    assert_eq!(
        spec("client = o.create_mars_cluster(5, 4, 16, min_worker_num=3)"),
        guide
    );
    assert_eq!(spec("o.create_mars_cluster(5, 4, 16, None, 1, 3)"), guide);
    assert_eq!(
        spec("create_mars_cluster( 5,4,16.0,\n  min_worker_num = 3, # usable\n)"),
        guide
    );
}

#[test]
fn what_stands_around_the_call_does_not_matter() {
    let text = "from odps import ODPS\n# create_mars_cluster below\no = ODPS('a', 'b')\n\
                client = o.create_mars_cluster(worker_num=2, worker_cpu=1, worker_mem=4)\n\
                print(client.endpoint)";
    let wanted = Spec {
        worker_num: 2,
        worker_cpu: 1,
        worker_mem: 4,
        ..Spec::default()
    };
    assert_eq!(spec(text), wanted);
}

#[test]
fn texts_and_lists_are_read() {
    let read = spec(
        r#"o.create_mars_cluster(1, 1, 4, resources=["p.a.zip", 'p.b.zip'],
           module_path=('m',), mars_app_image=u'i', proxy_endpoint='h:1', running_cluster=None)"#,
    );
    assert_eq!(read.resources, ["p.a.zip", "p.b.zip"]);
    assert_eq!(read.module_path, ["m"]);
    assert_eq!(read.mars_app_image.as_deref(), Some("i"));
    assert_eq!(read.proxy_endpoint.as_deref(), Some("h:1"));
    assert_eq!(read.running_cluster, None);
    assert_eq!(
        spec("create_mars_cluster(module_path='a.b')").module_path,
        ["a.b"]
    );
}

#[test]
fn an_instance_id_means_attach() {
    let pasted = parse_pyodps_call("o.create_mars_cluster(instance_id='2026gabc')").unwrap();
    assert_eq!(pasted.instance.as_deref(), Some("2026gabc"));
}

#[test]
fn arguments_of_later_generations_are_named() {
    let text = "o.create_mars_cluster(1, with_notebook=True, name='x', extra_env={'a': f(1, 2)})";
    let pasted = parse_pyodps_call(text).unwrap();
    let place = Place {
        offset: 25,
        line: 1,
        column: 26,
    };
    let first = LeftOut {
        name: "with_notebook".to_owned(),
        at: place,
        instead: Instead::Notebook,
    };
    let [notebook, env] = &pasted.left_out[..] else {
        panic!("two are left out: {:?}", pasted.left_out)
    };
    assert_eq!(notebook, &first);
    assert_eq!(
        (env.name.as_str(), env.instead),
        ("extra_env", Instead::NoSuchPart)
    );
    assert_eq!(pasted.spec.name.as_deref(), Some("x"));
}

#[test]
fn arguments_that_were_renamed_are_taken_over() {
    let text = "create_mars_cluster(2, supervisor_num=3, extra_modules=['m'], image='i')";
    let pasted = parse_pyodps_call(text).unwrap();
    assert_eq!(pasted.spec.scheduler_num, 3);
    assert_eq!(pasted.spec.module_path, ["m"]);
    assert_eq!(pasted.spec.mars_app_image.as_deref(), Some("i"));
    assert_eq!(
        pasted.renamed.first(),
        Some(&("supervisor_num".to_owned(), Field::SchedulerNum))
    );
    assert_eq!(pasted.left_out, []);
    let twice = PasteErrorKind::Repeated("supervisor_num".into());
    let text = "create_mars_cluster(scheduler_num=1, supervisor_num=3)";
    assert_eq!(error(text), (twice, 1, 38));
}

#[test]
fn what_is_not_told_is_what_later_clients_add() {
    let read = |text| {
        let spec = spec(text);
        (spec.name, spec.if_exists)
    };
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(read("create_mars_cluster(1)"), (None, IfExists::Ignore));
    assert_eq!(
        read("create_mars_cluster(1, name='x')"),
        (name("x"), IfExists::Reuse)
    );
    assert_eq!(
        read("create_mars_cluster(if_exists='raise')"),
        (name("default"), IfExists::Raise)
    );
    let kind = PasteErrorKind::BadValue {
        field: Field::IfExists,
        rule: Rule::NotAChoice,
    };
    assert_eq!(
        error("create_mars_cluster(if_exists='maybe')"),
        (kind, 1, 31)
    );
}

#[test]
fn a_value_that_is_not_used_must_still_end() {
    use PasteErrorKind as Kind;
    assert_eq!(error("create_mars_cluster(x=[1, (2)").0, Kind::CutOff);
    assert_eq!(error("create_mars_cluster(x=)").0, Kind::ExpectedValue);
    assert_eq!(error("create_mars_cluster(x='a").0, Kind::UnclosedText);
    let odd = parse_pyodps_call("create_mars_cluster(x=T(')', b), worker_num=3)").unwrap();
    assert_eq!(odd.spec.worker_num, 3);
}

#[test]
fn errors_have_their_place() {
    use PasteErrorKind as Kind;
    assert_eq!(error("o.create_cluster(1)"), (Kind::NoCall, 1, 20));
    assert_eq!(error("create_mars_cluster(5, 4"), (Kind::CutOff, 1, 25));
    assert_eq!(
        error("create_mars_cluster(5 4)"),
        (Kind::ExpectedComma, 1, 23)
    );
    assert_eq!(
        error("create_mars_cluster(n)"),
        (Kind::ExpectedValue, 1, 21)
    );
    assert_eq!(
        error("create_mars_cluster(\n  'x)"),
        (Kind::UnclosedText, 2, 3)
    );
    assert_eq!(
        error("create_mars_cluster(worker_num=1, 2)"),
        (Kind::PositionalAfterKeyword, 1, 35)
    );
    let twice = Kind::Repeated("worker_num".into());
    assert_eq!(
        error("create_mars_cluster(1, worker_num=2)"),
        (twice, 1, 24)
    );
    let kind = Kind::BadValue {
        field: Field::WorkerNum,
        rule: Rule::WrongKind,
    };
    assert_eq!(error("create_mars_cluster('a')"), (kind, 1, 21));
    let kind = Kind::BadValue {
        field: Field::WorkerCpu,
        rule: Rule::NotWhole,
    };
    assert_eq!(error("create_mars_cluster(1, 1.5)"), (kind, 1, 24));
    assert_eq!(
        error("create_mars_cluster(1,1,2,1,1,1,[],[],1,'i',9)"),
        (Kind::TooMany { most: 10 }, 1, 45)
    );
}
