//! Every address of the console: the only place that knows a URL's shape.
//!
//! Path = the thing, query = the view of it. Unknown keys of the query are kept. Addresses are
//! written without a leading slash, so that they resolve against `document.baseURI`.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

mod encoding;

pub use encoding::{decode, encode};

/// The thing that a page is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`
    Overview,
    /// `/connect`
    Connect,
    /// `/clusters`
    Clusters,
    /// `/clusters/new`; the fields are in the query.
    NewCluster,
    /// `/clusters/:instance`
    Cluster(String),
    /// `/tables`
    Tables,
    /// `/tables/:table`, or `/tables/:schema.:table` in a schema other than `default`: the name of a
    /// table holds no point (`api::tables::TableName`).
    Table(String),
    /// `/tables/new/upload`: a file into a table; `table` is the one to begin with. No name of a table
    /// leads here.
    Upload,
    /// `/jobs`: the runs of SQL of this browser.
    Jobs,
    /// `/jobs/new/sql`: the editor; `query` is a text to begin with.
    NewSql,
    /// `/jobs/:instance`: the editor with a run below.
    Job(String),
    /// `/instances`
    Instances,
    /// `/instances/:id`
    Instance(String),
    /// `/instances/file/open`: a Logview from a file. No id of an instance leads here.
    LogviewFile,
    /// `/settings`
    Settings,
    /// Anything else.
    Missing(String),
}

impl Route {
    /// Reads a path below the base, with or without slashes around it.
    pub fn parse(path: &str) -> Self {
        let parts: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(decode)
            .collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            [] => Self::Overview,
            ["connect"] => Self::Connect,
            ["clusters"] => Self::Clusters,
            ["clusters", "new"] => Self::NewCluster,
            ["clusters", id] => Self::Cluster((*id).to_owned()),
            ["tables"] => Self::Tables,
            ["tables", "new", "upload"] => Self::Upload,
            ["tables", table] => Self::Table((*table).to_owned()),
            ["jobs"] => Self::Jobs,
            ["jobs", "new", "sql"] => Self::NewSql,
            ["jobs", id] => Self::Job((*id).to_owned()),
            ["instances"] => Self::Instances,
            ["instances", id] => Self::Instance((*id).to_owned()),
            ["instances", "file", "open"] => Self::LogviewFile,
            ["settings"] => Self::Settings,
            _ => Self::Missing(path.to_owned()),
        }
    }

    /// Writes the path, relative to the base (`clusters/2026…`); the overview is `./`.
    pub fn path(&self) -> String {
        match self {
            Self::Overview => "./".to_owned(),
            Self::Connect => "connect".to_owned(),
            Self::Clusters => "clusters".to_owned(),
            Self::NewCluster => "clusters/new".to_owned(),
            Self::Cluster(id) => format!("clusters/{}", encode(id)),
            Self::Tables => "tables".to_owned(),
            Self::Upload => "tables/new/upload".to_owned(),
            Self::Table(table) => format!("tables/{}", encode(table)),
            Self::Jobs => "jobs".to_owned(),
            Self::NewSql => "jobs/new/sql".to_owned(),
            Self::Job(id) => format!("jobs/{}", encode(id)),
            Self::Instances => "instances".to_owned(),
            Self::Instance(id) => format!("instances/{}", encode(id)),
            Self::LogviewFile => "instances/file/open".to_owned(),
            Self::Settings => "settings".to_owned(),
            Self::Missing(path) => path.trim_start_matches('/').to_owned(),
        }
    }

    /// The page that shows it: the editor stays when it goes from one run to another.
    pub fn page(self) -> Self {
        match self {
            Self::Job(_) => Self::NewSql,
            other => other,
        }
    }

    /// The path with a view of it.
    pub fn with(self, query: Query) -> Place {
        Place { route: self, query }
    }
}

