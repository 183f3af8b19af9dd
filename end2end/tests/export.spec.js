// Choosing customers and taking them away.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated, open, watch } from './support.js';

const names = (page) => page.locator('tbody .cell__link').allTextContents();

/** The rows of a downloaded CSV file, the header first; no name of the demo shop holds a quote. */
const rows = (path) => readFileSync(path, 'utf8').replace('\ufeff', '').trim().split('\r\n').join('\n').split('\n');

async function download(page, press) {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: file.suggestedFilename(), rows: rows(await file.path()) };
}

test('what the page shows is in the file, all of it and in its order', async ({ page }) => {
  const quiet = watch(page);
  await page.goto(`${CUSTOMERS}?activity=active&state=Lagos&sort=-spent`);
  const shown = await names(page);
  const total = Number((await page.locator('.pagination__range').textContent()).split('of')[1].replaceAll(',', ''));
  const menu = await open(page, 'Export');
  const file = await download(page, () => menu.getByRole('button', { name: 'CSV' }).click());
  expect(file.name).toMatch(/^[a-z-]+-customers-\d{4}-\d\d-\d\d-active-lagos\.csv$/);
  expect(file.rows.length).toBe(total + 1);
  for (const [at, name] of shown.entries()) expect(file.rows[at + 1]).toContain(name === 'No name' ? ',' : name);
  quiet();
});

test('a workbook and the orders can be taken away too', async ({ page }) => {
  await page.goto('/dashboard/admin/orders?status=returned');
  const menu = await open(page, 'Export');
  const book = await Promise.all([page.waitForEvent('download'), menu.getByRole('button', { name: 'Excel' }).click()]);
  expect(book[0].suggestedFilename()).toMatch(/-orders-.*-returned\.xlsx$/);
  expect(readFileSync(await book[0].path()).subarray(0, 2).toString()).toBe('PK');
});

test('those who are chosen on several pages are taken away together', async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'without JavaScript a choice is of one page');
  await page.goto(CUSTOMERS);
  await hydrated(page);
  const chosen = [];
  for (const at of [0, 2]) {
    await page.locator('tbody .choose').nth(at).check();
    chosen.push((await names(page))[at]);
  }
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.locator('.pagination__range')).toHaveText(/^26–/);
  await page.locator('tbody .choose').nth(1).check();
  chosen.push((await names(page))[1]);
  const bar = page.locator('.bulk-bar');
  await expect(bar).toContainText('3 chosen');
  await bar.locator('summary', { hasText: 'Export' }).click();
  const file = await download(page, () => bar.getByRole('button', { name: 'CSV' }).click());
  expect(file.rows.length).toBe(4);
  for (const name of chosen.filter((name) => name !== 'No name')) expect(file.rows.join('\n')).toContain(name);
  await expect(page.getByText('3 rows exported.')).toBeVisible();
  await page.goBack();
  await expect(page.locator('tbody .choose').nth(0)).toBeChecked();
  await bar.getByRole('button', { name: /^All 1,300/ }).click();
  await expect(bar).toContainText('1,300 chosen');
  await expect(page.locator('tbody .choose').nth(7)).toBeChecked();
  await bar.getByRole('button', { name: 'Clear' }).click();
  await expect(bar).toBeHidden();
});

test('the menus of a phone stay on its screen', async ({ page, javaScriptEnabled }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(CUSTOMERS);
  if (javaScriptEnabled !== false) await hydrated(page);
  await page.locator('tbody .choose').first().check();
  const menus = page.locator('.bulk-bar details.menu, .page-bar__actions details.menu:visible');
  const count = await menus.count();
  expect(count).toBeGreaterThanOrEqual(5);
  for (let at = 0; at < count; at += 1) {
    await menus.nth(at).locator('summary').click();
    const { x, width } = await menus.nth(at).locator('.menu__panel').boundingBox();
    expect([x >= 0, x + width <= 360]).toEqual([true, true]);
    await menus.nth(at).locator('summary').click();
  }
});

test('without JavaScript the chosen of a page are taken away', async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled !== false, 'the other test does it with JavaScript');
  await page.goto(CUSTOMERS);
  await page.locator('tbody .choose').nth(1).check();
  const bar = page.locator('.bulk-bar');
  await bar.locator('summary', { hasText: 'Export' }).click();
  const file = await download(page, () => bar.getByRole('button', { name: 'CSV' }).click());
  expect(file.rows.length).toBe(2);
});
