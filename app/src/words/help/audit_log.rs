//! The audit log.

use super::{HelpSection, HelpText};

pub(super) const AUDIT_LOG: HelpText = HelpText {
    title: "Audit log",
    sections: &[
        HelpSection {
            heading: "What is in it",
            paragraphs: &[
                "Every change that is made here leaves an entry: who made it, when, from which address, and what was \
                 different afterwards. Imports leave one entry with the file and the counts. Reading and signing in \
                 leave none.",
                "Everybody who can sign in to your enterprise can read the log. It is in the menu under your name.",
            ],
        },
        HelpSection {
            heading: "Finding an entry",
            paragraphs: &[
                "The search looks for people, things, kinds of things, actions and addresses. Each heading has a filter: \
                 by day, by person, by action, by kind of thing. Details shows an entry with everything that changed.",
                "The dialog of a group, a user, a number, a domain or a carrier profile lists its changes under \
                 History.",
                "Export CSV saves what search and filters find, on all pages, as a file for a spreadsheet.",
            ],
        },
        HelpSection {
            heading: "Whether it can be trusted",
            paragraphs: &[
                "Nobody who uses the portal can change or remove entries. Each entry also carries a hash over itself \
                 and the entry before it, so your provider can find out whether somebody has changed the log in the \
                 database itself.",
            ],
        },
    ],
};
