//! The Dashboard.

use super::{HelpSection, HelpText};

pub(super) const DASHBOARD: HelpText = HelpText {
    title: "Dashboard",
    sections: &[
        HelpSection {
            heading: "What needs your attention",
            paragraphs: &[
                "The counts at the top say what may keep messages from arriving: domains whose subscription has ended \
                 or ends within seven days, groups in which messages reach nobody, numbers that can do SMS and are \
                 free, and with the legacy app changes that are not live yet. Each leads to the rows it counts.",
                "Below them stand the alerts: each domain that has expired or soon will, each carrier profile that the \
                 portal fails with, and since when. Your provider is told of them too, if it has said where.",
            ],
        },
        HelpSection {
            heading: "Sync SMS App",
            paragraphs: &[
                "With the legacy connector app, changes to groups, numbers and people are not live until you sync. The \
                 Dashboard says how many there are, who made them and since when they wait. Sync SMS App makes all of \
                 them live. It starts one sync at a time: pressing it again while one is under way starts no other.",
                "With the unified app there is no such button, because every change is live at once.",
            ],
        },
        HelpSection {
            heading: "Tasks",
            paragraphs: &[
                "Syncs and imports run in the background. You can leave the page and find them again under Tasks, with \
                 who started them, how far they are and what they came to.",
                "A task that meets a problem is tried again several times, after longer and longer pauses. When it has \
                 failed for good, its row says why, and Retry lets it start anew.",
                "Details of an import lead to the page of its file, with the rejected rows and why they were rejected. The \
                 page is there for as long as the file is kept: a day.",
            ],
        },
    ],
};