/// The query of an address, in order, duplicates and unknown keys included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a query with or without its question mark.
    pub fn parse(text: &str) -> Self {
        let pairs = text
            .trim_start_matches('?')
            .split('&')
            .filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| {
                    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (
                        decode(&key.replace('+', " ")),
                        decode(&value.replace('+', " ")),
                    )
                })
                .collect(),
        )
    }

    /// The first value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// Every pair, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The same with one key set in its place, or at the end; an empty value takes it away.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Self {
        match self.0.iter().position(|(name, _)| name == key) {
            Some(at) if value.is_empty() => {
                self.0.remove(at);
            }
            Some(at) => value.clone_into(&mut self.0[at].1),
            None if value.is_empty() => {}
            None => self.0.push((key.to_owned(), value.to_owned())),
        }
        self
    }
}

/// A complete address below the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The thing.
    pub route: Route,
    /// The view of it.
    pub query: Query,
}

impl Place {
    /// Writes the address, relative to the base.
    pub fn href(&self) -> String {
        let query: Vec<String> = (self.query.pairs())
            .map(|(key, value)| match value {
                "" => encode(key),
                value => format!("{}={}", encode(key), encode(value)),
            })
            .collect();
        match query.is_empty() {
            true => self.route.path(),
            false => format!("{}?{}", self.route.path(), query.join("&")),
        }
    }
}

impl From<Route> for Place {
    fn from(route: Route) -> Self {
        route.with(Query::default())
    }
}

/// The base path of the document with slashes around it (`/`, `/ops/mars/`).
pub fn base_path() -> String {
    let base = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.base_uri().ok().flatten());
    let path = base
        .and_then(|base| web_sys::Url::new(&base).ok())
        .map(|url| url.pathname());
    directory(path.as_deref().unwrap_or("/"))
}

fn directory(path: &str) -> String {
    path.rfind('/')
        .map_or_else(|| "/".to_owned(), |at| path[..=at].to_owned())
}

/// A complete address with the origin, for sharing.
pub fn absolute(place: &Place) -> String {
    let base = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.base_uri().ok().flatten());
    base.and_then(|base| web_sys::Url::new_with_base(&place.href(), &base).ok())
        .map_or_else(|| place.href(), |url| url.href())
}

/// Where the engine of a cluster answers through the gateway, with the origin.
pub fn engine_address(instance: &str) -> String {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok());
    format!(
        "{}{}mars/{instance}/",
        origin.unwrap_or_default(),
        base_path()
    )
}

/// The fragment of the address, with its `#`; empty without one.
pub fn fragment() -> String {
    let window = web_sys::window();
    let found = window.and_then(|window| window.location().hash().ok());
    found.unwrap_or_default()
}

/// Takes the fragment out of the address, without another entry in the history.
pub fn drop_fragment() {
    let Some(window) = web_sys::window() else {
        return;
    };
    let location = window.location();
    if let (Ok(history), Ok(path), Ok(query)) =
        (window.history(), location.pathname(), location.search())
    {
        let state = history.state().unwrap_or(wasm_bindgen::JsValue::NULL);
        // Where this is not allowed the fragment stays, which harms nothing.
        let _ = history.replace_state_with_url(&state, "", Some(&format!("{path}{query}")));
    }
}

/// Where the reader is, and the way elsewhere.
#[derive(Clone, Copy)]
pub struct Here {
    /// The thing; changes only when another thing is looked at.
    pub route: Memo<Route>,
    /// The view of it.
    pub query: Memo<Query>,
    go: StoredValue<Navigate>,
}

type Navigate = std::sync::Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

impl Here {
    /// Follows the router's location; needs the router around it.
    pub fn provide() {
        let location = use_location();
        let base = base_path();
        let route = Memo::new({
            let base = base.clone();
            move |_| Route::parse(below(&base, &location.pathname.get()))
        });
        let query = Memo::new(move |_| Query::parse(&location.search.get()));
        let navigate = send_wrapper::SendWrapper::new(use_navigate());
        let go = move |href: &str, options: NavigateOptions| {
            let href = if href == "./" { "" } else { href };
            let options = NavigateOptions {
                resolve: false,
                ..options
            };
            navigate(&format!("{base}{href}"), options);
        };
        provide_context(Self {
            route,
            query,
            go: StoredValue::new(std::sync::Arc::new(go)),
        });
    }

