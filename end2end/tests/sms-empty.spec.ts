// The tables under SMS of an enterprise that has nothing yet, as its own admin sees them.
import { expect, hydrated, signedOut, test } from '../fixtures/test.ts';
import { expectAccessibleInBothThemes } from '../support/accessibility.ts';
import { smsTab } from '../support/addresses.ts';
import { dialog, expectNotice, save, uniqueName } from '../support/groups.ts';
import { people } from '../support/people.ts';
import { accountsOf, addEnterprise, invite, openSettings } from '../support/provider.ts';

test.use({ person: people.provider, database: 'changed' });

test('empty tables of carriers and domains say who fills them', async ({ page, browser, baseURL, quiet }) => {
  const name = uniqueName('Fir');
  await page.goto('/provider');
  const slug = await addEnterprise(page, name);
  await expectNotice(page, `${name} added.`);
  const settings = await openSettings(page, name);
  await settings.getByRole('checkbox', { name: 'SMS', exact: true }).check();
  await settings.getByRole('checkbox', { name: 'Manages its own numbers' }).check();
  await save(settings);
  await expectNotice(page, `${name} updated.`);
  await page.goto(accountsOf(slug));
  const link = await invite(page, `${slug}@company.example`, 'Admin');

  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), storageState: signedOut });
  const theirs = await context.newPage();
  quiet.watch(theirs);
  await theirs.goto(link);
  await hydrated(theirs);
  await theirs.getByLabel('Your name').fill('Finn Moran');
  await theirs.getByLabel('New password').fill('correct horse battery');
  await theirs.getByRole('button', { name: 'Join' }).click();
  await expect(theirs).toHaveURL(smsTab(slug, 'groups'));

  await theirs.goto(smsTab(slug, 'carriers'));
  const main = theirs.getByRole('main');
  await expect(main).toContainText('No carrier profiles yet');
  await expect(main).toContainText('Your provider adds them. Without one, your numbers cannot send messages.');
  await expect(main.getByRole('button', { name: 'Add Carrier Profile' })).toHaveCount(0);
  await hydrated(theirs);
  await expectAccessibleInBothThemes(theirs);

  // The tab of domains is there once a carrier needs them.
  await page.goto(smsTab(slug, 'carriers'));
  await hydrated(page);
  await page.getByRole('button', { name: 'Add Carrier Profile' }).first().click();
  const opened = dialog(page, 'Add Carrier Profile');
  await opened.getByLabel('Profile name').fill('Main');
  await opened.getByLabel('Host').fill('api.carrier.example');
  await save(opened);
  await expect(opened).toBeHidden();

  await theirs.goto(smsTab(slug, 'domains'));
  await expect(main).toContainText('No domains yet');
  await expect(main).toContainText(
    'Your provider subscribes them. Until then, messages to their numbers do not reach you.',
  );
  await expect(main.getByRole('button', { name: 'Add Domain' })).toHaveCount(0);
  await hydrated(theirs);
  await expectAccessibleInBothThemes(theirs);
  await context.close();

  // To whoever fills it the first step is offered.
  await page.goto(smsTab(slug, 'domains'));
  const kept = page.getByRole('main');
  await expect(kept).toContainText('Until one is added, messages to its numbers do not reach this enterprise.');
  await expectAccessibleInBothThemes(page);
  await kept.getByRole('button', { name: 'Add Domain' }).last().click();
  await expect(dialog(page, 'Add Domain').getByRole('textbox', { name: 'Domain' })).toBeVisible();
});
