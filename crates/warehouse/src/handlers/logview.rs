//! `GET /logview/?h=…&p=…&i=…&token=…`: the page behind the address that
//! `instance.get_logview_address()` gives. Plain HTML, readable with the token alone.

use super::escape;
use crate::app::App;
use crate::auth;
use crate::instances::Instance;
use crate::routes::page;
use http::{HeaderValue, StatusCode};
use odps::date::rfc1123;
use percent_encoding::percent_decode_str;
use wire::{Request, Response};

/// Answers with the state of the instance, or says why not.
pub(crate) fn answer(app: &App, request: &Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let (project, id) = (value(query, "p"), value(query, "i"));
    let path = format!("/projects/{project}/instances/{id}");
    let (status, body) = match auth::reads(app, &value(query, "token"), &path) {
        Err(_) => (
            StatusCode::UNAUTHORIZED,
            notice("The token is not genuine or has expired."),
        ),
        Ok(false) => (
            StatusCode::FORBIDDEN,
            notice("The token is for another instance."),
        ),
        Ok(true) => match app.instances.get(&project, &id) {
            None => (StatusCode::NOT_FOUND, notice("There is no such instance.")),
            Some(instance) => (StatusCode::OK, describe(&instance)),
        },
    };
    let document = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Logview {}</title>\n\
         <style>body{{font:14px/1.5 system-ui;margin:2rem;max-width:60rem}}\
         pre{{white-space:pre-wrap;border:1px solid #8884;padding:.5rem}}\
         th{{text-align:start;padding-inline-end:1rem}}</style>\n{body}\n</html>\n",
        escape(&id)
    );
    let mut response = page(status, "text/html; charset=utf-8", document);
    // The token is in the address: it must not travel on in a Referer or stay in a cache.
    let headers = response.headers_mut();
    headers.insert("referrer-policy", HeaderValue::from_static("no-referrer"));
    headers.insert("cache-control", HeaderValue::from_static("no-store"));
    response
}

fn notice(text: &str) -> String {
    format!("<h1>Logview</h1>\n<p>{text}</p>")
}

fn describe(instance: &Instance) -> String {
    let state = match (instance.terminated(), instance.stop_requested) {
        (true, _) => "Terminated",
        (false, Some(_)) => "Running, asked to stop",
        (false, None) => "Running",
    };
    let time = |at: Option<u64>| at.map(rfc1123).unwrap_or_default();
    let row = |name: &str, value: &str| format!("<tr><th>{name}<td>{}\n", escape(value));
    let mut page = format!("<h1>Instance {}</h1>\n<table>\n", escape(&instance.id));
    page.push_str(&row("Project", &instance.project));
    page.push_str(&row("Owner", &instance.owner));
    page.push_str(&row("State", state));
    page.push_str(&row("Started", &time(Some(instance.started))));
    page.push_str(&row("Ended", &time(instance.ended)));
    for task in &instance.tasks {
        let words = format!("{} ({}): {:?}", task.name, task.kind, task.progress);
        page.push_str(&row("Task", &words));
    }
    page.push_str("</table>\n");
    if let Some(result) = instance
        .tasks
        .iter()
        .find_map(|task| task.result.as_deref())
    {
        page.push_str(&format!("<h2>Result</h2>\n<pre>{}</pre>\n", escape(result)));
    }
    if let Some(running) = &instance.running {
        page.push_str("<h2>Size: asked for, got, and the machine (bytes)</h2>\n");
        page.push_str(&format!("<pre>{}</pre>\n", escape(running)));
    }
    page.push_str(&format!(
        "<h2>Source</h2>\n<pre>{}</pre>",
        escape(&instance.source)
    ));
    page
}

/// A query item. PyODPS writes the token as it is, so a plus is a plus.
fn value(query: &str, name: &str) -> String {
    let items = query.split('&').filter_map(|item| item.split_once('='));
    let found = items
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value)
        .next();
    percent_decode_str(found.unwrap_or_default())
        .decode_utf8_lossy()
        .into_owned()
}
