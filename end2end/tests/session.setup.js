import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { signIn } from './support.js';

test('signing in leads to the customers', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/login/);
  await signIn(page);
  await expect(page.getByRole('heading', { name: 'Customers', exact: true })).toBeVisible();
  await page.context().storageState({ path: join(process.env.ONIBARA_E2E, 'session.json') });
});
