//! Numbers.

use super::{HelpSection, HelpText};

pub(super) const NUMBERS: HelpText = HelpText {
    title: "Numbers",
    sections: &[
        HelpSection {
            heading: "Who answers a number",
            paragraphs: &[
                "A number serves nobody, one Teams user or one SMS group, and never two at once. Assigned To says whom; \
                 the name leads to the person or the group.",
                "A question mark in the column Services marks a number that can do SMS and is free. Choose it to assign \
                 the number. People without a Teams license cannot be given a number of their own.",
            ],
        },
        HelpSection {
            heading: "Giving a number to somebody else",
            paragraphs: &[
                "Assign, at the end of the row, also takes a number away or gives it to somebody else. The dialog says \
                 who loses it before you save.",
                "Released says when somebody last lost the number, who that was, and how. Messages for them may still \
                 arrive for a while. Your provider can set a cooling-off time, during which the portal asks before it \
                 gives a number away again: here, in the dialog of a person and in that of a group. Until when a number \
                 should rest stands beside it where numbers are chosen.",
            ],
        },
        HelpSection {
            heading: "Your own numbers",
            paragraphs: &[
                "If your enterprise manages its own numbers, you can add, import and update them and delete those that \
                 nobody has, and SMS Carrier says what each sends through. Elsewhere your provider does that. Tick \
                 several rows to change them together: the boxes keep their ticks while you sort, search and turn \
                 pages, and Reset Filters clears them.",
                "The links above the table show the numbers that need a look: unassigned ones, those that cannot do SMS, \
                 and those without a carrier profile, which cannot send.",
            ],
        },
    ],
};
