//! The tabs under Services → SMS.

use super::{HelpSection, HelpText};

pub(super) const SMS_GENERAL: HelpText = HelpText {
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

pub(super) const SMS_GROUPS: HelpText = HelpText {
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
                "If somebody else saves the same group while you edit it, you see of each field which of you changed it \
                 and choose whether to start from their version or to put your changes on top of it. What only they \
                 changed stays in both cases.",
            ],
        },
        HelpSection {
            heading: "Deleting",
            paragraphs: &[
                "Deleting a group frees its numbers at once. Its members stop receiving and sending messages on them.",
                "The notice that follows offers Undo for ten minutes, also while you are on another tab. If you load the \
                 page again, the Groups tab offers it once more in the same browser. The group comes back with its name, owner and members, and with those of its numbers that nobody has been given \
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

pub(super) const SMS_CARRIERS: HelpText = HelpText {
    title: "Carrier profiles",
    sections: &[
        HelpSection {
            heading: "What a profile is",
            paragraphs: &[
                "A carrier profile stands for one account at an SMS carrier. Messages of your users go from the number \
                 through its profile to the carrier, and from there to the recipient.",
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
            paragraphs: &[
                "Your provider keeps the profiles, with the credentials of the account; the portal never shows these. \
                 Last Check says when your provider last tried them, and whether they worked.",
            ],
        },
    ],
};

pub(super) const SMS_DOMAINS: HelpText = HelpText {
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
            heading: "Renewal",
            paragraphs: &[
                "The portal renews subscriptions by itself, 30 days before they end. If the carrier refuses or cannot be \
                 reached, it goes on trying, every two minutes in the end, also after the expiry date. The row says why \
                 it failed.",
            ],
        },
        HelpSection {
            heading: "States",
            paragraphs: &[
                "Active: messages arrive. Expiring soon: they arrive, for seven days at most unless the subscription \
                 is renewed. Expired and Not subscribed: they do not arrive. Being subscribed, Renewing and Being \
                 deleted say what is under way at the carrier.",
                "Choose the name of a domain to see its last renewal, the next attempt, and what others have \
                 subscribed on it at the carrier; that is left alone. Dates are in the time zone \
                 of your browser; point at one, or move the focus to it, to see the zone.",
            ],
        },
        HelpSection {
            heading: "Adding a domain",
            paragraphs: &[
                "Your provider adds domains, and can renew one at once. The row is there at once and says Being \
                 subscribed until the carrier has it.",
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
                "If the carrier refuses, the row says why and you can try again. Where the portal cannot talk to the \
                 carrier, or has no credentials for it, it says so and changes nothing.",
            ],
        },
    ],
};
