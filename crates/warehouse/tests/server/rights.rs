//! What SQL may touch: the role of the account in each project that a script names, and the policy of
//! the token that brought the script.

use crate::accounts::{alice, ask, bob, world};
use crate::world::{World, addressed, eventually};
use http::HeaderValue;
use odps::Error;
use odps::authorization::token;
use odps::instances::{Create, Get, Job, Status, Task, TaskResult};
use odps::sign::Account;
use odps::tunnel::download::{self, Source};
use serde_json::{Value, json};
use wire::{Call, Response, Service};

/// Runs a script in the name of an account and gives the text of its result.
async fn run(world: &World, account: &Account, text: &str) -> String {
    let job = Job::of(Task::sql(text, [], "u"));
    let id = ask(world, account, &Create { job }).await.unwrap().id;
    ended(world, account, id).await
}

async fn ended(world: &World, account: &Account, id: String) -> String {
    eventually("the end of an instance", async || {
        let found = ask(world, account, &Get { id: id.clone() }).await.unwrap();
        (found.status == Status::Terminated).then_some(())
    })
    .await;
    let mut results = ask(world, account, &TaskResult { id }).await.unwrap();
    results.tasks.remove(0).text
}

/// Alice owns `first` and `shared`, bob reads them and owns `second`; each has a table `t`.
async fn filled() -> World {
    let mut world = world().await;
    let local = world.account.clone();
    for project in ["first", "shared", "second"] {
        world.target.project = project.into();
        let made = run(
            &world,
            &local,
            &format!("create table t (a string); insert into t values ('of {project}');"),
        )
        .await;
        assert!(!made.contains("ODPS-"), "{made}");
    }
    world.target.project = "first".into();
    world
}

