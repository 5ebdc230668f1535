//! The help pages.

use crate::paths::HelpTopic;

/// Name of the list of topics.
pub const TOPICS: &str = "Help topics";

/// A help page.
#[derive(Clone, Copy, Debug)]
pub struct HelpText {
    /// Its heading.
    pub title: &'static str,
    /// Its parts.
    pub sections: &'static [HelpSection],
}

/// A part of a help page.
#[derive(Clone, Copy, Debug)]
pub struct HelpSection {
    /// Its heading.
    pub heading: &'static str,
    /// Its paragraphs.
    pub paragraphs: &'static [&'static str],
}

/// The page's title for the browser.
#[must_use]
pub fn title(page: HelpTopic) -> String {
    format!("{} · Help", topic(page).title)
}

/// The text of a help page.
#[must_use]
pub fn topic(topic: HelpTopic) -> HelpText {
    match topic {
        HelpTopic::SigningIn => SIGNING_IN,
        HelpTopic::Users => USERS,
        HelpTopic::Api => API,
        HelpTopic::ProviderConsole => PROVIDER_CONSOLE,
        HelpTopic::SmsGeneral => SMS_GENERAL,
        HelpTopic::SmsGroups => SMS_GROUPS,
        HelpTopic::SmsCarriers => SMS_CARRIERS,
        HelpTopic::SmsDomains => SMS_DOMAINS,
        HelpTopic::Configuration => CONFIGURATION,
        HelpTopic::AuditLog => AUDIT_LOG,
        HelpTopic::Numbers => NUMBERS,
        HelpTopic::Dashboard => DASHBOARD,
        HelpTopic::Importing => IMPORTING,
    }
}

const PROVIDER_CONSOLE: HelpText = HelpText {
    title: "Provider console",
    sections: &[
        HelpSection {
            heading: "Enterprises",
            paragraphs: &[
                "The console is there for admins of a provider. Its first page lists your enterprises with what is in \
                 them and how many of their domains have expired or soon will. Open leads to the pages that the \
                 enterprise itself sees. A note on them says that you work there for your provider; whatever you change \
                 is in the audit log of the enterprise under your account.",
                "Update holds the switches: SMS, Group Texting, Secure SMS, whether the enterprise manages its own \
                 numbers, the connector app, and for how many days a released number is kept back. Pages of the \
                 enterprise that are open follow at once. Where a switch takes something away or makes waiting changes \
                 live, the dialog says so before you save.",
                "Suspend locks the people of an enterprise out. Nothing is deleted, messages go on as they are \
                 configured, and Resume lets them in again.",
            ],
        },
        HelpSection {
            heading: "Accounts",
            paragraphs: &[
                "Accounts lists who can sign in to an enterprise. The portal sends no e-mail: inviting somebody or \
                 resetting a password gives you a link to pass on. It is shown once, works once and for seven days, and \
                 a newer link replaces it. Whoever has an account already confirms the invitation with its password.",
                "An account can have roles at several enterprises. Remove takes away the role at this one. Disable and \
                 Reset password concern the account as a whole, so they are there only for accounts without a role \
                 beyond your enterprises. Nobody can do these things to their own account, and the last admin of an \
                 enterprise stays until there is another one.",
            ],
        },
        HelpSection {
            heading: "Requests and contact details",
            paragraphs: &[
                "An enterprise whose domain has expired can ask you to subscribe it again. The queue holds the requests \
                 of all enterprises, those that wait longest first. An answer says done, or declined with the reason, \
                 and shows in the enterprise's Domains tab.",
                "Your contact details are what enterprises see wherever they are told to ask you.",
            ],
        },
    ],
};

