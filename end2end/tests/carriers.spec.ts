// The Carriers tab.
import { expect, test } from '../fixtures/test.ts';
import { alder, borealis, smsTab } from '../support/addresses.ts';
import { people } from '../support/people.ts';
import { count, expectRow, expectRows, filterChips, heading, openFilter, search, sortBy, table } from '../support/tables.ts';

test.use({ person: people.alderAdmin });

test.describe('reading', { tag: '@reading' }, () => {
  test('shows the profiles, how many numbers use them and whether their credentials work', async ({ page }) => {
    await page.goto(smsTab(alder, 'carriers'));
    const profiles = table(page, 'Carrier profiles');
    await expect(count(page, '3 carrier profiles')).toBeVisible();
    await expectRow(profiles, {
      'Carrier Name': 'NetSapiens',
      'Carrier Profile': 'Main NetSapiens',
      Numbers: '120',
      'Domain State': 'Expired',
      'Last Check': /^Passed\s+\d{1,2} \w{3} \d{4}, \d\d:\d\d$/,
    });
    await expectRow(profiles, { 'Carrier Name': 'SkySwitch', 'Carrier Profile': 'SkySwitch West', 'Last Check': /^Failed/ });
    await expectRow(profiles, {
      'Carrier Name': 'Bandwidth',
      Numbers: '0',
      'Domain State': /^–\s?Needs no domains$/,
      'Last Check': 'Not checked yet',
    });
  });

  test('changes nothing and shows no secret', async ({ page }) => {
    await page.goto(smsTab(alder, 'carriers'));
    await expect(table(page, 'Carrier profiles').getByRole('columnheader', { name: 'Actions' })).toHaveCount(0);
    await expect(page.getByRole('main').getByRole('textbox')).toHaveCount(0);
  });

  test('is searched and sorted', async ({ page }) => {
    await page.goto(smsTab(alder, 'carriers'));
    const profiles = table(page, 'Carrier profiles');
    await sortBy(profiles, 'Numbers').click();
    await expect(heading(profiles, 'Numbers')).toHaveAttribute('aria-sort', 'ascending');
    await expectRows(profiles, ['Bandwidth', 'SkySwitch', 'NetSapiens']);
    await search(page, 'west');
    await expectRows(profiles, ['SkySwitch']);
    await expect(count(page, '1 of 3 carrier profiles')).toBeVisible();
  });
});

test('is searched and filtered by what came of the last check', async ({ page }) => {
  await page.goto(smsTab(alder, 'carriers'));
  const profiles = table(page, 'Carrier profiles');
  for (const [text, found] of [
    ['passed', 'NetSapiens'],
    ['failed', 'SkySwitch'],
    ['not checked', 'Bandwidth'],
  ] as const) {
    await search(page, text);
    await expectRows(profiles, [found]);
  }
  await page.goto(`${smsTab(alder, 'carriers')}?filter=check_result:in:failed,never`);
  await expectRows(profiles, ['Bandwidth', 'SkySwitch']);
  await expect(filterChips(page)).toHaveText([/^Last Check Result is .*Failed/]);
});

test.describe('an enterprise without profiles', { tag: '@reading' }, () => {
  test.use({ person: people.provider });

  test('says what comes there', async ({ page }) => {
    await page.goto(smsTab(borealis, 'carriers'));
    const main = page.getByRole('main');
    await expect(main).toContainText('No carrier profiles yet');
    await expect(main).toContainText('Without one, the numbers of this enterprise cannot send messages.');
    await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0);
  });
});

test('is filtered by number', async ({ page }) => {
  await page.goto(smsTab(alder, 'carriers'));
  const profiles = table(page, 'Carrier profiles');
  const filter = await openFilter(profiles, 'Numbers');
  await filter.getByLabel('Condition').selectOption('is greater than');
  await filter.getByLabel('Numbers value').fill('50');
  await expectRows(profiles, ['NetSapiens']);
});

test('is sorted and filtered by the state of the worst domain', async ({ page }) => {
  await page.goto(smsTab(alder, 'carriers'));
  const profiles = table(page, 'Carrier profiles');
  await sortBy(profiles, 'Domain State').click();
  await expectRows(profiles, ['Bandwidth', 'NetSapiens', 'SkySwitch']);
  await sortBy(profiles, 'Domain State').click();
  await expect(profiles.getByRole('rowheader').last()).toHaveText('Bandwidth');
  const filter = await openFilter(profiles, 'Domain State');
  await filter.getByRole('checkbox', { name: 'Active' }).check();
  await expect(count(page, '0 of 3 carrier profiles')).toBeVisible();
  await filter.getByRole('checkbox', { name: 'Expired' }).check();
  await expect(count(page, '2 of 3 carrier profiles')).toBeVisible();
});
