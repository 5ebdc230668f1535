//! Users.

use super::{HelpSection, HelpText};

pub(super) const USERS: HelpText = HelpText {
    title: "Users",
    sections: &[
        HelpSection {
            heading: "Who is listed",
            paragraphs: &[
                "The page lists the Teams users of your enterprise as they were imported from Microsoft. Licenses says \
                 whether somebody has Teams: licensed, not licensed, or unknown where the imported file does not tell. \
                 Whoever cannot sign in to Microsoft is marked as blocked. People are not added one by one: Import \
                 brings them in from a file.",
                "The search looks at names, sign-in names, phone numbers in any form, and the names of groups.",
            ],
        },
        HelpSection {
            heading: "Numbers",
            paragraphs: &[
                "A number that belongs to the person alone stands by itself; choose it to change the assignment. Numbers \
                 of groups carry the words group owner where the person owns the group, and else the name of the group.",
                "Choose the chip under Services to give somebody numbers of their own or to take them away. A number that \
                 is taken away becomes free at once. Whoever has no Teams license cannot be given a number.",
            ],
        },
        HelpSection {
            heading: "When somebody leaves",
            paragraphs: &[
                "Choose the person's name, then Offboard. Say who owns their groups from now on, what becomes of groups \
                 in which nobody would be left, and whether their numbers become free or go to somebody else. The \
                 preview lists everything that will happen before it happens.",
                "The notice that follows offers Undo for ten minutes, and so does the person's dialog, to everybody who \
                 may offboard. What somebody else has been given meanwhile stays with them, and what did not come back \
                 is listed. The account in Microsoft is not touched: block or \
                 delete it there.",
            ],
        },
    ],
};
