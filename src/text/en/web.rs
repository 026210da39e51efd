//! English: the engine's own page and its notebook.

use crate::api::framed::Why;
use crate::text::web::Web;

pub(super) const WEB: Web = Web {
    tab: "Web UI",
    tab_notebook: "Notebook",
    frame: |id| format!("The engine's own page of cluster {id}"),
    lead: "Made by the engine, shown for reading: it cannot run jobs, and it knows nothing of this console.",
    reload: "Reload",
    open: "Open in a new window",
    opening: "Opening the engine's page…",
    link_only: "The engine's page cannot be shown here.",
    why: |why| match why {
        Why::OldGateway => {
            "This gateway is too old to put it into a frame safely. Its own address may still show it."
        }
        Why::NoPage => "What answers at its address is not a page.",
        Why::Forbidden => "Something between the browser and the gateway forbids frames.",
    },
    ended: "The engine's page ended with the cluster.",
    ended_next: "What this console has seen of it is in the other tabs.",
    notebook_unsaved: "The notebook does not save your file.",
    notebook_unsaved_next: "It lives on the cluster and goes with it. Download what you need before the cluster stops: File, Download as.",
    notebook_lead: "A Jupyter notebook that runs on the cluster. The first opening starts it, which takes some seconds.",
    notebook_why: "It opens in a window of its own: it runs what is typed and signs in with cookies, so in a frame of this page it would either not work or act in this console's name.",
    notebook_open: "Open the notebook",
    notebook_token: "Its address holds a key to the cluster: whoever has the address can use the notebook. Do not pass it on.",
    notebook_missing: "If the window says that there is no notebook, the cluster was made without one (with_notebook).",
};
