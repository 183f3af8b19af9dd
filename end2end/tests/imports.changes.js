// Files of orders through the page: looked at, mapped by hand, taken in and taken back, with and without JavaScript.
import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { hydrated, watch } from './support.js';

test.describe.configure({ mode: 'serial' });

const IMPORT = '/dashboard/admin/import';

/** Sends a file as whoever chooses it does: where the page is alive it goes at once. */
async function send(page, name, text, javaScriptEnabled) {
  await page.goto(IMPORT);
  if (javaScriptEnabled !== false) await hydrated(page);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  if (javaScriptEnabled === false) await page.getByRole('button', { name: 'Look at it' }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
}

/** Waits for words; without JavaScript by looking again. */
async function said(page, words, javaScriptEnabled) {
  await expect(async () => {
    if (javaScriptEnabled === false) await page.reload();
    await expect(page.locator('.import__said')).toContainText(words, { timeout: 2_000 });
  }).toPass();
}

test('a file is looked at, taken in and taken back', async ({ page, javaScriptEnabled }) => {
  const quiet = watch(page);
  const file = [
    'Order No,Date,Customer,Phone,Amount,Status',
    'IMP-1,2026-11-01,Ọláyínká Import,0803 999 0001,"12,500.50",delivered',
    'IMP-2,2026-11-02,Ọláyínká Import,0803 999 0001,1000,new',
    'IMP-3,2026-11-02,Nobody,0803 999 0002,twelve,new',
  ].join('\n');
  await send(page, 'november.csv', file, javaScriptEnabled);
  await said(page, 'See what the file would do', javaScriptEnabled);
  await expect(page.locator('.import__counts')).toContainText(/New\s*2/);
  await expect(page.locator('.sample[data-kind=refused]')).toContainText('twelve');
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  for (const colorScheme of javaScriptEnabled === false ? [] : ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }

  await page.getByRole('button', { name: 'Take it in' }).click();
  await said(page, '2 rows are in. 1 row is refused, of 3.', javaScriptEnabled);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the refused rows' }).click();
  const report = await readFile(await (await download).path(), 'utf8');
  expect(report).toContain('IMP-3');
  expect(report).toContain('twelve');

  await page.goto('/dashboard/admin/customers/2348039990001');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ọláyínká Import');
  await expect(page.locator('main')).toContainText('₦13,500.50');

  await page.goto(IMPORT);
  await page.getByRole('link', { name: 'november.csv' }).first().click();
  await page.getByRole('button', { name: 'Take the import back' }).click();
  await said(page, 'It was taken back. 2 orders are as they were before.', javaScriptEnabled);
  expect((await page.request.get('/dashboard/admin/customers/2348039990001')).status()).toBe(404);
  quiet();
});

test('columns are chosen by hand, and known the next time', async ({ page, javaScriptEnabled }) => {
  // Headers are kept for the shop, so each kind of page has its own.
  const own = javaScriptEnabled === false ? 'plain' : 'alive';
  const file = `Ref ${own},Day ${own},Who ${own},Digits ${own},Naira ${own}\nMAP-1,2026-11-01,Ada,0803 999 0003,500\n`;
  await send(page, 'theirs.csv', file, javaScriptEnabled);
  await said(page, 'no column for the order number', javaScriptEnabled);
  for (const [label, column] of [['order number', 'Ref'], ['date', 'Day'], ['phone', 'Digits'], ['amount', 'Naira']]) {
    const options = page.getByLabel(new RegExp(`^${label}, needed`, 'i'));
    const option = await options.locator('option', { hasText: column }).getAttribute('value');
    await options.selectOption(option);
  }
  await page.getByRole('button', { name: 'Take these columns' }).click();
  await said(page, 'See what the file would do', javaScriptEnabled);
  await page.getByRole('button', { name: 'Leave it' }).click();
  await said(page, 'It was stopped', javaScriptEnabled);

  await send(page, 'theirs again.csv', file, javaScriptEnabled);
  await said(page, 'See what the file would do', javaScriptEnabled);
});

test('what is no file of orders says so', async ({ page, javaScriptEnabled }) => {
  await send(page, 'orders.pdf', '%PDF-1.7 no orders', javaScriptEnabled);
  await said(page, 'This is a PDF document', javaScriptEnabled);
  await expect(page.getByRole('link', { name: 'Send another file' })).toBeVisible();
});
