// An order that comes in shows on the pages that are open. After all other tests, since these see the same shop.
import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated, number, watch } from './support.js';

const ORDERS = '/dashboard/admin/orders';

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'without JavaScript a page is as it was asked for');
// The other page adds and deletes an order; both tests look at all orders.
test.describe.configure({ mode: 'serial' });

async function add(page, order, phone) {
  await page.goto(`${ORDERS}/order`);
  await page.getByLabel('Order number').fill(order);
  await page.getByLabel('Customer', { exact: true }).fill('Live By Hand');
  await page.getByLabel('Phone', { exact: true }).fill(phone);
  await page.getByLabel('Amount').fill('7,500');
  await page.getByRole('button', { name: 'Save order' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
}

async function remove(page, order) {
  await page.goto(`${ORDERS}/order?number=${order}`);
  await page.getByText('Delete this order').click();
  await page.getByRole('button', { name: 'Delete the order for good' }).click();
  await expect(page).toHaveURL(ORDERS);
}

/** Waits until the page hears of changes. */
const listening = (page) => page.waitForResponse((response) => response.url().endsWith('/dashboard/admin/live'));

/** A promise, and what keeps it. */
function promise() {
  let keep;
  return [new Promise((kept) => { keep = kept; }), keep];
}

test('a list shows new figures at once, and new rows when they are asked for', async ({ page, context }) => {
  const fine = watch(page);
  const heard = listening(page);
  await page.goto(CUSTOMERS);
  await hydrated(page);
  await heard;
  const rows = page.locator('tbody .cell__link');
  const before = await rows.allTextContents();
  const total = page.locator('.stat-card__value').first();
  const customers = number(await total.textContent());
  const news = page.locator('.news__button');
  await expect(news).toBeHidden();
  await page.locator('tbody .choose').nth(1).check();
  await page.locator('.bulk-bar .menu summary', { hasText: 'Tag' }).click();
  await page.getByLabel('Tags, with commas').fill('half a ta');
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(200);
  const other = await context.newPage();
  await add(other, 'LIVE-1', '0809 333 1111');
  await expect(news).toHaveText('1 new order', { timeout: 1_500 });
  await expect(total).toContainText((customers + 1).toLocaleString('en'), { timeout: 1_500 });
  await expect(page.locator('.page-header__context')).toContainText((customers + 1).toLocaleString('en'));
  // Nothing has moved, nothing of what the reader does is disturbed.
  expect(await rows.allTextContents()).toEqual(before);
  await expect(page.getByLabel('Tags, with commas')).toBeFocused();
  await expect(page.getByLabel('Tags, with commas')).toHaveValue('half a ta');
  await expect(page.locator('tbody .choose').nth(1)).toBeChecked();
  expect(await page.evaluate(() => window.scrollY)).toBe(200);
  await news.click();
  await expect(rows.first()).toHaveText('Live By Hand');
  await expect(news).toBeHidden();
  await expect(rows.first()).toBeFocused();
  // The same customer is chosen, one row further down.
  await expect(page.locator('tbody .choose').nth(2)).toBeChecked();
  // A value of a row that is seen changes where it stands.
  await add(other, 'LIVE-2', '0809 333 1111');
  await expect(page.locator('tbody .row').first().locator('.cell--orders')).toHaveText(/^2/, { timeout: 1_500 });
  await remove(other, 'LIVE-2');
  await remove(other, 'LIVE-1');
  await expect(total).toContainText(customers.toLocaleString('en'));
  fine();
});

test('the orders page and a customer’s page follow', async ({ page, context }) => {
  const fine = watch(page);
  const other = await context.newPage();
  await add(other, 'LIVE-3', '0809 333 2222');
  let heard = listening(page);
  await page.goto(ORDERS);
  await hydrated(page);
  await heard;
  await page.locator('tbody .choose').nth(1).check();
  const chosen = await page.locator('tbody .choose').nth(1).getAttribute('value');
  await add(other, 'LIVE-4', '0809 333 2222');
  const news = page.locator('.news__button');
  await expect(news).toHaveText('1 new order', { timeout: 1_500 });
  await expect(page.locator('tbody .order__number').first()).toContainText('LIVE-3');
  await news.click();
  await expect(page.locator('tbody .order__number').first()).toContainText('LIVE-4');
  await expect(page.locator(`tbody .choose[value="${chosen}"]`)).toBeChecked();
  await expect(page.locator('tbody .choose:checked')).toHaveCount(1);
  heard = listening(page);
  await page.goto(`${CUSTOMERS}/2348093332222`);
  await hydrated(page);
  await heard;
  const spent = page.locator('.stat-card__value, .figure__value').filter({ hasText: '₦15,000' }).first();
  await expect(spent).toBeVisible();
  await page.locator('#new-note').fill('half a no');
  await remove(other, 'LIVE-4');
  await expect(spent).toBeHidden({ timeout: 2_000 });
  await expect(page.locator('#new-note')).toHaveValue('half a no');
  await expect(page.locator('#new-note')).toBeFocused();
  fine();
  // With it goes the customer, and whoever looks at them asks for nobody.
  await remove(other, 'LIVE-3');
});

test('news that was on its way closes no form that has been opened meanwhile', async ({ page, context }) => {
  const other = await context.newPage();
  await add(other, 'LIVE-5', '0809 333 3333');
  const heard = listening(page);
  await page.goto(`${CUSTOMERS}/2348093333333`);
  await hydrated(page);
  await heard;
  const [asked, ask] = promise();
  const [opened, open] = promise();
  await page.route('**/api/customer?**', async (route) => {
    const response = await route.fetch();
    ask();
    await opened;
    await route.fulfill({ response });
  });
  await add(other, 'LIVE-6', '0809 333 3333');
  await asked;
  const form = page.getByRole('region', { name: 'Their data' });
  await form.getByText('Erase this person').click();
  const field = form.getByLabel('The customer’s name, or ERASE');
  await field.fill('half a na');
  const come = page.waitForResponse('**/api/customer?**');
  open();
  await (await come).finished();
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  await expect(field).toBeVisible();
  await expect(field).toHaveValue('half a na');
  await remove(other, 'LIVE-6');
  await remove(other, 'LIVE-5');
});

test('a page that is not seen does not listen, and one that has lost its connection says so', async ({ page, context }) => {
  let heard = listening(page);
  await page.goto(CUSTOMERS);
  await hydrated(page);
  await heard;
  await context.setOffline(true);
  await page.route('**/dashboard/admin/live', (route) => route.abort());
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await expect(page.getByText('Not live: reconnecting')).toBeVisible({ timeout: 15_000 });
  await page.unroute('**/dashboard/admin/live');
  await context.setOffline(false);
  await expect(page.getByText('Not live: reconnecting')).toBeHidden({ timeout: 15_000 });
});
