// The table of groups: reading, searching, sorting, paging, and addresses that lead to it.
import { expect, test } from '../fixtures/test.ts';
import { alder, borealis, smsTab } from '../support/addresses.ts';
import { groupsTable, openGroups, withoutGroupList } from '../support/groups.ts';
import { people } from '../support/people.ts';
import {
  choosePageSize,
  count,
  expectRow,
  expectRows,
  filterChips,
  heading,
  openFilter,
  resetFilters,
  row,
  search,
  sortBy,
} from '../support/tables.ts';

test.use({ person: people.alderAdmin });

test.describe('reading', { tag: '@reading' }, () => {
  test('a row shows name, members, numbers and owner, with what is amiss', async ({ page }) => {
    const groups = await openGroups(page);
    await expect(count(page, '34 groups')).toBeVisible();
    await expectRow(groups, {
      'Group Name': 'Appointments',
      'Group Members': '5',
      'Group Phone Numbers': ['+1 206 555 0102', '+1 253 555 0102'],
      Owner: 'Ivan Lindqvist',
    });
    await expectRow(groups, { 'Group Name': 'Billing', 'Group Members': /^3 not receiving.* 10$/, Owner: 'Fatima Fischer' });
    await expectRow(groups, { 'Group Name': 'Front Desk Ballard', 'Group Phone Numbers': 'No numbers' });
    await expectRow(groups, { 'Group Name': 'Eye Care Ballard', Owner: /^Anders Almeida\s+No Teams license$/ });
    await expectRow(groups, {
      'Group Name': 'Lab Results',
      'Group Phone Numbers': ['+1 206 555 0103', '+1 360 555 0103', '+1 425 555 0102', '+1 425 555 0103'],
    });
  });

  test('the rows are in the page as the server sends it', async ({ page }) => {
    const answer = await page.request.get(smsTab(alder, 'groups', { search: 'vaccinations' }));
    const html = await answer.text();
    expect(html).toContain('Vaccinations Ballard');
    expect(html).not.toContain('Front Desk');
  });

  for (const [what, text, found] of [
    ['a part of the name', 'desk', ['Front Desk', 'Front Desk Ballard']],
    ['the name of an owner', 'paolo petrov', ['Radiology']],
    ['a name written without its accents', 'lukasz lindqvist', ['Billing', 'Lab Results Ballard']],
    ['the sign-in name of a member', 'rosa.rossi@', ['Billing']],
    ['a number in E.164', '+12065550104', ['Vaccinations']],
    ['a number as it is shown', '+1 206 555 0104', ['Vaccinations']],
    ['a number as Americans write it', '(206) 555-0104', ['Vaccinations']],
    ['a number with dots', '206.555.0104', ['Vaccinations']],
    ['a number as dialled abroad', '0012065550104', ['Vaccinations']],
    ['the end of a number', '555 0111', ['Facilities Ballard', 'Human Resources Ballard']],
  ] as const) {
    test(`the search finds ${what}`, async ({ page }) => {
      const groups = await openGroups(page);
      await search(page, text);
      if (/member|owner|accents/.test(what)) {
        // Members and owners of the same name are found too.
        for (const name of found) {
          await expect(row(groups, name)).toHaveCount(1);
        }
        await expect(row(groups, 'Front Desk Ballard')).toHaveCount(0);
      } else {
        await expectRows(groups, [...found]);
        await expect(count(page, `${found.length} of 34 groups`)).toBeVisible();
      }
    });
  }

  test('a search without a match says so and can be reset', async ({ page }) => {
    const groups = await openGroups(page);
    await search(page, 'no such group');
    await expect(page.getByText('No groups match')).toBeVisible();
    await expect(count(page, '0 of 34 groups')).toBeVisible();
    const pages = page.getByRole('navigation', { name: 'Pages' });
    await expect(pages).toHaveCount(0);
    await page.getByRole('main').getByRole('link', { name: 'Reset Filters' }).last().click();
    await expect(row(groups, 'Front Desk')).toBeVisible();
    await expect(page.getByRole('searchbox')).toHaveValue('');
    await expect(pages).toContainText('1–25 of 34');
  });

  test('the X empties the search', async ({ page }) => {
    const groups = await openGroups(page, 'desk');
    await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
    await page.getByLabel('Clear search').click();
    await expect(count(page, '34 groups')).toBeVisible();
    await expect(page.getByRole('searchbox')).toHaveValue('');
    await expect(page).toHaveURL(smsTab(alder, 'groups'));
  });

  test('a heading sorts by its column', async ({ page }) => {
    const groups = await openGroups(page, 'ballard');
    await expect(heading(groups, 'Group Name')).toHaveAttribute('aria-sort', 'ascending');
    await sortBy(groups, 'Group Name').click();
    await expect(heading(groups, 'Group Name')).toHaveAttribute('aria-sort', 'descending');
    await expect(groups.getByRole('rowheader').first()).toHaveText('Vaccinations Ballard');

    await sortBy(groups, 'Group Members').click();
    await expect(heading(groups, 'Group Members')).toHaveAttribute('aria-sort', 'ascending');
    await expect(heading(groups, 'Group Name')).not.toHaveAttribute('aria-sort');
    await expect(groups.getByRole('row').nth(1).getByRole('cell').first()).toHaveText(/\b3$/);
    await sortBy(groups, 'Group Members').click();
    await expect(heading(groups, 'Group Members')).toHaveAttribute('aria-sort', 'descending');
    await expect(groups.getByRole('row').nth(1).getByRole('cell').first()).toHaveText(/\b11$/);

    await sortBy(groups, 'Owner').click();
    await expect(groups.getByRole('rowheader').first()).toHaveText('Eye Care Ballard');
  });

  test('pages lead forth and back', async ({ page }) => {
    const groups = await openGroups(page);
    const pages = page.getByRole('navigation', { name: 'Pages' });
    await expect(pages).toContainText('1–25 of 34');
    await expect(groups.getByRole('rowheader')).toHaveCount(25);
    await expect(pages.getByRole('link', { name: 'Previous page' })).toBeDisabled();
    await pages.getByRole('link', { name: 'Next page' }).click();
    await expect(pages).toContainText('26–34 of 34');
    await expect(groups.getByRole('rowheader')).toHaveCount(9);
    await expect(pages.getByRole('link', { name: 'Next page' })).toBeDisabled();
    await expect(pages.getByRole('link', { name: 'Last page' })).toBeDisabled();
    await pages.getByRole('link', { name: 'First page' }).click();
    await expect(row(groups, 'Appointments')).toBeVisible();
    await pages.getByRole('link', { name: 'Last page' }).click();
    await expect(row(groups, 'Vaccinations Ballard')).toBeVisible();
    await pages.getByRole('link', { name: 'Previous page' }).click();
    await expect(row(groups, 'Appointments')).toBeVisible();
  });

  test('a page can have more rows', async ({ page }) => {
    const groups = await openGroups(page);
    await page.getByRole('link', { name: 'Next page' }).click();
    await expect(page.getByText('26–34 of 34')).toBeVisible();
    await choosePageSize(page, 50);
    await expect(page.getByText('1–34 of 34')).toBeVisible();
    await expect(groups.getByRole('rowheader')).toHaveCount(34);
    await expect(page.getByLabel('Rows per page')).toHaveValue('50');
    await expect(page).toHaveURL(smsTab(alder, 'groups', { page_size: '50' }));
  });

  test('a page can have up to 200 rows', async ({ page }) => {
    const groups = await openGroups(page);
    const size = page.getByLabel('Rows per page');
    await expect(size.getByRole('option')).toHaveText(['25', '50', '100', '200']);
    await choosePageSize(page, 200);
    await expect(page.getByText('1–34 of 34')).toBeVisible();
    await expect(groups.getByRole('rowheader')).toHaveCount(34);
    await expect(size).toHaveValue('200');
    await expect(page).toHaveURL(smsTab(alder, 'groups', { page_size: '200' }));
  });

  test('search, sort and page size stay together', async ({ page }) => {
    const groups = await openGroups(page);
    await sortBy(groups, 'Owner').click();
    await expect(page).toHaveURL(/sort=owner/);
    await search(page, 'ballard');
    await expect(page).toHaveURL(/search=ballard/);
    await choosePageSize(page, 100);
    await expect(page).toHaveURL(/page_size=100/);
    const parameters = new URL(page.url()).searchParams;
    expect(Object.fromEntries(parameters)).toEqual({ search: 'ballard', sort: 'owner', page_size: '100' });
    await expect(heading(groups, 'Owner')).toHaveAttribute('aria-sort', 'ascending');
    await expect(count(page, '17 of 34 groups')).toBeVisible();
  });

  test('an address shows the same rows to everybody', async ({ page }) => {
    await page.goto(
      `${smsTab(alder, 'groups')}?filter=members:ge:10&filter=name:excludes:Ballard&sort=-members,name`,
    );
    const groups = groupsTable(page);
    await expect(groups.getByRole('rowheader')).toHaveText([
      'Patient Transport',
      'Pediatrics',
      'Billing',
      'Lab Results',
    ]);
    await expect(filterChips(page)).toHaveText([
      'Group Members is greater than or equal to 10',
      'Group Name does not contain “Ballard”',
    ]);
  });

  test('a garbled address shows the table', async ({ page }) => {
    await page.goto(`${smsTab(alder, 'groups')}?page=99&page_size=7&sort=nothing&filter=members:gt:many&search=%00desk`);
    await expectRows(groupsTable(page), ['Front Desk', 'Front Desk Ballard']);
  });

  test('chips and Reset Filters take filters away', async ({ page }) => {
    const address = `${smsTab(alder, 'groups')}?filter=members:ge:10&filter=name:contains:ballard&search=human`;
    const groups = groupsTable(page);
    await page.goto(address);
    await expect(page.getByText('No groups match')).toBeVisible();
    await page.getByRole('link', { name: 'Remove filter Group Members is greater than or equal to 10' }).click();
    await expectRows(groups, ['Human Resources Ballard']);
    await expect(filterChips(page)).toHaveText(['Group Name contains “ballard”']);
    await resetFilters(page).click();
    await expect(count(page, '34 groups')).toBeVisible();
    await expect(filterChips(page)).toHaveCount(0);
    await expect(resetFilters(page)).toBeDisabled();
    await expect(page).toHaveURL(smsTab(alder, 'groups'));
  });
});

