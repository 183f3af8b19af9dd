// The palette as a page, for whoever comes by its link.
import { expect, test } from '@playwright/test';
import { CUSTOMERS, names } from './support.js';

test('the search page finds customers and pages', async ({ page }) => {
  await page.goto(CUSTOMERS);
  const [name] = await names(page);
  await page.goto('/dashboard/admin/find');
  const input = page.getByRole('searchbox', { name: 'Customer, phone, order or page' });
  await input.fill(name.trim());
  await input.press('Enter');
  await page.getByRole('link', { name: new RegExp(`^${name.trim()}`) }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name.trim());
  await page.goto('/dashboard/admin/find?q=orders');
  await expect(page.locator('main').getByRole('link', { name: 'Orders', exact: true })).toBeVisible();
});
