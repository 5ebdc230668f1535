// What assistive technology finds on the pages beside those of SMS, as long as nobody has started anything there.
import { expect, test } from '../fixtures/test.ts';
import { alder, borealis, configuration, dashboard } from '../support/addresses.ts';
import { importPage } from '../support/imports.ts';
import { numbersPage } from '../support/numbers.ts';
import { people } from '../support/people.ts';
import { usersPage } from '../support/users.ts';

test.describe('Alder Clinics', () => {
  test.use({ person: people.alderAdmin });

  test('the Numbers page', async ({ page }) => {
    await page.goto(numbersPage(alder, { search: '206 555 0100' }));
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - heading "Numbers" [level=1]
        - paragraph: The phone numbers of your enterprise and who answers them.
        - paragraph:
          - link "Help with numbers"
        - navigation "Ready-made filters":
          - list:
            - listitem:
              - link "Unassigned"
            - listitem:
              - link "Not SMS-capable"
            - listitem:
              - link "No carrier profile"
        - button "Add Number"
        - link "Import":
          - /url: /e/alder-clinics/numbers/import
        - search:
          - searchbox "Search numbers": 206 555 0100
          - button "Clear search"
        - link "Reset Filters"
        - link "Export CSV"
        - button "View options"
        - status: 1 of 168 numbers
        - region "Phone numbers":
          - table "Phone numbers":
            - rowgroup:
              - row:
                - columnheader:
                  - checkbox "Select all rows on this page"
                - columnheader:
                  - link "Phone Number"
                  - button "Filter Phone Number"
                - columnheader:
                  - link "Assigned To"
                  - button "Filter Assigned To"
                - columnheader:
                  - link "SMS Carrier"
                  - button "Filter SMS Carrier"
                - columnheader:
                  - link "Services"
                  - button "Filter Services"
                - columnheader:
                  - link "Released"
                  - button "Filter Released"
                - columnheader "Actions"
            - rowgroup:
              - row:
                - cell:
                  - checkbox "Select +1 206 555 0100"
                - rowheader:
                  - text: +1 206 555 0100
                  - button "Copy phone number +1 206 555 0100"
                - cell:
                  - link "Front Desk"
                - cell /Main NetSapiens ?NetSapiens/
                - cell "Assigned"
                - cell "Never"
                - cell:
                  - link "Assign +1 206 555 0100"
                  - link "Update +1 206 555 0100"
                  - link "Delete +1 206 555 0100"
        - navigation "Pages":
          - combobox "Rows per page"
          - paragraph: 1–1 of 1
    `);
  });

  test('the Users page', async ({ page }) => {
    await page.goto(usersPage(alder, { search: 'aaliyah abbott' }));
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - heading "Users" [level=1]
        - paragraph: The Teams users of your enterprise, their licenses and the numbers they send messages from.
        - paragraph:
          - link "Help with users"
        - link "Import":
          - /url: /e/alder-clinics/users/import
        - search:
          - searchbox "Search users": aaliyah abbott
          - button "Clear search"
        - link "Reset Filters"
        - link "Export CSV"
        - button "View options"
        - status: 1 of 124 users
        - region "Users":
          - table "Users":
            - rowgroup:
              - row:
                - columnheader:
                  - link "Teams Username"
                  - button "Filter Teams Username"
                - columnheader:
                  - link "SMS Numbers"
                  - button "Filter SMS Numbers"
                - columnheader:
                  - link "Licenses"
                  - button "Filter Licenses"
                - columnheader:
                  - link "Services"
                  - button "Filter Services"
                - columnheader:
                  - link "Sign-in"
                  - button "Filter Sign-in"
            - rowgroup:
              - row:
                - rowheader:
                  - link "Aaliyah Abbott"
                  - text: aaliyah.abbott@alderclinics.example
                  - button "Copy sign-in name Aaliyah Abbott"
                - cell:
                  - list:
                    - listitem:
                      - link "+1 206 555 0121"
                    - listitem:
                      - link "+1 206 555 0100"
                      - text: group owner
                    - listitem:
                      - link "+1 253 555 0108"
                      - text: Physical Therapy Ballard
                  - button "Copy sms numbers Aaliyah Abbott"
                - cell "Licensed"
                - cell:
                  - link /Assigned ?, SMS numbers of Aaliyah Abbott/
                - cell "Allowed"
        - navigation "Pages":
          - combobox "Rows per page"
          - paragraph: 1–1 of 1
    `);
  });

  test('the Dashboard', async ({ page }) => {
    await page.goto(dashboard(alder));
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - heading "Dashboard" [level=1]
        - paragraph: What needs your attention, and what is running in the background.
        - paragraph:
          - link "Help with the Dashboard"
        - list "What needs attention":
          - listitem:
            - link /^\\d+ expired domains, \\d+ numbers affected$/
          - listitem:
            - link /^\\d+ domain expiring soon, \\d+ numbers affected$/
          - listitem:
            - link /^\\d+ groups? in which nobody gets messages$/
          - listitem:
            - link /^\\d+ free numbers?$/
        - region "Alerts":
          - heading "Alerts" [level=2]
          - list "Alerts":
            - listitem:
              - text: Domain has expired
              - link "west.alder.example"
            - listitem:
              - text: Domain has expired
              - link "records.alder.example"
            - listitem:
              - text: Domain expires soon
              - link "urgent-care.alder.example"
        - heading "Tasks" [level=2]
        - search:
          - searchbox "Search tasks"
        - status: 0 tasks
        - paragraph: No tasks yet
        - paragraph: Work that takes a while runs in the background and is listed here.
    `);
  });

  test('the page for importing numbers', async ({ page }) => {
    await page.goto(importPage(alder, 'numbers'));
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - heading "Import numbers" [level=1]
        - paragraph: Check a file first, then import it. Nothing changes before you choose Import.
        - paragraph:
          - link "Help with importing files"
        - region "Upload a file":
          - heading "Upload a file" [level=2]
          - link "Download a template"
          - paragraph: /^One number in each row/
          - paragraph: Drop a file here, or
          - button "Choose a file"
          - paragraph: CSV or another text file, up to 50 MB and 500,000 rows.
        - region "Import from carrier":
          - heading "Import from carrier" [level=2]
          - paragraph: /^Instead of a file/
          - combobox "Carrier profile"
          - button "List numbers"
    `);
  });
});