test('a row tells who does not receive, and why', async ({ page }) => {
  const groups = await openGroups(page, 'billing');
  const mark = row(groups, 'Billing').getByRole('button', { name: '3 not receiving' });
  const three = /^([^:,]+: (no Teams license|sign-in blocked)(, |$)){3}$/;
  await expect(mark).toHaveAccessibleDescription(three);
  await expect(mark).toHaveAccessibleDescription(/\bRosa Rossi: no Teams license\b/);
  const told = page.getByRole('tooltip').filter({ hasText: 'Rosa Rossi: no Teams license' });
  await expect(told).toHaveCount(0);
  await mark.hover();
  await expect(told).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(told).toHaveCount(0);
  await page.getByRole('heading', { level: 1 }).hover();
  await mark.focus();
  await expect(told).toBeVisible();
});

test.describe('a touch screen', () => {
  test.use({ hasTouch: true });

  test('a tap tells who does not receive', async ({ page }) => {
    const groups = await openGroups(page, 'billing');
    await row(groups, 'Billing').getByRole('button', { name: '3 not receiving' }).tap();
    await expect(page.getByRole('tooltip').filter({ hasText: 'Rosa Rossi: no Teams license' })).toBeVisible();
  });
});

test('a hostile search is a text like any other', { tag: '@reading' }, async ({ page }) => {
  for (const text of ['</textarea><script>hit()</script>', '"><img src=x onerror=hit()>', '%', "' OR 1=1 --", '\\']) {
    await page.goto(smsTab(alder, 'groups', { search: text }));
    await expect(page.getByRole('searchbox')).toHaveValue(text);
    await expect(page.getByText('No groups match')).toBeVisible();
  }
  await search(page, 'front desk ballard');
  await expectRows(groupsTable(page), ['Front Desk Ballard']);
});

