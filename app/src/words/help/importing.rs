//! Importing files.

use super::{HelpSection, HelpText};

pub(super) const IMPORTING: HelpText = HelpText {
    title: "Importing files",
    sections: &[
        HelpSection {
            heading: "Which files",
            paragraphs: &[
                "Import on the Users page, and on the Numbers page if your enterprise manages its own numbers, takes \
                 text files with a header: CSV as spreadsheet programs and Microsoft's portals write it. A file may \
                 have up to 50 MB and 500,000 rows; split a larger one. A workbook has to be saved as CSV first.",
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
