// Slow and broken networks: what needs the browser's part says so until it is there.
import { expect, hydrated, test } from '../fixtures/test.ts';
import { alder, smsTab } from '../support/addresses.ts';
import { openGroups, withoutGroupList } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { expectRows, groupActions, heading, search, sortBy, table } from '../support/tables.ts';

test.use({ person: people.alderAdmin, waitsForHydration: false });

test('before the browser part has arrived the table can be read and the rest waits', async ({ page }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/*.wasm', async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto(smsTab(alder, 'groups'), { waitUntil: 'domcontentloaded' });
  const groups = table(page, 'SMS groups');
  await expect(groups.getByRole('rowheader')).toHaveCount(25);
  const waiting = [
    page.getByRole('button', { name: 'Add SMS Group' }),
    groups.getByRole('button', { name: 'Filter Group Name' }),
    ...groupActions(groups, 'Appointments'),
  ];
  for (const control of waiting) {
    await expect(control).toBeDisabled();
  }
  await expect(page.getByRole('link', { name: 'Update Appointments', exact: true })).toHaveAccessibleDescription(
    'The page is still loading.',
  );
  await expect(page.getByRole('button', { name: 'Copy owner Appointments', exact: true })).toBeHidden();

  // Searching and sorting are plain forms and links, which load the page anew.
  await search(page, 'desk');
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
  await sortBy(groups, 'Group Name').click();
  await expect(heading(groups, 'Group Name')).toHaveAttribute('aria-sort', 'descending');
  await expectRows(groups, ['Front Desk Ballard', 'Front Desk']);

  arrive();
  await hydrated(page);
  await expect(page.getByRole('button', { name: 'Add SMS Group' })).toBeEnabled();
  await expect(page.getByRole('link', { name: 'Update Front Desk', exact: true })).toBeEnabled();
  await expectRows(groups, ['Front Desk Ballard', 'Front Desk']);
});

test('what was typed before the browser part arrived is not lost', async ({ page }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/*.wasm', async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto(smsTab(alder, 'groups'), { waitUntil: 'domcontentloaded' });
  await page.getByRole('searchbox').fill('desk');
  arrive();
  await hydrated(page);
  await expect(page.getByRole('searchbox')).toHaveValue('desk');
});

test('when the browser part cannot be loaded the page says so and stays readable', async ({ page, quiet }) => {
  quiet.expectMessage(/Failed to load resource|Failed to fetch|preload/);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(smsTab(alder, 'groups'));
  const notice = page.getByRole('alert').filter({ hasText: 'Part of this page did not load.' });
  await expect(notice).toBeVisible();
  await search(page, 'desk');
  await expectRows(table(page, 'SMS groups'), ['Front Desk', 'Front Desk Ballard']);
  await page.unroute('**/*.wasm');
  await notice.getByRole('link', { name: 'Reload the page' }).click();
  await hydrated(page);
  await expect(notice).toBeHidden();
  await expect(page.getByRole('searchbox')).toHaveValue('desk');
});

test('old rows stay while new ones are on their way', async ({ page, quiet }) => {
  await withoutGroupList(page, quiet);
  const groups = await openGroups(page);
  await hydrated(page);
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/rpc/sms_group/list*', async (route) => {
    await arrived;
    await route.continue();
  });
  for (const text of ['d', 'de', 'desk']) {
    await page.getByRole('searchbox').fill(text);
    await expect(page).toHaveURL(new RegExp(`search=${text}$`));
    await expect(groups.getByRole('rowheader')).toHaveCount(25);
  }
  arrive();
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
});