test('once the list is there, search, filters, orders and pages ask the server nothing', async ({ page }) => {
  const asked: string[] = [];
  // Without an answer there is no news, which would be read.
  await page.route('**/rpc/live/**', () => {});
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/rpc/sms_group/list')) {
      asked.push(pathname);
    }
  });
  const groups = await openGroups(page);
  await expect(page.locator('[data-feed]')).toHaveAttribute('data-feed', 'whole');

  await page.getByRole('searchbox').pressSequentially('ballard');
  await expect(count(page, '17 of 34 groups')).toBeVisible();
  const filter = await openFilter(groups, 'Group Members');
  await filter.getByLabel('Condition').selectOption('is less than');
  await filter.getByLabel('Group Members value').fill('7');
  await expect(count(page, '8 of 34 groups')).toBeVisible();
  await filter.getByRole('button', { name: 'Done' }).click();
  await sortBy(groups, 'Owner').click();
  await expect(groups.getByRole('rowheader').first()).toHaveText('Eye Care Ballard');
  await resetFilters(page).click();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByText('26–34 of 34')).toBeVisible();
  await choosePageSize(page, 50);
  await expect(page.getByText('1–34 of 34')).toBeVisible();
  await expect(page).toHaveURL(smsTab(alder, 'groups', { sort: 'owner', page_size: '50' }));

  expect(asked).toEqual(['/rpc/sms_group/list_all']);
});