test.describe('Borealis Freight', () => {
  test.use({ person: people.borealisAdmin });

  test('the Configuration page', async ({ page }) => {
    await page.goto(`${configuration(borealis)}?search=541+555+0102`);
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - heading "Configuration" [level=1]
        - paragraph: Which number serves whom, as the connector app works with it.
        - paragraph:
          - link "Help with the configuration"
        - region "What is live":
          - heading "What is live" [level=2]
          - term: Snapshot
          - definition: "1"
          - term: Published
          - definition
          - term: Published by
          - definition: admin@borealisfreight.example
          - term: Content
          - definition: 11 numbers and 5 groups, after 16 changes
        - region "Not live yet":
          - heading "Not live yet" [level=2]
          - list "Changes that are not live yet":
            - listitem: /Group Claims was added/
            - listitem: /Group Yard Crew is called Yard now/
            - listitem: /was given to Fatima Fischer/
        - region "Numbers that are live":
          - heading "Numbers that are live" [level=2]
          - search:
            - searchbox "Search numbers": 541 555 0102
            - button "Clear search"
          - link "Reset Filters"
          - link "Export CSV"
          - button "View options"
          - status: 1 of 11 numbers
          - region "Numbers that are live":
            - table "Numbers that are live":
              - rowgroup:
                - row:
                  - columnheader:
                    - link "Phone Number"
                    - button "Filter Phone Number"
                  - columnheader:
                    - link "Serves"
                    - button "Filter Serves"
                  - columnheader:
                    - link "Kind"
                    - button "Filter Kind"
                  - columnheader:
                    - link "Messages Go To"
                    - button "Filter Messages Go To"
              - rowgroup:
                - row:
                  - rowheader:
                    - text: +1 541 555 0102
                    - button "Copy phone number +1 541 555 0102"
                  - cell:
                    - text: Yard Crew
                    - button "Copy serves +1 541 555 0102"
                  - cell "SMS group"
                  - cell:
                    - list:
                      - listitem
                    - button "Copy messages go to +1 541 555 0102"
          - navigation "Pages":
            - combobox "Rows per page"
            - paragraph: 1–1 of 1
        - region "Earlier snapshots":
          - heading "Earlier snapshots" [level=2]
          - paragraph: There are none.
    `);
  });
});
