// Parts of the program that cannot be had: the pages go on as without JavaScript.
import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated } from './support.js';

const SETTINGS = '/dashboard/admin/settings';

/** Counts the documents that a page loads. */
function documents(page) {
  const seen = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'document') seen.push(new URL(request.url()).pathname);
  });
  return seen;
}

test('a page whose part does not come is loaded as a document, once, and works', async ({ page }) => {
  await page.goto(CUSTOMERS);
  await hydrated(page);
  const seen = documents(page);
  await page.route('**/split_office*.wasm', (route) => route.abort());
  await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expect(page).toHaveURL(SETTINGS);
  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByRole('heading', { name: 'Audit log', level: 1 })).toBeVisible();
  await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Customers' }).click();
  await hydrated(page);
  expect(seen).toEqual([SETTINGS, `${SETTINGS}/audit`, CUSTOMERS]);
});

test('going back to a page whose part does not come loads it too', async ({ page }) => {
  await page.route('**/split_book*.wasm', (route) => route.abort());
  await page.goto('/dashboard/admin/orders');
  await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Customers' }).click();
  await hydrated(page);
  const seen = documents(page);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Orders', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/page=2/);
  expect(seen).toEqual(['/dashboard/admin/orders', '/dashboard/admin/orders']);
});