fn refused(answer: &str, place: &str, action: &str, resource: &str) {
    let expected = format!(
        "ODPS-0130013:{place} Authorization exception - You have NO privilege '{action}' on \
         {{acs:odps:*:projects/{resource}}}"
    );
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn tables_of_other_projects_are_closed_to_strangers() {
    let world = filled().await;
    let text = async |query: &str| run(&world, &alice(), query).await;
    assert!(text("select * from shared.t").await.contains("of shared"));

    let answer = text("select *\nfrom second.t").await;
    refused(&answer, "[2,6]", "odps:Select", "second/tables/t");
    // A table that is not there is not told apart.
    let answer = text("select * from second.no_such_table").await;
    refused(
        &answer,
        "[1,15]",
        "odps:Select",
        "second/tables/no_such_table",
    );
    for query in [
        "insert into t select * from second.t",
        "create table stolen as select * from second.t",
        "create view v as select * from second.t",
        "select (select max(a) from second.t) from t",
        "with x as (select * from second.t) select * from x",
        "explain select * from second.t",
        "desc second.t",
        "show create table second.t",
        "show partitions second.t",
        "truncate table second.t",
        "alter table second.t rename to t2",
        "drop table second.t",
        "drop table if exists second.t",
        "insert overwrite table second.t select * from t",
        "create or replace view second.t as select 1",
    ] {
        let answer = text(query).await;
        assert!(
            answer.starts_with("ODPS-0130013:")
                && answer.contains("{acs:odps:*:projects/second/tables/t}"),
            "{query}: {answer}"
        );
    }
    let answer = text("show tables in second").await;
    refused(&answer, "", "odps:List", "second/tables");
    let answer = text("create table second.mine (a bigint)").await;
    refused(&answer, "", "odps:Select", "second/tables/mine");
    // Nothing has happened to it, and nothing is left.
    assert!(
        run(&world, &bob(), "select * from second.t")
            .await
            .contains("of second")
    );
    assert!(!text("show tables").await.contains("stolen"));
    // What is nowhere is said to be so.
    let answer = text("select * from nowhere.t").await;
    assert!(answer.starts_with("ODPS-0130131:[1,15]"), "{answer}");
}

#[tokio::test]
async fn a_view_opens_nothing_that_is_closed() {
    let mut world = filled().await;
    let local = world.account.clone();
    let made = run(&world, &local, "create view spy as select a from second.t").await;
    assert!(!made.contains("ODPS-"), "{made}");
    assert!(
        run(&world, &bob(), "select * from spy")
            .await
            .contains("of second")
    );
    let answer = run(&world, &alice(), "select * from spy").await;
    refused(&answer, "[1,15]", "odps:Select", "second/tables/t");
    world.target.project = "shared".into();
    let answer = run(&world, &alice(), "select * from first.spy").await;
    refused(&answer, "[1,15]", "odps:Select", "second/tables/t");
}

#[tokio::test]
async fn a_reader_of_one_project_writes_into_their_own() {
    let mut world = filled().await;
    for (query, action) in [
        ("insert into t values ('x')", "odps:Update"),
        ("truncate table t", "odps:Update"),
        ("drop table t", "odps:Drop"),
        ("alter table t set comment 'x'", "odps:Alter"),
        ("alter table t rename to u", "odps:Alter"),
        ("create or replace view t as select 1 as a", "odps:Alter"),
    ] {
        let answer = run(&world, &bob(), query).await;
        let words =
            format!("You have NO privilege '{action}' on {{acs:odps:*:projects/first/tables/t}}");
        // A view does not take the place of a table, whoever asks.
        assert!(
            answer.contains(&words) || query.contains("view"),
            "{query}: {answer}"
        );
        assert!(answer.starts_with("ODPS-0130"), "{query}: {answer}");
    }
    let answer = run(&world, &bob(), "create table u (a bigint)").await;
    assert!(
        answer.contains("'odps:CreateTable' on {acs:odps:*:projects/first/tables/u}"),
        "{answer}"
    );
    let answer = run(&world, &bob(), "create schema s").await;
    assert!(answer.contains("'odps:CreateSchema'"), "{answer}");

    // From the project that he reads into the one that he owns, and the other way round.
    let copied = run(&world, &bob(), "insert into second.t select * from first.t").await;
    assert!(!copied.contains("ODPS-"), "{copied}");
    world.target.project = "second".into();
    let both = run(&world, &bob(), "select * from t order by a limit 9").await;
    assert!(
        both.contains("of first") && both.contains("of second"),
        "{both}"
    );
    let answer = run(&world, &bob(), "insert into first.t select * from t").await;
    refused(&answer, "", "odps:Update", "first/tables/t");
}

fn signed(account: &Account, policy: &Value) -> HeaderValue {
    let token = token::issue(account, policy, crate::world::now() + 60_000);
    HeaderValue::from_str(token.expose()).unwrap()
}

/// Makes a call with a token.
async fn by_token<C: Call<Error = Error>>(
    world: &World,
    token: &HeaderValue,
    call: &C,
) -> Result<C::Reply, Error> {
    let mut request = call.to_request(&world.target);
    request
        .headers_mut()
        .insert("x-odps-bearer-token", token.clone());
    let answer: Response = world.raw(addressed(&call.service(), request)).await;
    call.from_response(answer)
}

#[tokio::test]
async fn a_token_gives_by_sql_what_its_policy_gives() {
    let world = filled().await;
    let local = world.account.clone();
    let made = run(&world, &local, "create table other as select * from t").await;
    assert!(!made.contains("ODPS-"), "{made}");
    let policy = json!({"Statement": [
        {"Effect": "Allow", "Action": ["odps:CreateInstance", "odps:Read"],
         "Resource": "acs:odps:*:projects/first/instances"},
        {"Effect": "Allow", "Action": "odps:Read",
         "Resource": "acs:odps:*:projects/first/tables/t"},
    ]});
    // Alice's own: what she may do is not what the token may do.
    let token = signed(&alice(), &policy);
    let text = async |query: &str| {
        let job = Job::of(Task::sql(query, [], "u"));
        let id = by_token(&world, &token, &Create { job }).await.unwrap().id;
        ended(&world, &alice(), id).await
    };
    assert!(text("select * from t").await.contains("of first"));
    let answer = text("select * from other").await;
    refused(&answer, "[1,15]", "odps:Select", "first/tables/other");
    let answer = text("select * from shared.t").await;
    refused(&answer, "[1,15]", "odps:Select", "shared/tables/t");
    let answer = text("insert into t values ('x')").await;
    refused(&answer, "", "odps:Update", "first/tables/t");
    let answer = text("drop table t").await;
    assert!(answer.contains("'odps:Drop'"), "{answer}");
    let answer = text("show tables").await;
    assert!(answer.contains("'odps:List'"), "{answer}");

    // The tunnel keeps to the same.
    let create = |table: &str| download::Create::of(Source::table(table));
    let session = by_token(&world, &token, &create("t")).await.unwrap();
    let error = by_token(&world, &token, &create("other"))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "NoPermission");
    let read = |id: &str| download::Read {
        source: Source::table("t"),
        id: id.to_owned(),
        start: 0,
        count: 1,
        columns: None,
        arrow: true,
    };
    by_token(&world, &token, &read(&session.id)).await.unwrap();
    // A session of another table does not open under the name of this one.
    let hers = ask(&world, &alice(), &create("other")).await.unwrap();
    let error = by_token(&world, &token, &read(&hers.id)).await;
    assert_eq!(error.map(drop).unwrap_err().code(), "NoSuchDownload");
}

#[tokio::test]
async fn a_denial_cannot_be_spelt_around() {
    let world = filled().await;
    let policy = json!({"Statement": [
        {"Effect": "Allow", "Action": "odps:*", "Resource": "acs:odps:*:projects/first"},
        {"Effect": "Deny", "Action": "odps:*", "Resource": "acs:odps:*:projects/first/tables/t"},
        {"Effect": "Deny", "Action": "odps:*", "Resource": "acs:odps:*:projects/first/schemas/s"},
    ]});
    let token = signed(&alice(), &policy);
    for path in [
        "tables/t",
        "tables/T",
        "tables/%74",
        "/tables//t",
        "tables/t?schema",
        "tables/u?curr_schema=s",
        "tables/u?curr_schema=%73",
        "schemas/S",
    ] {
        let mut request = crate::world::get(&format!("/projects/first/{path}"));
        request
            .headers_mut()
            .insert("x-odps-bearer-token", token.clone());
        let answer = world.raw(addressed(&Service::Odps, request)).await;
        assert_eq!(answer.status(), 403, "{path}");
    }
}
