//! Importing files.

use super::{HelpSection, HelpText};

pub(super) const IMPORTING: HelpText = HelpText {
    title: "Importing files",
    sections: &[
        HelpSection {
            heading: "Which files",
            paragraphs: &[
                "Import on the Users page, and on the Numbers page if your enterprise manages its own numbers, takes \
                 text files: CSV as spreadsheet programs and Microsoft's portals write it. Where the first line does not \
                 name the columns, say what they hold. A file may have up to 50 MB and 500,000 rows; split a larger one. \
                 A workbook has to be saved as CSV first.",
                "Numbers need the column Phone Number, with the country code in it or in a column of its own. SMS, MMS, \
                 Group MMS and Voice are TRUE or FALSE; Carrier Profile and Domain are names. What a file does not tell \
                 stays as it is. The template has all columns.",
                "Users come from Download users in the Entra admin center, which has no licenses, or from the export of \
                 Active users in the Microsoft 365 admin center. Both are read as they are.",
            ],
        },
        HelpSection {
            heading: "Numbers from the carrier",
            paragraphs: &[
                "On the Numbers page, Import from carrier takes the place of a file. Choose a carrier profile and List \
                 numbers: the carrier is asked for the numbers of the domains that the profile has in your enterprise, and \
                 what it answers is kept like an uploaded file. From there on everything is as with a file, and nothing \
                 changes before you choose Import.",
                "Every number that is listed can do SMS; MMS and Group MMS are as the carrier says. The numbers get the \
                 profile and the domain. Numbers that the carrier lists no more stay as they are. A number that the carrier \
                 keeps without its country code is rejected: mend it in the file with the rejected rows. Only NetSapiens, \
                 SkySwitch, United Cloud, RingLogix and Viirtue can list their numbers.",
            ],
        },
        HelpSection {
            heading: "Check, then import",
            paragraphs: &[
                "After the upload the page shows how the file is read: the encoding, the separator, what the first line is, \
                 the first rows as that reads them, and which column holds what. Correct what is not right, then choose \
                 Check. It tells what would become of every row and changes nothing. Changed rows say what they change, \
                 and rejected rows say why.",
                "Import carries the file out as a task, which goes on when you leave the page; the Dashboard lists it, and \
                 its details lead back to the page. All good rows are imported together. When something fails in the \
                 middle, none is, and the task is tried again. To import the same file once more does no harm: its rows are \
                 unchanged then.",
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
                "If no row is rejected, the check also lists the people of the portal who are not in the file; Missing \
                 people above the table shows only them. They stay as they are unless you tick that they are to be \
                 disabled; tick it only for a file with all people of your tenant. Nobody is deleted, and numbers and \
                 groups stay with them.",
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
