//! One file or folder per route, and the chunk that each is in.

use leptos::prelude::*;

use crate::lazy::{self, chunk};
use crate::route::Route;

pub mod clusters;
pub mod connect;
pub mod instances;
pub mod jobs;
pub mod missing;
pub mod overview;
pub mod settings;
pub mod tables;
pub mod upload;

/// The page of a route. What a first visit shows is in the main module.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Overview => view! { <overview::Overview/> }.into_any(),
        Route::Clusters => lazy::show(fleet, (), Some(|t| t.shell.clusters)),
        Route::Missing(_) => view! { <missing::Missing/> }.into_any(),
        Route::NewCluster => lazy::show(create, (), Some(|t| t.clusters.create.title)),
        Route::Cluster(id) => lazy::show(cluster, id, Some(|t| t.shell.clusters)),
        Route::Tables | Route::Table(_) => lazy::show(tables, route, Some(|t| t.shell.tables)),
        Route::Upload => lazy::show(upload, (), Some(|t| t.uploads.title)),
        Route::Jobs | Route::NewSql | Route::Job(_) => {
            lazy::show(sql, route, Some(|t| t.shell.sql))
        }
        Route::Instances | Route::Instance(_) | Route::LogviewFile => {
            lazy::show(others, route, Some(|t| t.shell.instances))
        }
        Route::Connect => lazy::show(others, route, Some(|t| t.shell.connection)),
        Route::Settings => lazy::show(others, route, Some(|t| t.shell.settings)),
    }
}

chunk!(fleet, fleet_page, ());
chunk!(create, create_page, ());
chunk!(cluster, cluster_page, String);
chunk!(tables, tables_page, Route);
chunk!(upload, upload_page, ());
chunk!(sql, sql_page, Route);
chunk!(others, other_page, Route);

fn fleet_page((): ()) -> AnyView {
    view! { <clusters::fleet::Fleet/> }.into_any()
}

fn create_page((): ()) -> AnyView {
    view! { <clusters::create::NewCluster/> }.into_any()
}

fn cluster_page(id: String) -> AnyView {
    view! { <clusters::detail::Cluster id/> }.into_any()
}

fn tables_page(route: Route) -> AnyView {
    match route {
        Route::Table(name) => {
            let current = name.clone();
            view! { <tables::side::Split current><tables::table::TablePage name/></tables::side::Split> }
                .into_any()
        }
        _ => view! { <tables::Tables/> }.into_any(),
    }
}

fn upload_page((): ()) -> AnyView {
    view! { <upload::Upload/> }.into_any()
}

fn sql_page(route: Route) -> AnyView {
    match route {
        Route::Jobs => view! { <jobs::Jobs/> }.into_any(),
        _ => view! { <jobs::editor::SqlEditor/> }.into_any(),
    }
}

fn other_page(route: Route) -> AnyView {
    match route {
        Route::Instance(id) => view! { <instances::detail::Instance id/> }.into_any(),
        Route::Instances => view! { <instances::Instances/> }.into_any(),
        Route::LogviewFile => view! { <instances::file::LogviewFile/> }.into_any(),
        Route::Connect => view! { <connect::Connect/> }.into_any(),
        _ => view! { <settings::Settings/> }.into_any(),
    }
}
