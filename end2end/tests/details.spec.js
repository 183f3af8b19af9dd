import { expect, test } from '@playwright/test';
import { CUSTOMERS, number, open, watch } from './support.js';

const ORDERS = '/dashboard/admin/orders';
const money = (text) => Number(text.replace(/[^0-9.]/g, ''));
const rows = (page) => page.locator('table.orders').getByRole('rowheader');
const orders = (page) => rows(page).allTextContents();

test('a customer opens from the list, with figures, facts and orders', async ({ page }) => {
  const quiet = watch(page);
  await page.goto(`${CUSTOMERS}?sort=-orders`);
  const link = page.getByRole('rowheader').first().getByRole('link');
  const name = await link.textContent();
  await link.click();
  await expect(page).toHaveURL(/\/customers\/\d+$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  for (const label of ['Orders', 'Lifetime value', 'Average order value', 'Delivered', 'Earned', 'Open', 'Lost']) {
    await expect(page.locator('.stat-card').filter({ has: page.getByRole('heading', { name: label, exact: true }) })).toBeVisible();
  }
  await expect(page.getByRole('link', { name: /^WhatsApp/ })).toHaveAttribute('href', /^https:\/\/wa\.me\/\d+/);
  await expect(page.getByRole('link', { name: /^Call/ })).toHaveAttribute('href', /^tel:\+\d+$/);
  const count = number((await page.locator('.pagination__range').textContent()).split('of')[1]);
  await expect(rows(page)).toHaveCount(Math.min(count, 25));
  await page.getByRole('link', { name: 'View on the orders page' }).click();
  await expect(page).toHaveURL(/\/orders\?customer=\d+$/);
  await expect(page.locator('.chips__count')).toContainText(`→ ${count} orders`);
  await expect(page.getByRole('link', { name: `Remove ${name}` })).toBeVisible();
  quiet();
});

test('the orders of a customer are paged in place', async ({ page }) => {
  const quiet = watch(page);
  await page.goto(`${CUSTOMERS}?sort=-orders`);
  await page.getByRole('rowheader').first().getByRole('link').click();
  await expect(page).toHaveURL(/\/customers\/\d+$/);
  const range = page.locator('.pagination__range');
  await expect(range).toHaveText(/^1–25 of/);
  const first = await orders(page);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/\?page=2#orders$/);
  await expect(range).toHaveText(/^26–/);
  expect(await orders(page)).not.toEqual(first);
  await expect(page.getByRole('heading', { name: 'Orders', exact: true, level: 2 }).last()).toBeInViewport();
  await page.goBack();
  await expect(range).toHaveText(/^1–25 of/);
  expect(await orders(page)).toEqual(first);
  await page.getByRole('link', { name: 'This year' }).click();
  await expect(page).toHaveURL(/\?period=year$/);
  await expect(page.getByRole('link', { name: 'Next page' })).toHaveAttribute('href', /period=year/);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/\?period=year&page=2#orders$/);
  await expect(range).toHaveText(/^26–/);
  quiet();
});

test('any spelling of a phone leads to the one address', async ({ page }) => {
  await page.goto(CUSTOMERS);
  const href = await page.getByRole('rowheader').first().getByRole('link').getAttribute('href');
  const digits = href.split('/').pop();
  for (const spelling of [`+${digits}`, `%2B${digits}`, digits.replace(/^234/, '0')]) {
    await page.goto(`${CUSTOMERS}/${spelling}`);
    await expect(page).toHaveURL(href);
  }
});

test('an unknown phone is a 404 that offers a search', async ({ page }) => {
  const answer = await page.goto(`${CUSTOMERS}/2340000000`);
  expect(answer.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'No customer has this phone' })).toBeVisible();
  await page.getByRole('searchbox').fill('ade');
  await page.getByRole('button', { name: 'Search customers' }).click();
  await expect(page).toHaveURL(/customers\?q=ade$/);
});

