// What assistive technology finds: signing in, the top bar and the pages of SMS. The other pages are in
// structure-pages.spec.ts and structure-tasks.spec.ts.
import { expect, test } from '../fixtures/test.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { openAddDialog, openDeleteDialog, openGroups } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { accountMenu } from '../support/sign-in.ts';

test('the sign-in page', { tag: '@reading' }, async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - text: Messaging Portal
      - heading "Sign in" [level=1]
      - paragraph: Set up text messaging for your Microsoft Teams users.
      - text: E-mail address
      - textbox "E-mail address"
      - text: Password
      - textbox "Password"
      - button "Sign in"
      - paragraph: Forgot your password, or need an account? Ask your provider.
  `);
});

test.describe('Alder Clinics', () => {
  test.use({ person: people.alderAdmin });

  test('the top bar', { tag: '@reading' }, async ({ page }) => {
    await page.goto(smsTab(alder, 'groups'));
    await expect(page.getByRole('banner')).toMatchAriaSnapshot(`
      - banner:
        - link "Messaging Portal":
          - /url: /
        - navigation "Main":
          - list:
            - listitem:
              - link "Dashboard":
                - /url: /e/alder-clinics/dashboard
            - listitem:
              - link "Users":
                - /url: /e/alder-clinics/users
            - listitem:
              - link "Numbers":
                - /url: /e/alder-clinics/numbers
            - listitem:
              - group: Services
            - listitem:
              - link "Help":
                - /url: /help/signing-in
        - button "Find"
        - text: Alder Clinics
        - group: Amara Okafor
    `);
  });

  test('the account menu', { tag: '@reading' }, async ({ page }) => {
    await page.goto(smsTab(alder, 'groups'));
    await accountMenu(page, people.alderAdmin).click();
    await expect(page.getByRole('banner')).toMatchAriaSnapshot(`
      - banner:
        - group:
          - list:
            - listitem:
              - link "Configuration":
                - /url: /e/alder-clinics/configuration
            - listitem:
              - link "Audit log":
                - /url: /e/alder-clinics/audit
            - listitem:
              - link "API tokens":
                - /url: /account/tokens
          - group "Theme"
          - list:
            - listitem:
              - button "Keyboard shortcuts"
            - listitem:
              - button "Sign out"
            - listitem:
              - button "Sign out everywhere"
    `);
  });

  test('the General tab', { tag: '@reading' }, async ({ page }) => {
    await page.goto(smsTab(alder, 'general'));
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - heading "SMS" [level=1]
        - paragraph: Text messaging for the Teams users of your enterprise.
        - navigation "SMS settings":
          - list:
            - listitem:
              - link "General"
            - listitem:
              - link "Groups"
            - listitem:
              - link "Carriers"
            - listitem:
              - link "Domains"
        - paragraph:
          - text: What your provider has switched on for your enterprise.
          - link "Help with these settings"
        - term:
          - text: Group Texting
          - button "About Group Texting"
        - definition: "On"
        - term:
          - text: Secure SMS
          - button "About Secure SMS"
        - definition: "On"
        - term:
          - text: Connector app
          - button "About Connector app"
        - definition: Unified
        - paragraph:
          - text: "These settings are kept by your provider, Northwind Voice. To change one, get in touch:"
          - link "support@northwind-voice.example"
          - link "+1 206 555 0100"
    `);
  });

  test('the Groups tab', async ({ page }) => {
    await openGroups(page, 'front desk');
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - main:
        - button "Add SMS Group"
        - search:
          - searchbox "Search groups": front desk
          - button "Clear search"
        - link "Reset Filters"
        - status: 2 of 34 groups
        - region "SMS groups":
          - table "SMS groups":
            - rowgroup:
              - row:
                - columnheader:
                  - link "Group Name"
                  - button "Filter Group Name"
                - columnheader:
                  - link "Group Members"
                  - button "Filter Group Members"
                - columnheader:
                  - link "Group Phone Numbers"
                  - button "Filter Group Phone Numbers"
                - columnheader:
                  - link "Owner"
                  - button "Filter Owner"
                - columnheader "Actions"
            - rowgroup:
              - row:
                - rowheader:
                  - link "Front Desk"
                  - button "Copy group name Front Desk"
                - cell:
                  - text: "3"
                  - button "Copy group members Front Desk"
                - cell:
                  - list:
                    - listitem: +1 206 555 0100
                  - button "Copy group phone numbers Front Desk"
                - cell:
                  - text: Aaliyah Abbott
                  - button "Copy owner Front Desk"
                - cell:
                  - link "Update Front Desk"
                  - link "Delete Front Desk"
        - navigation "Pages":
          - combobox "Rows per page"
          - paragraph: 1–2 of 2
    `);
  });

  test('the Add dialog', async ({ page }) => {
    await openGroups(page);
    await expect(await openAddDialog(page)).toMatchAriaSnapshot(`
      - dialog "Add SMS Group":
        - heading "Add SMS Group" [level=2]
        - button "Close"
        - textbox "Group name"
        - paragraph: Up to 64 characters. No two groups can share a name.
        - combobox "Team owner"
        - combobox "Members"
        - paragraph: Everyone here gets a copy of every message.
        - combobox "SMS numbers"
        - button "Cancel"
        - button "Save"
    `);
  });

  test('the Delete dialog', async ({ page }) => {
    await openGroups(page, 'appointments');
    await expect(await openDeleteDialog(page, 'Appointments')).toMatchAriaSnapshot(`
      - alertdialog "Delete group Appointments?":
        - heading "Delete group Appointments?" [level=2]
        - button "Close"
        - list:
          - listitem: "2 numbers become free: +1 206 555 0102, +1 253 555 0102."
          - listitem: 5 members stop receiving and sending messages on them.
        - button "Cancel"
        - button "Delete group"
    `);
  });
});
