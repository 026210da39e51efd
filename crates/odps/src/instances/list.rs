//! `GET /projects/{project}/instances`: a page of instances. Recorded: `instance_list_stop.json`.
//!
//! `expectmarker` is not sent for instances. The next page is asked for with the marker of this
//! one; an empty marker ends the list.

use http::Method;
use wire::{Call, Millis, Reply, Request, Response, Service, Target};

use super::Status;
use crate::request::{Incoming, Outgoing, body_xml};
use crate::xml::{self, Element};
use crate::{Error, date, response};

/// Asks for a page of instances.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Only those in this state.
    pub status: Option<Status>,
    /// Only those that were submitted in this time.
    pub range: Option<DateRange>,
    /// Only the caller's own; the service's default is yes.
    pub only_owner: Option<bool>,
    /// How many at most.
    pub max_items: Option<u32>,
    /// The marker of the page before.
    pub marker: Option<String>,
}

/// A time span in seconds since the epoch; a missing side is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateRange {
    /// From this second on.
    pub from: Option<u64>,
    /// Up to this second.
    pub to: Option<u64>,
}

/// A page of instances.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The instances, in the order of the service.
    pub instances: Vec<Item>,
    /// There is more: send this with the next request.
    pub marker: Option<String>,
}

/// An instance in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The id (the wire calls it `Name`).
    pub id: String,
    /// Who submitted it.
    pub owner: Option<String>,
    /// When it was accepted.
    pub start_time: Option<Millis>,
    /// When it ended.
    pub end_time: Option<Millis>,
    /// Where it is.
    pub status: Status,
}

impl DateRange {
    fn write(self) -> String {
        let side = |side: Option<u64>| side.map(|second| second.to_string()).unwrap_or_default();
        format!("{}:{}", side(self.from), side(self.to))
    }

    fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(':')?;
        let side = |side: &str| {
            if side.is_empty() {
                Some(None)
            } else {
                side.parse().ok().map(Some)
            }
        };
        Some(Self {
            from: side(from)?,
            to: side(to)?,
        })
    }
}

impl Call for List {
    type Reply = Page;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        let own = self.only_owner.map(|own| if own { "yes" } else { "no" });
        let max_items = self.max_items.map(|max| max.to_string());
        Outgoing::project(Method::GET, target)
            .segment("instances")
            .pair_some("status", self.status.map(Status::as_str))
            .pair_some("daterange", self.range.map(DateRange::write).as_deref())
            .pair_some("onlyowner", own)
            .pair_some("maxitems", max_items.as_deref())
            .pair_some("marker", self.marker.as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Page, Error> {
        let response = response::check(response)?;
        let document = body_xml("instance list", response.body())?;
        let root = document.root_element();
        let instances = xml::children(root, "Instance").map(|item| {
            let time = |name| date::parse_rfc1123(&xml::child_text(item, name)?);
            Ok(Item {
                id: xml::said(item, "Name")
                    .ok_or_else(|| Error::malformed("instance list", "an instance without Name"))?,
                owner: xml::said(item, "Owner"),
                start_time: time("StartTime"),
                end_time: time("EndTime"),
                status: Status::read(&xml::child_text(item, "Status").unwrap_or_default())?,
            })
        });
        Ok(Page {
            instances: instances.collect::<Result<_, Error>>()?,
            marker: xml::said(root, "Marker"),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let incoming = Incoming::read(request);
        if incoming.under_project(Method::GET).as_deref() != Some(&["instances"]) {
            return Err(Error::OtherCall {
                call: "the list of instances",
            });
        }
        let bad = |name: &'static str| {
            move || Error::malformed("parameter", format!("{name} cannot be read"))
        };
        let range = incoming.said("daterange");
        let max_items = incoming.said("maxitems");
        Ok(Self {
            status: incoming
                .said("status")
                .map(|status| Status::read(&status))
                .transpose()?,
            range: range
                .map(|text| DateRange::read(&text).ok_or_else(bad("daterange")))
                .transpose()?,
            only_owner: incoming
                .said("onlyowner")
                .map(|own| own.eq_ignore_ascii_case("yes")),
            max_items: max_items
                .map(|max| max.parse().map_err(|_| bad("maxitems")()))
                .transpose()?,
            marker: incoming.said("marker"),
        })
    }
}

impl Reply for Page {
    fn into_response(self) -> Response {
        let mut document = Element::new("Instances")
            .with(Element::text("Marker", self.marker.unwrap_or_default()))
            .with(Element::text("MaxItems", 1000));
        for item in self.instances {
            let time = |at: Option<Millis>| at.map(date::rfc1123).unwrap_or_default();
            document.push(
                Element::new("Instance")
                    .with(Element::text("Name", item.id))
                    .with(Element::text("Owner", item.owner.unwrap_or_default()))
                    .with(Element::text("StartTime", time(item.start_time)))
                    .with(Element::text("EndTime", time(item.end_time)))
                    .with(Element::text("Status", item.status.as_str())),
            );
        }
        response::xml(&document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_comes_back() {
        let page = Page {
            instances: vec![Item {
                id: "i".into(),
                owner: Some("o".into()),
                start_time: Some(1_767_225_600_000),
                end_time: None,
                status: Status::Running,
            }],
            marker: Some("m=".into()),
        };
        assert_eq!(
            List::default().from_response(page.clone().into_response()),
            Ok(page)
        );
    }

    #[test]
    fn either_side_of_the_range_may_be_open() {
        let target = Target {
            project: "p".into(),
        };
        for range in [
            (Some(1), None),
            (None, Some(2)),
            (Some(1), Some(2)),
            (None, None),
        ] {
            let list = List {
                range: Some(DateRange {
                    from: range.0,
                    to: range.1,
                }),
                ..List::default()
            };
            assert_eq!(List::from_request(&list.to_request(&target)), Ok(list));
        }
        let mut request = Request::default();
        *request.uri_mut() = "/projects/p/instances?daterange=x"
            .parse()
            .expect("a valid address");
        assert!(matches!(
            List::from_request(&request),
            Err(Error::Malformed { .. })
        ));
    }
}
