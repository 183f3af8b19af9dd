import { expect, test } from '@playwright/test';
import { CUSTOMERS, names } from './support.js';

const column = (page, name) => page.getByRole('columnheader', { name, exact: true }).getByRole('link');

test('a small shop is sorted, filtered, searched and paged without a request, as the server would', async ({ page }) => {
  const given = page.waitForResponse(/load_customers/);
  await page.goto(CUSTOMERS);
  await given;
  const asked = [];
  page.on('request', (request) => { if (request.url().includes('/api/')) asked.push(request.url()); });
  const seen = [];
  const note = async () => seen.push([page.url(), await names(page)]);
  for (const name of ['Total spent', 'Orders', 'First order', 'Name', 'Last order']) {
    for (let turn = 0; turn < 2; turn += 1) {
      const before = page.url();
      await column(page, name).click();
      await expect.poll(() => page.url()).not.toBe(before);
      // The header turns together with the rows.
      const direction = page.url().includes('sort=-') ? 'descending' : 'ascending';
      await expect(page.getByRole('columnheader', { name, exact: true })).toHaveAttribute('aria-sort', direction);
      await expect(page.getByText(/^1–25 of /)).toBeVisible();
      await note();
      await page.getByRole('link', { name: 'Next page' }).click();
      await expect(page).toHaveURL(/page=2/);
      await expect(page.getByText(/^26–50 of /)).toBeVisible();
      await note();
    }
  }
  await page.getByRole('searchbox').fill('adbayo');
  await expect(page).toHaveURL(/q=adbayo/);
  await expect(page.locator('mark').first()).toBeVisible();
  await note();
  expect(asked).toEqual([]);
  // The same addresses, answered by the server.
  for (const [url, rows] of seen) {
    await page.goto(url);
    expect(await names(page), url).toEqual(rows);
  }
});