    /// The address of the page.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Goes to another address.
    pub fn go(self, place: impl Into<Place>) {
        self.navigate(&place.into(), NavigateOptions::default());
    }

    /// Goes there without a step back to here.
    pub fn replace(self, place: impl Into<Place>) {
        self.navigate(
            &place.into(),
            NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            },
        );
    }

    /// Changes one key of the view; an empty value takes it away. Scroll stays.
    pub fn view(self, key: &str, value: &str) {
        let place = self.at(key, value);
        self.navigate(
            &place,
            NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            },
        );
    }

    /// Changes the view without a step back to the one before. Scroll stays.
    pub fn rewrite(self, query: Query) {
        let place = self.route.get_untracked().with(query);
        self.navigate(
            &place,
            NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            },
        );
    }

    /// This address with one key changed, as a link.
    pub fn at(self, key: &str, value: &str) -> Place {
        let query = self.query.get_untracked().with(key, value);
        self.route.get_untracked().with(query)
    }

    fn navigate(self, place: &Place, options: NavigateOptions) {
        let go = self.go.get_value();
        go(&place.href(), options);
    }
}

fn below<'a>(base: &str, path: &'a str) -> &'a str {
    path.strip_prefix(base.trim_end_matches('/'))
        .unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{Place, Query, Route, below, directory};

    #[test]
    fn every_route_reads_back() {
        let table = [
            ("./", Route::Overview),
            ("connect", Route::Connect),
            ("clusters", Route::Clusters),
            ("clusters/new", Route::NewCluster),
            ("clusters/20261122g1", Route::Cluster("20261122g1".into())),
            ("tables", Route::Tables),
            ("tables/new/upload", Route::Upload),
            ("tables/test_mars", Route::Table("test_mars".into())),
            ("tables/crm.sales", Route::Table("crm.sales".into())),
            ("tables/a%2Fb%20%E8%A1%A8", Route::Table("a/b 表".into())),
            ("jobs", Route::Jobs),
            ("jobs/new/sql", Route::NewSql),
            ("jobs/20261122g1", Route::Job("20261122g1".into())),
            ("instances", Route::Instances),
            ("instances/20261122g1", Route::Instance("20261122g1".into())),
            ("instances/file/open", Route::LogviewFile),
            ("settings", Route::Settings),
        ];
        for (path, route) in table {
            assert_eq!(route.path(), path);
            assert_eq!(Route::parse(path.trim_start_matches("./")), route);
            assert_eq!(
                Route::parse(&format!("/{}/", path.trim_start_matches("./"))),
                route
            );
        }
        assert_eq!(Route::parse("/a/b/c"), Route::Missing("/a/b/c".into()));
    }

    #[test]
    fn unknown_keys_are_kept_and_order_stays() {
        let query = Query::parse("?x=1&worker_num=5&y=a%20b&z&worker_num=6");
        let changed = query
            .clone()
            .with("worker_num", "7")
            .with("tab", "jobs")
            .with("x", "");
        let place = Place {
            route: Route::NewCluster,
            query: changed,
        };
        assert_eq!(
            place.href(),
            "clusters/new?worker_num=7&y=a%20b&z&worker_num=6&tab=jobs"
        );
        assert_eq!(query.get("y"), Some("a b"));
        assert_eq!(query.get("nothing"), None);
    }

    #[test]
    fn plus_is_a_space_and_noise_is_kept_as_text() {
        assert_eq!(Query::parse("a=b+c").get("a"), Some("b c"));
        assert_eq!(Query::parse("a=%zz%e4").get("a"), Some("%zz\u{fffd}"));
    }

    #[test]
    fn the_base_is_free() {
        assert_eq!(directory("/ops/mars/"), "/ops/mars/");
        assert_eq!(directory("/ops/mars/index.html"), "/ops/mars/");
        assert_eq!(
            Route::parse(below("/ops/mars/", "/ops/mars/clusters")),
            Route::Clusters
        );
        assert_eq!(
            Route::parse(below("/ops/mars/", "/ops/mars")),
            Route::Overview
        );
        assert_eq!(Route::parse(below("/", "/clusters")), Route::Clusters);
    }
}
