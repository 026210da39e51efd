//! `GET /projects/{project}/tables/{table}`. Recorded: `table_schema_0.9.json`,
//! `table_schema.json`.
//!
//! With schemas, metadata keeps this path and names the schema in `curr_schema`.

use http::Method;
use wire::{Call, Millis, Reply, Request, Response, Service, Target};

use super::Schema;
use crate::request::{Incoming, Outgoing, body_xml};
use crate::xml::{self, Element};
use crate::{Error, date, response};

/// Asks for a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Get {
    /// The schema, where the project has schemas.
    pub schema: Option<String>,
    /// The table.
    pub table: String,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The name.
    pub name: String,
    /// The service's own id of it.
    pub id: Option<String>,
    /// The project that holds it.
    pub project: Option<String>,
    /// `MANAGED_TABLE`, `VIRTUAL_VIEW`, …
    pub kind: Option<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// The owner's words.
    pub comment: String,
    /// When it was made.
    pub created: Option<Millis>,
    /// When its data changed.
    pub modified: Option<Millis>,
    /// When its data was read.
    pub accessed: Option<Millis>,
    /// Columns and more.
    pub schema: Schema,
}

/// Items of the query that make it another call.
const OTHERS: [&str; 6] = [
    "extended",
    "partitions",
    "partition",
    "data",
    "downloadid",
    "uploadid",
];

impl Call for Get {
    type Reply = Table;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        Outgoing::project(Method::GET, target)
            .table(None, &self.table)
            .pair_some("curr_schema", self.schema.as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Table, Error> {
        let response = response::check(response)?;
        let document = body_xml("table", response.body())?;
        let root = document.root_element();
        let time = |name| date::parse_rfc1123(&xml::child_text(root, name)?);
        let schema = xml::child_text(root, "Schema")
            .ok_or_else(|| Error::malformed("table", "no Schema element"))?;
        let schema = Schema::read(&schema)?;
        let comment = xml::said(root, "Comment").unwrap_or_else(|| schema.comment.clone());
        Ok(Table {
            name: xml::said(root, "Name").unwrap_or_else(|| self.table.clone()),
            id: xml::said(root, "TableId"),
            project: xml::said(root, "Project"),
            kind: xml::said(root, "Type"),
            owner: xml::said(root, "Owner"),
            comment,
            created: time("CreationTime"),
            modified: time("LastModifiedTime"),
            accessed: time("LastAccessTime"),
            schema,
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let incoming = Incoming::read(request);
        match incoming.table(Method::GET) {
            Some((schema, table, rest))
                if rest.is_empty() && !OTHERS.iter().any(|name| incoming.has(name)) =>
            {
                Ok(Self { schema, table })
            }
            _ => Err(Error::OtherCall { call: "a table" }),
        }
    }
}

impl Reply for Table {
    fn into_response(self) -> Response {
        let time = |at: Option<Millis>| at.map(date::rfc1123).unwrap_or_default();
        let document = Element::new("Table")
            .with(Element::text("Name", &self.name))
            .with_some("TableId", self.id.as_ref())
            .with(
                Element::cdata("Schema", self.schema.write(&self.name)).attribute("format", "Json"),
            )
            .with(Element::text("Comment", &self.comment))
            .with(Element::text(
                "Owner",
                self.owner.as_deref().unwrap_or_default(),
            ))
            .with_some("Project", self.project.as_ref())
            .with(Element::text("CreationTime", time(self.created)))
            .with(Element::text("LastModifiedTime", time(self.modified)))
            .with_some("LastAccessTime", self.accessed.map(date::rfc1123))
            .with_some("Type", self.kind.as_ref());
        let mut response = response::xml(&document);
        response::set(
            &mut response,
            "x-odps-owner",
            self.owner.as_deref().unwrap_or_default(),
        );
        response::set_time(&mut response, "x-odps-creation-time", self.created);
        response::set_time(&mut response, "last-modified", self.modified);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Column, Type};

    #[test]
    fn a_table_comes_back() {
        let table = Table {
            name: "t".into(),
            kind: Some("MANAGED_TABLE".into()),
            owner: Some("o".into()),
            comment: "说明 <1>".into(),
            created: Some(1_767_225_600_000),
            schema: Schema {
                columns: vec![Column::new("a", Type::Bigint)],
                owner: Some("o".into()),
                size: Some(1),
                table_label: Some("0".into()),
                ..Schema::default()
            },
            ..Table::default()
        };
        let call = Get {
            schema: None,
            table: "t".into(),
        };
        assert_eq!(call.from_response(table.clone().into_response()), Ok(table));
    }

    #[test]
    fn requests_come_back_and_others_do_not() {
        let target = Target {
            project: "p".into(),
        };
        for schema in [None, Some("s".to_owned())] {
            let call = Get {
                schema,
                table: "表".into(),
            };
            assert_eq!(Get::from_request(&call.to_request(&target)), Ok(call));
        }
        let mut request = Request::default();
        for address in [
            "/projects/p/tables/t?extended",
            "/projects/p/tables/t?partitions=",
            "/projects/p/tables",
        ] {
            *request.uri_mut() = address.parse().expect("a valid address");
            assert!(Get::from_request(&request).is_err(), "{address}");
        }
    }
}
