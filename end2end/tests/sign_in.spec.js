import { expect, test } from '@playwright/test';
import { CUSTOMERS, signIn } from './support.js';

test.use({ storageState: { cookies: [], origins: [] } });

test('a wrong password is said beside the field, and a right one goes where one wanted to', async ({ page }) => {
  await page.goto(`${CUSTOMERS}?page=2`);
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel('E-mail').fill('nobody@demo.shop');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('do not go together')).toBeVisible();
});

test('signing out closes the door', async ({ page }) => {
  await page.goto('/login');
  await signIn(page);
  await expect(page.getByRole('heading', { name: 'Customers', exact: true })).toBeVisible();
  await page.locator('summary.account').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto(CUSTOMERS);
  await expect(page).toHaveURL(/\/login/);
});
