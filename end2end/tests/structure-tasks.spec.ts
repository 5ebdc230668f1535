// What assistive technology finds on the Dashboard once there are tasks, and on the page of a file that was checked.
import { expect, test } from '../fixtures/test.ts';
import { borealis, dashboard } from '../support/addresses.ts';
import { sync } from '../support/dashboard.ts';
import { check, sample, uploadFile } from '../support/imports.ts';
import { people } from '../support/people.ts';

test.use({ database: 'changed' });

test.describe('Borealis Freight', () => {
  test.use({ person: people.borealisAdmin });

  test('the Dashboard after a sync', async ({ page }) => {
    await page.goto(dashboard(borealis));
    await sync(page);
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - heading "Dashboard" [level=1]
        - list "What needs attention":
          - listitem:
            - link /^\\d+ groups? in which nobody gets messages$/
          - listitem:
            - link /^\\d+ free numbers?$/
          - listitem:
            - link "0 changes not live yet"
        - region "Changes for the SMS app":
          - heading "Changes for the SMS app" [level=2]
          - button "Sync SMS App"
          - paragraph: Every change is live.
          - status: /^The last sync is done\\. .+/
        - heading "Tasks" [level=2]
        - search:
          - searchbox "Search tasks"
        - link "Reset Filters"
        - link "Export CSV"
        - button "View options"
        - status: /^\\d+ tasks?$/
        - region "Tasks":
          - table "Tasks":
            - rowgroup:
              - row:
                - columnheader:
                  - link "Task"
                  - button "Filter Task"
                - columnheader:
                  - link "Started By"
                  - button "Filter Started By"
                - columnheader:
                  - link "Requested"
                  - button "Filter Requested"
                - columnheader:
                  - link "State"
                  - button "Filter State"
                - columnheader:
                  - link "Duration"
                  - button "Filter Duration"
                - columnheader "Actions"
            - rowgroup:
              - row:
                - rowheader:
                  - link "Sync SMS App"
                - cell "Bela Novak"
                - cell /^\\d+ \\w+ \\d+, \\d\\d.\\d\\d$/
                - cell "Done"
                - cell /^(Under 1|\\d+) s$/
                - cell:
                  - link /^Details Sync SMS App of .+ UTC$/
        - navigation "Pages":
          - combobox "Rows per page"
          - paragraph: /^1–\\d+ of \\d+$/
    `);
  });
});

test.describe('Alder Clinics', () => {
  test.use({ person: people.alderAdmin });

  test('the page of a file that was checked', async ({ page }) => {
    await uploadFile(page, 'numbers', sample('numbers-messy.csv'));
    await check(page);
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - heading "Import numbers" [level=1]
        - paragraph: /^numbers-messy\\.csv, \\d+ KB$/
        - link "Upload another file":
          - /url: /e/alder-clinics/numbers/import
        - region "How the file is read":
          - heading "How the file is read" [level=2]
          - button "Check"
          - combobox "Encoding"
          - combobox "Separator"
          - group "Which column holds what":
            - combobox "Phone Number"
            - combobox "SMS"
            - combobox "Carrier Profile"
            - combobox "Domain"
        - region "Import":
          - heading "Import" [level=2]
          - button /^Import \\d+ rows?$/
          - status: /^\\d+ added, \\d+ changed, \\d+ unchanged, \\d+ rejected\\. This was a check/
        - heading "What becomes of each row" [level=2]
        - navigation "Rows that need a look":
          - list:
            - listitem:
              - link "All rows"
            - listitem:
              - link "Only problems"
        - link "Download rejected rows"
        - search:
          - searchbox "Search rows"
        - status: 16 rows
        - region "Rows of the file":
          - table "Rows of the file":
            - rowgroup:
              - row:
                - columnheader:
                  - link "Line"
                  - button "Filter Line"
                - columnheader:
                  - link "Row"
                  - button "Filter Row"
                - columnheader:
                  - link "Outcome"
                  - button "Filter Outcome"
                - columnheader:
                  - link "Details"
                  - button "Filter Details"
            - rowgroup:
              - row:
                - rowheader "3"
                - cell
                - cell "Rejected"
                - cell "The number has an extension, which messages cannot reach. Leave the extension out."
        - navigation "Pages":
          - combobox "Rows per page"
          - paragraph: 1–16 of 16
    `);
  });
});