test('orders are paged, newest first, and the address brings them back', async ({ page }) => {
  const quiet = watch(page);
  await page.goto(CUSTOMERS);
  await page.getByRole('navigation').getByRole('link', { name: 'Orders', exact: true }).locator('visible=true').click();
  await expect(page).toHaveURL(ORDERS);
  await expect(page.getByText('1–25 of 4,000')).toBeVisible();
  await expect(page.locator('.nav-link[aria-current=page]').locator('visible=true')).toHaveText('Orders');
  const first = await orders(page);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByText('26–50 of 4,000')).toBeVisible();
  expect(await orders(page)).not.toEqual(first);
  await page.goBack();
  await expect(page.getByText('1–25 of 4,000')).toBeVisible();
  expect(await orders(page)).toEqual(first);
  await page.getByRole('link', { name: 'Last page' }).click();
  await expect(page.getByText('3,976–4,000 of 4,000')).toBeVisible();
  quiet();
});

test('status and source narrow the orders, and chips take them away', async ({ page }) => {
  await page.goto(ORDERS);
  await (await open(page, 'Status')).getByRole('link', { name: 'Returned' }).click();
  await expect(page).toHaveURL(/\?status=returned$/);
  await expect(page.locator('.chips__count')).toContainText('4,000 →');
  await (await open(page, 'Source')).getByRole('link', { name: 'TikTok' }).click();
  await expect(page).toHaveURL(/\?status=returned&source=tiktok$/);
  const rows = page.locator('tbody tr');
  await expect(rows.first()).toContainText('Returned');
  await expect(rows.first()).toContainText('TikTok');
  await page.getByRole('link', { name: 'Remove Returned' }).click();
  await expect(page).toHaveURL(/\?source=tiktok$/);
});

test('orders are searched by number and by name, in any period and order', async ({ page }) => {
  const quiet = watch(page);
  await page.goto(ORDERS);
  const number = (await orders(page))[3];
  const search = page.getByRole('searchbox');
  await search.fill(number);
  await search.press('Enter');
  await expect(page).toHaveURL(/\?q=/);
  expect(await orders(page)).toContain(number);
  await page.getByRole('link', { name: /^Remove “/ }).click();
  await expect(page).toHaveURL(ORDERS);
  await search.fill('adbayo');
  await search.press('Enter');
  await expect(page.locator('.chips__count')).toContainText('4,000 →');
  await expect(page.locator('tbody tr').first()).toContainText(/ad/i);
  await page.getByRole('link', { name: 'This year' }).click();
  await expect(page).toHaveURL(/\?period=year&q=adbayo$/);
  await expect(search).toHaveValue('adbayo');
  await page.goto(`${ORDERS}?sort=-amount`);
  const amounts = (await page.locator('td.order__amount').allTextContents()).map(money);
  expect(amounts).toEqual([...amounts].sort((one, other) => other - one));
  expect(amounts[0]).toBeGreaterThan(amounts.at(-1));
  quiet();
});

test('the orders of a customer are filtered on their page', async ({ page }) => {
  await page.goto(`${CUSTOMERS}?sort=-orders`);
  await page.getByRole('rowheader').first().getByRole('link').click();
  await (await open(page, 'Status')).getByRole('link', { name: 'Delivered' }).click();
  await expect(page).toHaveURL(/\?status=delivered#orders$/);
  await expect(page.locator('.chips__count')).toContainText('→');
  await expect(page.locator('table.orders tbody tr').first()).toContainText('Delivered');
  await page.getByRole('link', { name: 'Remove Delivered' }).click();
  await expect(page).toHaveURL(/\/customers\/\d+#orders$/);
});

for (const width of [320, 360, 768, 1440]) {
  test(`nothing scrolls sideways at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${CUSTOMERS}?sort=-orders`);
    const href = await page.getByRole('rowheader').first().getByRole('link').getAttribute('href');
    for (const path of [ORDERS, href]) {
      await page.goto(path);
      await expect(page.getByRole('rowheader').first()).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
    }
  });
}
