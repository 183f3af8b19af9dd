import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated, open, watch } from './support.js';

/** Keeps links from leaving the page, and notes where they lead. */
async function holdLinks(page) {
  await page.evaluate(() => {
    window.followed = [];
    document.addEventListener('click', (event) => {
      const link = event.target.closest('a');
      if (!link) return;
      event.preventDefault();
      window.followed.push(link.getAttribute('href'));
    }, { capture: true });
  });
}

test('j and k go through the rows, w and c reach the customer', async ({ page }) => {
  await page.goto(CUSTOMERS);
  await hydrated(page);
  const links = page.locator('.cell__link');
  await page.keyboard.press('j');
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(links.nth(0)).toBeFocused();
  await holdLinks(page);
  await page.keyboard.press('w');
  await page.keyboard.press('c');
  const [chat, call] = await page.evaluate(() => window.followed);
  expect(chat).toMatch(/^https:\/\/wa\.me\//);
  expect(call).toMatch(/^tel:\+/);
});

test('the search answers while one types, and Escape ends it', async ({ page }) => {
  const quiet = watch(page);
  await page.goto(CUSTOMERS);
  await hydrated(page);
  let documents = 0;
  page.on('request', (request) => { if (request.resourceType() === 'document') documents += 1; });
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('ade jk w', { delay: 40 });
  await expect(page.getByRole('searchbox')).toHaveValue('ade jk w');
  await expect(page).toHaveURL(/q=ade%20jk%20w$/);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(CUSTOMERS);
  await expect(page.getByRole('searchbox')).toHaveValue('');
  expect(documents).toBe(0);
  quiet();
});

test('what is typed while an answer is on its way stays', async ({ page }) => {
  await page.goto(CUSTOMERS);
  await hydrated(page);
  await page.route('**/api/customers?**', async (route) => {
    await new Promise((resolve) => { setTimeout(resolve, 700); });
    await route.continue();
  });
  const box = page.getByRole('searchbox');
  await box.pressSequentially('ade');
  await expect(page).toHaveURL(/q=ade$/);
  await box.pressSequentially('bayo');
  await expect(page).toHaveURL(/q=adebayo$/);
  await page.waitForTimeout(1_000);
  await expect(box).toHaveValue('adebayo');
});

test('a menu closes on Escape, on a press elsewhere, and once something is chosen', async ({ page }) => {
  await page.goto(CUSTOMERS);
  await hydrated(page);
  const opened = page.locator('.menu[open]');
  await open(page, 'Orders');
  await page.keyboard.press('Escape');
  await expect(opened).toHaveCount(0);
  await open(page, 'Orders');
  await page.getByRole('heading', { name: 'Customers', exact: true }).click();
  await expect(opened).toHaveCount(0);
  await (await open(page, 'Orders')).getByRole('link').first().click();
  await expect(page).toHaveURL(/orders=/);
  await expect(opened).toHaveCount(0);
  await (await open(page, 'Source')).getByRole('link').first().click();
  await expect(page).toHaveURL(/source=/);
  await expect(opened, 'several may be chosen').toHaveCount(1);
});

test('a press on a row opens the customer, a press on its controls does not', async ({ page }) => {
  await page.goto(CUSTOMERS);
  await hydrated(page);
  const row = page.locator('tbody tr').nth(2);
  const href = await row.locator('.cell__link').getAttribute('href');
  await row.locator('time').first().click();
  await expect(page).toHaveURL(CUSTOMERS);
  await row.locator('.cell--spent').click();
  await expect(page).toHaveURL(href);
});

test('figures that cannot be had fail alone, and are tried again alone', async ({ page }) => {
  await page.goto(CUSTOMERS);
  await hydrated(page);
  await page.route('**/api/customer_overview?**', (route) => route.abort());
  await page.getByRole('link', { name: 'This month' }).click();
  await expect(page.locator('.overview .failure')).toBeVisible();
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await page.unroute('**/api/customer_overview?**');
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.locator('.stat-card')).toHaveCount(4);
});

test('a hidden column stays hidden, and the rows stay low', async ({ page }) => {
  // Only with a period, which no other test of columns has: the choice is the user's, on every page.
  await page.goto(`${CUSTOMERS}?period=year`);
  await hydrated(page);
  const menu = await open(page, 'Columns');
  const column = page.getByRole('columnheader', { name: 'Lifetime value' });
  await expect(column).toBeVisible();
  await menu.getByLabel('Lifetime value').uncheck();
  await expect(column).toHaveCount(0);
  await menu.getByLabel('Compact').check();
  await expect(page.locator('.table--compact')).toBeVisible();
  await page.reload();
  await expect(column).toHaveCount(0);
  await expect(page.locator('.table--compact')).toBeVisible();
  await hydrated(page);
  const again = await open(page, 'Columns');
  await again.getByLabel('Lifetime value').check();
  await expect(column).toBeVisible();
  await again.getByLabel('Comfortable').check();
  await expect(page.locator('.table--compact')).toHaveCount(0);
});
