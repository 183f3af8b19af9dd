import { expect, test } from '@playwright/test';
import { CUSTOMERS, names, watch } from './support.js';

const widths = [320, 360, 768, 1440];

test('the list shows 25 of 1,300 customers with all columns', async ({ page }) => {
  const quiet = watch(page);
  await page.goto(CUSTOMERS);
  await expect(page.getByText('1,300 customers from 4,000 orders')).toBeVisible();
  await expect(page.getByRole('rowheader')).toHaveCount(25);
  for (const column of ['Name', 'Phone', 'Orders', 'First order', 'Last order', 'Total spent', 'AOV', 'Status', 'Source']) {
    await expect(page.getByRole('columnheader', { name: column, exact: true })).toBeVisible();
  }
  await expect(page.getByText('1–25 of 1,300')).toBeVisible();
  quiet();
});

test('a header sorts by its column and again the other way round', async ({ page }) => {
  await page.goto(CUSTOMERS);
  const header = page.getByRole('columnheader', { name: 'Total spent' });
  await header.getByRole('link').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expect(page).toHaveURL(/sort=/);
  const most = await names(page);
  await header.getByRole('link').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  expect(await names(page)).not.toEqual(most);
  await expect(page.locator('th[aria-sort]')).toHaveCount(1);
});

test('pages follow one another, and the address brings them back', async ({ page }) => {
  await page.goto(CUSTOMERS);
  const first = await names(page);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByText('26–50 of 1,300')).toBeVisible();
  const second = await names(page);
  expect(second).not.toEqual(first);
  await page.reload();
  expect(await names(page)).toEqual(second);
  await page.goBack();
  await expect(page.getByText('1–25 of 1,300')).toBeVisible();
  expect(await names(page)).toEqual(first);
  await page.getByRole('link', { name: 'Last page' }).click();
  await expect(page.getByText('1,276–1,300 of 1,300')).toBeVisible();
  await page.getByRole('link', { name: '50', exact: true }).click();
  await expect(page.getByText('1–50 of 1,300')).toBeVisible();
});

test('an address with nonsense shows the list all the same', async ({ page }) => {
  await page.goto(`${CUSTOMERS}?page=zzz&sort=%00&size=-1&q=%20&activity=asleep`);
  await expect(page.getByText('1–25 of 1,300')).toBeVisible();
});

for (const width of widths) {
  for (const query of ['', '?period=year&activity=active&source=facebook&source=tiktok&ltv=under_10k&orders=first_time']) {
    test(`nothing scrolls sideways at ${width} px: ${query || 'all'}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(CUSTOMERS + query);
      await expect(page.getByRole('rowheader').first()).toBeVisible();
      // Within its pane a table may be wider than a tablet; the page may not.
      for (const part of ['html', '.table-wrap', '.filter-block', '.stat-cards']) {
        const box = await page.locator(part).first().boundingBox();
        expect(box.x + box.width, part).toBeLessThanOrEqual(width + 1);
      }
    });
  }
}

test('a customer can be viewed, and so can their orders', async ({ page }) => {
  await page.goto(CUSTOMERS);
  const row = page.locator('tbody tr').first();
  const customer = /^\/dashboard\/admin\/customers\/\d+$/;
  await expect(row.getByRole('rowheader').getByRole('link')).toHaveAttribute('href', customer);
  await expect(row.getByRole('link', { name: /^View/ })).toHaveAttribute('href', customer);
  await expect(row.getByRole('link', { name: /^Orders/ })).toHaveAttribute('href', /\/orders\?customer=\d+$/);
});

test('each number can be called and messaged, or says why not', async ({ page }) => {
  await page.goto(`${CUSTOMERS}?size=50`);
  const rows = page.locator('tbody tr');
  await expect(rows.first().getByRole('link', { name: /^WhatsApp/ })).toHaveAttribute('href', /^https:\/\/wa\.me\/\d+(\?text=|$)/);
  await expect(rows.first().getByRole('link', { name: /^Call/ })).toHaveAttribute('href', /^tel:\+\d+$/);
});

test('an unknown page is a 404 that leads back', async ({ page }) => {
  const answer = await page.goto('/dashboard/admin/nothing');
  expect(answer.status()).toBe(404);
  await expect(page.getByRole('link', { name: 'Go to your customers' })).toBeVisible();
});
