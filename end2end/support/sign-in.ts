// Signing in and out as a person does.
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import type { Person } from './people.ts';

/** Fills in the form of the sign-in page and sends it. */
export async function trySignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in on the sign-in page and waits for the page behind it. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await trySignIn(page, person.email, person.password);
  await expect(accountMenu(page, person)).toBeVisible();
}

/** The button of the menu under the person's name. */
export function accountMenu(page: Page, person: Person) {
  return page.getByRole('banner').getByText(person.name, { exact: true });
}
