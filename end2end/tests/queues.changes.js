// Queues, worked through on a phone. After all other tests, and one after the other: a user has one customer in hand.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated, open, watch } from './support.js';

test.describe.configure({ mode: 'serial' });
test.use({ viewport: { width: 360, height: 740 } });

const QUEUE = /\/dashboard\/admin\/queues\/\d+$/;

/** Makes a queue of the first ten customers whom a page shows. */
async function queueOfTen(page, name, javaScriptEnabled) {
  await page.goto(`${CUSTOMERS}?sort=-spent&activity=active`);
  if (javaScriptEnabled !== false) await hydrated(page);
  const shown = await page.locator('tbody .cell__link').allTextContents();
  for (let at = 0; at < 10; at += 1) await page.locator('tbody .choose').nth(at).check();
  const bar = page.locator('.bulk-bar');
  await bar.locator('summary', { hasText: 'Queue' }).click();
  await bar.getByLabel('Name of the queue').fill(name);
  await bar.getByRole('button', { name: 'Make a queue' }).click();
  await expect(page).toHaveURL(QUEUE);
  return shown.slice(0, 10);
}

const inHand = (page) => page.locator('.turn__name');

test('a queue of ten is worked through on a phone', async ({ page, javaScriptEnabled }) => {
  test.slow();
  const quiet = watch(page);
  const shown = await queueOfTen(page, 'Best ten', javaScriptEnabled);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Best ten');
  await expect(page.locator('.queue-progress')).toContainText('0 of 10 done');
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(inHand(page)).toHaveText(shown[0]);
  await expect(page.locator('.turn').getByRole('link', { name: /^WhatsApp/ })).toHaveAttribute('href', /^https:\/\/wa\.me\/\d+\?text=./);
  await expect(page.locator('.turn').getByRole('link', { name: /^Call/ })).toHaveAttribute('href', /^tel:\+\d+$/);

  for (const colorScheme of javaScriptEnabled === false ? [] : ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }

  // Leaving and coming back.
  await page.getByRole('navigation').getByRole('link', { name: 'Customers', exact: true }).last().click();
  await expect(page).toHaveURL(new RegExp(CUSTOMERS));
  await page.getByRole('navigation').getByRole('link', { name: 'Queues' }).last().click();
  await page.getByRole('link', { name: 'Best ten' }).first().click();
  await expect(inHand(page)).toHaveText(shown[0]);

  await page.getByRole('textbox', { name: 'Note' }).fill('Calls only in the morning');
  await page.getByRole('button', { name: 'Skip for now' }).click();
  const outcomes = ['Reached', 'No answer', 'Wrong number', 'Order placed', 'Reached', 'Reached', 'Reached', 'Reached', 'Reached'];
  for (const [at, outcome] of outcomes.entries()) {
    await expect(inHand(page)).toHaveText(shown[at + 1]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    if (outcome === 'No answer') await page.getByLabel('Try again').selectOption('Tomorrow');
    await page.getByRole('button', { name: outcome }).click();
  }
  await expect(inHand(page)).toHaveText(shown[0]);
  await expect(page.locator('.turn')).toContainText('Calls only in the morning');
  await page.getByRole('button', { name: 'Reached' }).click();
  await expect(page.locator('.queue-progress')).toContainText(/9 of 10 done · 1 to try again, next \w+ \d+ \w+/);
  await expect(page.getByText(/^Nobody is to be tried before/)).toBeVisible();
  await expect(page.locator('.person')).toHaveCount(10);
  await expect(page.locator('.person').first()).toContainText(/No answer.*again/);
  quiet();
});

test('the day to try again is asked for, and a refusal keeps what was typed', async ({ page, javaScriptEnabled }) => {
  await queueOfTen(page, 'A few', javaScriptEnabled);
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.locator('input[type=date]')).toBeHidden();
  await page.getByLabel('Try again').selectOption('On a day …');
  await expect(page.locator('input[type=date]')).toBeVisible();
  await page.getByRole('textbox', { name: 'Note' }).fill('Asked for blue');
  await page.getByRole('button', { name: 'No answer' }).click();
  await expect(page.getByText('Choose the day on which to try again.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('Asked for blue');
  await expect(page.getByLabel('Try again')).toHaveValue('on');
  await page.getByLabel('Try again').selectOption('In a week');
  await page.getByRole('button', { name: 'No answer' }).click();
  await expect(page.locator('.queue-progress')).toContainText('0 of 10 done · 1 to try again');
  await page.getByRole('button', { name: 'Stop here' }).click();
  await page.getByText('Delete this queue').click();
  await page.getByRole('button', { name: 'Delete it for good' }).click();
  await expect(page).toHaveURL(/\/queues$/);
  await expect(page.getByRole('link', { name: 'A few' })).toHaveCount(0);
});

test('a segment becomes a queue', async ({ page }) => {
  await page.goto(`${CUSTOMERS}?segment=at_risk`);
  const menu = await open(page, 'Queue');
  await menu.getByRole('button', { name: 'Make a queue' }).click();
  await expect(page).toHaveURL(QUEUE);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^At risk, \d+ \w+$/);
  await page.getByText('Delete this queue').click();
  await page.getByRole('button', { name: 'Delete it for good' }).click();
});
