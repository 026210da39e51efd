//! Upload sessions as clients see them: open, write blocks, look again, commit.

use super::block::{self, Failure, Form};
use super::body::{feed, incoming};
use super::stream::wrong;
use super::uploads::{Purpose, Upload, locked};
use super::{place, refused};
use crate::app::App;
use crate::catalog::{self, Column, Kind, Mode, Name, Refusal, Table};
use crate::clock;
use crate::handlers::internal;
use axum::body::Body;
use http::StatusCode;
use odps::Error;
use odps::tables::{GetPartition, PartitionSpec};
use odps::tunnel::coding::Coding;
use odps::tunnel::download::Source;
use odps::tunnel::upload::{Commit, Create, Reload, Session, Status, Write, Written};
use std::fs;
use std::sync::{Arc, Mutex};

/// Opens a session.
pub(super) fn open(app: &App, project: &str, call: &Create) -> Result<Session, Error> {
    let (table, spec) = place(app, project, &call.target)?;
    let name = table.full_name();
    if table.kind == Kind::View {
        return Err(internal(Refusal::IsView(name.to_string()).into()));
    }
    if !spec.0.is_empty() {
        let specs = std::slice::from_ref(&spec);
        if call.create_partition {
            let added = app.catalog().add_partitions(&name, specs, true);
            added.map_err(internal)?;
        }
        present(app, &table, &spec)?;
    }
    let purpose = Purpose {
        project: table.project.clone(),
        schema: table.schema.clone(),
        table: table.name.clone(),
        table_id: table.id.clone(),
        spec: spec.0,
        overwrite: call.overwrite,
        created: clock::now(),
        committed: None,
    };
    let upload = app.uploads.create(purpose).map_err(internal)?;
    Ok(describe(&locked(&upload), &table))
}

/// Looks at a session again.
pub(super) fn reload(app: &App, project: &str, call: &Reload) -> Result<Session, Error> {
    let (upload, table) = find(app, project, &call.target, &call.id)?;
    Ok(describe(&locked(&upload), &table))
}

/// Writes a block.
pub(super) async fn write(
    app: &Arc<App>,
    project: &str,
    call: Write,
    body: Body,
) -> Result<Written, Error> {
    let (upload, table) = find(app, project, &call.target, &call.id)?;
    let coding = match &call.content_encoding {
        None => None,
        Some(name) => Some(
            Coding::named(name)
                .ok_or_else(|| refused("InvalidArgument", format!("there is no coding {name}")))?,
        ),
    };
    let form = Form {
        arrow: call.arrow,
        coding,
    };
    let draft = {
        let upload = locked(&upload);
        writable(&upload)?;
        upload.draft()
    };
    let kept = catalog::arrow(&table.columns).map_err(internal)?;
    let columns: Vec<_> = table.columns.iter().map(Column::to_wire).collect();
    let (reader, sender) = incoming();
    let turn = app.sessions.turn().await;
    let work = tokio::task::spawn_blocking(move || {
        let written = block::write(reader, form, &columns, &kept, &draft)
            .map_err(told)
            .and_then(|()| {
                let mut upload = locked(&upload);
                writable(&upload)?;
                upload.keep(call.block, &draft).map_err(internal)
            });
        if written.is_err() {
            // A draft that stays behind is removed at the next start.
            drop(fs::remove_file(&draft));
        }
        drop(turn);
        written
    });
    feed(body, sender).await;
    let written = work.await;
    written.unwrap_or_else(|error| Err(internal(crate::Error::Thread(error))))?;
    Ok(Written)
}

/// Makes the blocks part of the table; said again, it is answered again.
pub(super) fn commit(app: &Arc<App>, project: &str, call: &Commit) -> Result<Session, Error> {
    let (upload, table) = find(app, project, &call.target, &call.id)?;
    let mut upload = locked(&upload);
    if upload.status() == Status::Closed {
        return Ok(describe(&upload, &table));
    }
    writable(&upload)?;
    let spec = PartitionSpec(upload.purpose.spec.clone());
    if !spec.0.is_empty() {
        present(app, &table, &spec)?;
    }
    link(app, &upload, &table, &spec).map_err(internal)?;
    app.uploads.close(&mut upload).map_err(internal)?;
    Ok(describe(&upload, &table))
}

/// Links the blocks into a write of the catalogue and commits it.
fn link(
    app: &Arc<App>,
    upload: &Upload,
    table: &Table,
    spec: &PartitionSpec,
) -> Result<(), crate::Error> {
    let mut write = app.catalog().write(&table.full_name())?;
    for block in upload.blocks() {
        let path = write.file(spec)?;
        let file = upload.file(*block);
        fs::hard_link(&file, &path).map_err(crate::Error::file(&file))?;
    }
    let mode = if upload.purpose.overwrite {
        Mode::OverwritePartitions(vec![spec.clone()])
    } else {
        Mode::Append
    };
    write.commit(mode, Some(&upload.id)).map(drop)
}

/// The session and its table, if it is a session of this table and partition.
fn find(
    app: &App,
    project: &str,
    target: &Source,
    id: &str,
) -> Result<(Arc<Mutex<Upload>>, Table), Error> {
    let absent = || {
        let text = "The specified upload id does not exist.";
        Error::status(StatusCode::NOT_FOUND, "NoSuchUpload", text)
    };
    let upload = app.uploads.find(id).ok_or_else(absent)?;
    let name = Name::new(project, target.schema.as_deref(), &target.table);
    let purpose = locked(&upload).purpose.clone();
    if (&purpose.project, &purpose.schema, &purpose.table)
        != (&name.project, &name.schema, &name.table)
    {
        return Err(absent());
    }
    let (table, spec) = place(app, project, target)?;
    if spec.0 != purpose.spec {
        return Err(absent());
    }
    if table.id != purpose.table_id {
        let text = "The table was dropped and made anew since the upload began.";
        return Err(Error::status(
            StatusCode::PRECONDITION_FAILED,
            "TableModified",
            text,
        ));
    }
    Ok((upload, table))
}

fn present(app: &App, table: &Table, spec: &PartitionSpec) -> Result<(), Error> {
    let found = app.catalog().partition(table, spec).map_err(internal)?;
    found.map(drop).ok_or_else(GetPartition::absent)
}

fn writable(upload: &Upload) -> Result<(), Error> {
    match upload.status() {
        Status::Normal => Ok(()),
        status => {
            let text = format!(
                "You cannot complete the specified operation under the current upload status: \
                 {status:?}."
            );
            Err(Error::status(StatusCode::CONFLICT, "StatusConflict", text))
        }
    }
}

fn told(failure: Failure) -> Error {
    match failure {
        Failure::Wrong(error) => {
            let (code, text) = wrong(&error);
            refused(code, text)
        }
        Failure::Ours(error) => internal(error),
    }
}

fn describe(upload: &Upload, table: &Table) -> Session {
    let columns = |list: &[Column]| list.iter().map(Column::to_wire).collect();
    Session {
        id: upload.id.clone(),
        status: upload.status(),
        blocks: upload.blocks().iter().copied().collect(),
        columns: columns(&table.columns),
        partition_keys: columns(&table.partition_keys),
        initiated: Some(upload.purpose.created),
        quota: Some("default".to_owned()),
        owner: Some(table.owner.clone()),
    }
}
