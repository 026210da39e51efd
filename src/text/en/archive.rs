//! English sentences of kept Logviews.

use crate::text::archive::Archive;

pub(super) const ARCHIVE: Archive = Archive {
    title: "Kept Logviews",
    lead: "What the Logview of an instance showed at its end stays in this browser, without keys and tokens. It opens after the service has forgotten the instance.",
    cap: "Room for kept Logviews",
    megabytes: |megabytes| format!("{megabytes} MB"),
    none: "None is kept yet. A Logview is kept when an instance that you look at has ended.",
    reading: "Reading what is kept …",
    sum: |count, size| match count {
        1 => format!("1 kept, {size}. The oldest goes when there is no more room."),
        count => format!("{count} kept, {size}. The oldest go when there is no more room."),
    },
    instance: "Instance",
    project: "Project",
    kept_on: "Kept on",
    size: "Size",
    remove: "Remove",
    remove_one: |id| format!("Remove {id}"),
    remove_all: "Remove all",
    no_storage: "This browser keeps no documents here: a private window, or a setting of the browser.",
    storage_failed: |why| format!("The browser's storage did not work: {why}"),
    save: "Save as file",
    saving: "Saving …",
    not_saved: "The Logview could not be read, so no file was saved.",
    kept_note: |at, project| {
        format!("Kept on {at} in this browser, project {project}; the server no longer has it.")
    },
    kept_unreachable: |at, project| {
        format!("Kept on {at} in this browser, project {project}; the server cannot be asked now.")
    },
    file_note: |at, project| {
        format!("From a file: kept on {at}, project {project}. The server was not asked.")
    },
    file_title: "Logview from a file",
    file_lead: "A saved Logview is read on this machine and sent nowhere.",
    drop_label: "Open a saved Logview",
    choose: "Open a saved Logview",
    drop: "or drop the file here (.logview.json)",
    foreign: "This file is no saved Logview. One is made by “Save as file” on the page of an instance.",
    newer: "This Logview was saved by a later version of the console.",
    damaged: "This is a saved Logview, but a part of it is missing or changed, so it cannot be shown.",
    too_large: "This file is too large for a saved Logview, or cannot be read.",
};
