//! Signing in and finding one's way.

use super::{HelpSection, HelpText};

pub(super) const SIGNING_IN: HelpText = HelpText {
    title: "Signing in",
    sections: &[
        HelpSection {
            heading: "Your account",
            paragraphs: &[
                "Your provider gives you a link that works once; there you choose your password. From then on you sign \
                 in with your e-mail address and that password. If you have forgotten it, or want another one, ask \
                 your provider for a new link. After several wrong tries the portal asks you to wait before the next \
                 one.",
                "You are signed out after an hour without activity, and after twelve hours in any case. Sign out \
                 everywhere, in the menu under your name, ends every session of your account, also those in other \
                 browsers.",
            ],
        },
        HelpSection {
            heading: "What you may do",
            paragraphs: &[
                "An admin changes what is the enterprise's own: groups, people and, if the enterprise manages them, \
                 numbers. A viewer reads the same and changes nothing. A button that you may not press is disabled and \
                 says why. Who may sign in, and as what, is settled by your provider.",
            ],
        },
        HelpSection {
            heading: "Finding things",
            paragraphs: &[
                "Find, at the top of each page, leads to whatever you type a part of: a page; an SMS group, by its name \
                 or by the name of its owner or of a member; a user, by name or sign-in name; a number, by any of its \
                 digits, however you write it. A number that you type with its + is looked for from the front. What \
                 fits best is on top: Enter opens it, the arrow keys lead to the others, Esc closes the list.",
                "Groups, users and numbers are those of the enterprise whose page is open. The best few of each are \
                 shown; to see all that fit, search the table itself.",
            ],
        },
        HelpSection {
            heading: "Keyboard",
            paragraphs: &[
                "Everything can be done by keyboard. Press Ctrl + K (on a Mac ⌘ + K) to find anything, / to go to the \
                 search of a table and ? for the list of shortcuts; the list is also in the menu under your name. There \
                 you can turn these keys off, if you control your device by speech for example.",
            ],
        },
        HelpSection {
            heading: "Several enterprises",
            paragraphs: &[
                "If you work for more than one enterprise, the start page and the menu under your name list them. The \
                 address of each page names its enterprise, so you can work on two of them in two tabs.",
            ],
        },
    ],
};
