//! The Configuration page.

use super::{HelpSection, HelpText};

pub(super) const CONFIGURATION: HelpText = HelpText {
    title: "Configuration",
    sections: &[
        HelpSection {
            heading: "What it is",
            paragraphs: &[
                "The connector app works with a copy of your assignments: which number serves whom, and who is in which \
                 group. Each copy that is published is a snapshot with a number. The page Configuration, in the menu \
                 under your name, shows the one that is live, and who published the ones before it and when.",
            ],
        },
        HelpSection {
            heading: "When changes become live",
            paragraphs: &[
                "With the unified app each change is published as it is saved. With the legacy app changes wait for a \
                 sync: the Groups tab counts them and leads to the Dashboard, where you start it.",
                "The list of changes that are not live yet says for each of them since when it waits: that is when the \
                 group, number or person was first changed after the snapshot that is live. It names everybody who has \
                 changed them since, and the last change. What was changed and changed back is not in it.",
            ],
        },
        HelpSection {
            heading: "What counts as a change",
            paragraphs: &[
                "A group that was added, renamed or deleted, another owner, members who came or went, a number that was \
                 given to somebody or taken away, and a person with another name or sign-in name. Numbers that belong to \
                 nobody are no part of the configuration.",
            ],
        },
    ],
};