const SIGNING_IN: HelpText = HelpText {
    title: "Signing in",
    sections: &[
        HelpSection {
            heading: "Your account",
            paragraphs: &[
                "Sign in with the e-mail address and password your provider gave you. After several wrong tries the \
                 portal asks you to wait before the next one.",
                "You are signed out after an hour without activity, and after twelve hours in any case. Sign out \
                 everywhere, in the menu under your name, ends every session of your account, also those in other \
                 browsers.",
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

const IMPORTING: HelpText = HelpText {
    title: "Importing files",
    sections: &[
        HelpSection {
            heading: "Which files",
            paragraphs: &[
                "Import on the Numbers page and on the Users page takes text files with a header: CSV as spreadsheet \
                 programs and Microsoft's portals write it. A file may have up to 50 MB and 500,000 rows; split a larger \
                 one. A workbook has to be saved as CSV first.",
                "Numbers need the column Phone Number, with the country code in it or in a column of its own. SMS, MMS, \
                 Group MMS and Voice are TRUE or FALSE; Carrier Profile and Domain are names. What a file does not tell \
                 stays as it is. The template has all columns.",
                "Users come from Download users in the Entra admin center, which has no licenses, or from the export of \
                 Active users in the Microsoft 365 admin center. Both are read as they are.",
            ],
        },
        HelpSection {
            heading: "Check, then import",
            paragraphs: &[
                "After the upload the page shows how the file is read: the encoding, the separator, and which column holds \
                 what. Correct what is not right, then choose Check. It tells what would become of every row and changes \
                 nothing. Rejected rows say why.",
                "Import carries the file out as a task, which goes on when you leave the page; the Dashboard lists it. All \
                 good rows are imported together. When something fails in the middle, none is, and the task is tried \
                 again. To import the same file once more does no harm: its rows are unchanged then.",
            ],
        },
        HelpSection {
            heading: "Rejected rows",
            paragraphs: &[
                "Download the rejected rows, mend them in a spreadsheet program and import that file. Its last column says \
                 why each row was rejected, and is passed over when the file is read.",
            ],
        },
        HelpSection {
            heading: "People who are not in the file",
            paragraphs: &[
                "If no row is rejected, the check also lists the people of the portal who are not in the file. They stay as \
                 they are unless you tick that they are to be disabled; tick it only for a file with all people of your \
                 tenant. Nobody is deleted, and numbers and groups stay with them.",
            ],
        },
        HelpSection {
            heading: "How long files are kept",
            paragraphs: &[
                "An uploaded file is removed a day after the upload, its content as soon as it was imported. Only people \
                 who may see your enterprise can see it.",
            ],
        },
    ],
};

const USERS: HelpText = HelpText {
    title: "Users",
    sections: &[
        HelpSection {
            heading: "Who is listed",
            paragraphs: &[
                "The page lists the Teams users of your enterprise as they were imported from Microsoft. Licenses says \
                 whether somebody has Teams: licensed, not licensed, or unknown where the imported file does not tell. \
                 Whoever cannot sign in to Microsoft is marked as blocked.",
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
                "The notice that follows offers Undo for ten minutes. What somebody else has been given meanwhile stays \
                 with them, and what did not come back is listed. The account in Microsoft is not touched: block or \
                 delete it there.",
            ],
        },
    ],
};

const SMS_GENERAL: HelpText = HelpText {
    title: "SMS settings",
    sections: &[
        HelpSection {
            heading: "Who changes them",
            paragraphs: &[
                "The General tab shows what your provider has switched on. You cannot change it yourself; the tab says \
                 how to reach your provider.",
            ],
        },
        HelpSection {
            heading: "Group Texting and Secure SMS",
            paragraphs: &[
                "Group Texting lets one message go to several recipients who all see each other's replies. Your carrier \
                 must support it.",
                "Secure SMS encrypts messages.",
            ],
        },
        HelpSection {
            heading: "The connector app",
            paragraphs: &[
                "The connector app shows messages inside Microsoft Teams. With the unified app every change you make \
                 here takes effect at once. With the legacy app, changes to groups and assignments take effect only \
                 after a manual sync.",
            ],
        },
    ],
};

const SMS_GROUPS: HelpText = HelpText {
    title: "SMS groups",
    sections: &[
        HelpSection {
            heading: "What a group is",
            paragraphs: &[
                "A group is a set of Teams users who share one or more phone numbers, such as a front desk. Each member \
                 gets a copy of every message on those numbers, sent or received; there is no private conversation on a \
                 shared number.",
                "A group is not Group Texting, which is a feature of carriers.",
            ],
        },
        HelpSection {
            heading: "Adding and changing",
            paragraphs: &[
                "A group needs a name, an owner and at least one member. Numbers can be added later. You can choose \
                 numbers that can do SMS and that no other group or user has.",
                "People without a Teams license and people whose sign-in is blocked can be members, but messages do not \
                 reach them; the table marks such groups.",
                "If somebody else saves the same group while you edit it, you see what they changed and choose whether \
                 to start from their version or to put your changes on top of it.",
            ],
        },
        HelpSection {
            heading: "Deleting",
            paragraphs: &[
                "Deleting a group frees its numbers at once. Its members stop receiving and sending messages on them.",
                "The notice that follows offers Undo for ten minutes, also while you are on another tab. The group \
                 comes back with its name, owner and members, and with those of its numbers that nobody has been given \
                 meanwhile; what did not come back is listed.",
            ],
        },
        HelpSection {
            heading: "Finding a group",
            paragraphs: &[
                "The search above the table looks at every column and at the names of members. Type phone numbers any \
                 way you like, with or without spaces and country code. Choose a heading to sort by it.",
                "Export CSV saves what search and filters find, on all pages and in the order of the table, as a file \
                 for a spreadsheet.",
            ],
        },
    ],
};

const SMS_CARRIERS: HelpText = HelpText {
    title: "Carrier profiles",
    sections: &[
        HelpSection {
            heading: "What a profile is",
            paragraphs: &[
                "A carrier profile holds the credentials for one account at an SMS carrier. Messages of your users go \
                 from the number through its profile to the carrier, and from there to the recipient.",
                "A number without a profile cannot send.",
            ],
        },
        HelpSection {
            heading: "Domain State",
            paragraphs: &[
                "With NetSapiens, SkySwitch, United Cloud, RingLogix and Viirtue, incoming messages depend on the \
                 subscriptions of domains. The column shows the worst of the profile's domains; the Domains tab lists \
                 all of them. Other carriers need no domains and show a dash.",
            ],
        },
        HelpSection {
            heading: "Who keeps it",
            paragraphs: &["Your provider enters and renews the credentials. The portal never shows them."],
        },
    ],
};

const SMS_DOMAINS: HelpText = HelpText {
    title: "Domains",
    sections: &[
        HelpSection {
            heading: "Why subscriptions matter",
            paragraphs: &[
                "With NetSapiens, SkySwitch, United Cloud, RingLogix and Viirtue, incoming messages of a domain reach \
                 the portal only while the domain is subscribed. When the expiry date has passed, messages to its \
                 numbers no longer arrive.",
            ],
        },
        HelpSection {
            heading: "States",
            paragraphs: &[
                "Active: messages arrive. Expiring soon: they arrive, for seven days at most unless the subscription is \
                 renewed. Expired and Not subscribed: they do not arrive.",
                "Choose the name of a domain to see its last renewal and the next attempt. Dates are in the time zone \
                 of your browser; point at one, or move the focus to it, to see the zone.",
            ],
        },
        HelpSection {
            heading: "What to do about an expired one",
            paragraphs: &[
                "Request re-subscription, at the end of the row, asks your provider to subscribe the domain again. The \
                 row shows the request and what your provider answers. While a request is open you cannot send \
                 another one for the same domain.",
            ],
        },
        HelpSection {
            heading: "Deleting a domain",
            paragraphs: &[
                "Delete first lists the numbers that stop receiving messages. The subscription is removed at the carrier, \
                 and the domain leaves the table when the carrier has confirmed. Until then the row says Being deleted; \
                 you can leave the page meanwhile.",
                "If the carrier refuses, the row says why and you can try again. If the portal cannot talk to the \
                 carrier yet, it says so and changes nothing.",
            ],
        },
    ],
};

const CONFIGURATION: HelpText = HelpText {
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
                "The list of changes that are not live yet says for each of them who changed that group, number or \
                 person last, and when. What was changed and changed back is not in it.",
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

const AUDIT_LOG: HelpText = HelpText {
    title: "Audit log",
    sections: &[
        HelpSection {
            heading: "What is in it",
            paragraphs: &[
                "Every change in your enterprise leaves an entry: who made it, when, from which address, and what was \
                 different afterwards. Imports leave one entry with the file and the counts. Reading leaves none.",
                "Everybody who can sign in to your enterprise can read the log. It is in the menu under your name.",
            ],
        },
        HelpSection {
            heading: "Finding an entry",
            paragraphs: &[
                "The search looks for people, things, kinds of things, actions and addresses. Each heading has a filter: \
                 by day, by person, by action, by kind of thing. Details shows an entry with everything that changed.",
                "A group's own dialog lists its changes under History.",
                "Export CSV saves what search and filters find, on all pages, as a file for a spreadsheet.",
            ],
        },
        HelpSection {
            heading: "Whether it can be trusted",
            paragraphs: &[
                "Entries cannot be changed or removed, by nobody who uses the portal. Each entry also carries a hash over \
                 itself and the entry before it, so your provider can find out whether somebody has changed the log in \
                 the database itself.",
            ],
        },
    ],
};

const NUMBERS: HelpText = HelpText {
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
                 gives a number away again.",
            ],
        },
        HelpSection {
            heading: "Your own numbers",
            paragraphs: &[
                "If your enterprise manages its own numbers, you can add and update them and delete those that nobody \
                 has. Tick several rows to change them together: the boxes keep their ticks while you sort, search and \
                 turn pages, and Reset Filters clears them.",
                "The links above the table show the numbers that need a look: unassigned ones, those that cannot do SMS, \
                 and those without a carrier profile, which cannot send.",
            ],
        },
    ],
};

const DASHBOARD: HelpText = HelpText {
    title: "Dashboard",
    sections: &[
        HelpSection {
            heading: "What needs your attention",
            paragraphs: &[
                "The counts at the top say what may keep messages from arriving: domains whose subscription has ended \
                 or ends within seven days, groups in which messages reach nobody, and numbers that nobody has. Each \
                 leads to the rows it counts.",
            ],
        },
        HelpSection {
            heading: "Sync SMS App",
            paragraphs: &[
                "With the legacy connector app, changes to groups, numbers and people are not live until you sync. The \
                 Dashboard says how many there are, who made them and when. Sync SMS App makes all of them live. It \
                 starts one sync at a time: pressing it again while one is under way starts no other.",
                "With the unified app there is no such button, because every change is live at once.",
            ],
        },
        HelpSection {
            heading: "Tasks",
            paragraphs: &[
                "Long work runs in the background. You can leave the page and find it again under Tasks, with who \
                 started it, how far it is and what it came to.",
                "A task that meets a problem is tried again several times, after longer and longer pauses. When it has \
                 failed for good, its row says why, and Retry lets it start anew.",
            ],
        },
    ],
};

const API: HelpText = HelpText {
    title: "API tokens and the API",
    sections: &[
        HelpSection {
            heading: "Tokens",
            paragraphs: &[
                "A token lets a script do what you can do here, without your password. Make one under API tokens, in \
                 the menu under your name. Give each script its own, so that you can revoke one without stopping the \
                 others.",
                "Choose as little as the script needs: one enterprise rather than all, only reading rather than \
                 changing. If your own role becomes smaller later, that of your tokens does too; if your account is \
                 disabled, they stop working. A token cannot make tokens.",
                "The token itself is shown once. If it is lost, revoke it and make another. Every token ends after at \
                 most a year. The list tells when and from where each was last used.",
            ],
        },
        HelpSection {
            heading: "The API",
            paragraphs: &[
                "The description of the API lists every address with what it takes and answers, and lets you try it \
                 with a token. Scripts send the token in the header Authorization, after the word Bearer.",
                "Lists take search, filter, sort, page and page_size in the form in which they stand in the address of \
                 the page with the same list: filter there, then copy what follows the question mark.",
                "Whoever changes or deletes something names the version they have read, in the header If-Match, so \
                 that nothing is overwritten unseen.",
            ],
        },
        HelpSection {
            heading: "Too many requests",
            paragraphs: &[
                "A token may send a certain number of requests in a minute, and so may an address. The headers \
                 RateLimit and RateLimit-Policy of each answer tell how many are left; after too many, Retry-After \
                 tells how long to wait.",
            ],
        },
    ],
};
