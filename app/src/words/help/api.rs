//! API tokens and the API.

use super::{HelpSection, HelpText};

pub(super) const API: HelpText = HelpText {
    title: "API tokens and the API",
    sections: &[
        HelpSection {
            heading: "Tokens",
            paragraphs: &[
                "A token lets a script do what you can do here, without your password. Admins make them under API \
                 tokens, in the menu under their name. Give each script its own, so that you can revoke one without \
                 stopping the others.",
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
                 that nothing is overwritten unseen. What the pages can do the API can too, imports, files of tables \
                 and the provider console included.",
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