test('rows that cannot be loaded are told in their place and can be tried again', async ({ page, quiet }) => {
  await withoutGroupList(page, quiet);
  const groups = await openGroups(page);
  await page.route('**/rpc/sms_group/list*', (route) => route.abort());
  await page.getByRole('searchbox').fill('desk');
  const told = page.getByRole('main').getByRole('alert');
  await expect(told).toContainText('The table could not be loaded');
  await expect(told).toBeInViewport({ ratio: 1 });
  await expect(groups.getByRole('rowheader')).toHaveCount(0);
  await expect(count(page, '34 groups')).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0);

  await page.unroute('**/rpc/sms_group/list*');
  await told.getByRole('button', { name: 'Try again' }).click();
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
  await expect(told).toHaveCount(0);
  await resetFilters(page).click();
  await expect(groups.getByRole('rowheader')).toHaveCount(25);

  // It is in sight from the end of the table too.
  await page.route('**/rpc/sms_group/list*', (route) => route.abort());
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(told).toBeInViewport({ ratio: 1 });
  await expect(groups.getByRole('rowheader')).toHaveCount(0);
  await page.unroute('**/rpc/sms_group/list*');
  await told.getByRole('button', { name: 'Try again' }).click();
  await expect(groups.getByRole('rowheader')).toHaveCount(9);
});

test('a table whose first rows cannot be loaded says so and can be tried again', async ({ page, quiet }) => {
  quiet.expectMessage(/Failed to load resource/);
  await page.goto(smsTab(alder, 'general'));
  await page.route('**/rpc/sms_group/list*', (route) => route.abort());
  await page.getByRole('navigation', { name: 'SMS settings' }).getByRole('link', { name: 'Groups' }).click();
  const told = page.getByRole('main').getByRole('alert');
  await expect(told).toContainText('The table could not be loaded');
  await expect(told).toBeInViewport({ ratio: 1 });
  const groups = groupsTable(page);
  await expect(groups).toHaveCount(0);

  // Once more in vain, then with success.
  const refused = page.waitForEvent('requestfailed', (request) => request.url().includes('/rpc/sms_group/list'));
  await told.getByRole('button', { name: 'Try again' }).click();
  await refused;
  await expect(told).toContainText('The table could not be loaded');
  await page.unroute('**/rpc/sms_group/list*');
  await told.getByRole('button', { name: 'Try again' }).click();
  await expect(row(groups, 'Appointments')).toBeVisible();
  await expect(told).toHaveCount(0);
  await search(page, 'desk');
  await expectRows(groups, ['Front Desk', 'Front Desk Ballard']);
});

test('the other enterprise has its own groups', { tag: '@reading' }, async ({ getPageAsUser }) => {
  const page = await getPageAsUser(people.borealisAdmin);
  await page.goto(smsTab(borealis, 'groups'));
  await expectRows(groupsTable(page), ['Claims', 'Customs Desk', 'Drivers North', 'Drivers South', 'Night Dispatch', 'Yard']);
});
