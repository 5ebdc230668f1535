//! The provider's console.

use super::{HelpSection, HelpText};

pub(super) const PROVIDER_CONSOLE: HelpText = HelpText {
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
                "Where an enterprise does not manage its own numbers, you do: on its Numbers page you add, import, update \
                 and delete them, and only you see their carriers.",
                "Suspend locks the people of an enterprise out. Nothing is deleted, messages go on as they are \
                 configured, and Resume lets them in again.",
            ],
        },
        HelpSection {
            heading: "Accounts",
            paragraphs: &[
                "Accounts lists who can sign in to an enterprise. Inviting somebody or resetting a password gives you a \
                 link to pass on; the portal does not send it. It is shown once, works once and for seven days, and \
                 a newer link replaces it. Whoever has an account already confirms the invitation with its password.",
                "An account can have roles at several enterprises. Remove takes away the role at this one. Disable and \
                 Reset password concern the account as a whole, so they are there only for accounts without a role \
                 beyond your enterprises. Nobody can do these things to their own account, and the last admin of an \
                 enterprise stays until there is another one.",
                "API tokens lists the tokens of an account that reach the enterprise, and revokes them one by one. A \
                 token that also reaches beyond your enterprises is not among them; it reaches nothing here any more \
                 once the role is removed.",
            ],
        },
        HelpSection {
            heading: "Carrier profiles and domains",
            paragraphs: &[
                "The Carriers tab of an enterprise is where you add, update, test and delete carrier profiles; choose \
                 Open to get there. The enterprise itself has the tab only where it manages its own numbers. Credentials are encrypted and never shown again. \
                 Leave a field empty to keep what is set; whoever changes the host enters them anew.",
                "As soon as a profile is with a carrier that needs domains, there is a Domains tab beside it. Add Domain \
                 subscribes one with the credentials of a profile; the row says Being subscribed until the carrier has \
                 it. Domains are renewed without you, and the row says what the carrier answers where that fails. Renew \
                 now asks for another year at once.",
                "Where several enterprises have the same domain at one carrier, deleting it in one of them leaves the \
                 subscription to the others.",
            ],
        },
        HelpSection {
            heading: "Alerts",
            paragraphs: &[
                "When a domain of one of your enterprises expires within seven days or has expired, or when the portal \
                 fails several times in a row with a carrier profile, that is an alert. Whoever can see the enterprise \
                 finds it on its Dashboard. On the Alerts page you add the e-mail addresses and webhooks that are told \
                 as well: once when it begins, once when it gets worse, and once when it is over, however often the \
                 portal tries in between.",
                "The secret of a webhook is shown once, when you add it; the receiver checks with it that a request \
                 comes from the portal. Send test message shows whether messages arrive. What is not taken in is tried \
                 again for some three hours; the list says what became of the last message to each address.",
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
