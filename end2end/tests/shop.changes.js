// The shop's settings and data quality. After all other tests, since these see the same shop.
import { expect, test } from '@playwright/test';
import { CUSTOMERS } from './support.js';

const SETTINGS = '/dashboard/admin/settings';
const QUALITY = '/dashboard/admin/settings/quality';

// One after the other: two who save the settings at once are told of a conflict, as they should be.
test.describe.configure({ mode: 'default' });

test('what a threshold does is said before and after, and is taken back', async ({ page }) => {
  await page.goto(SETTINGS);
  const vip = page.getByLabel('VIP: orders, at least');
  await expect(vip).toHaveValue('5');
  await vip.fill('3');
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(page.getByText(/^[\d,]+ → [\d,]+ VIP$/)).toBeVisible();
  await expect(page.getByText('Nothing is saved yet.')).toBeVisible();
  await expect(vip).toHaveValue('3');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const toast = page.locator('.toast');
  await expect(toast).toContainText('VIP from orders: 5 → 3');
  await expect(toast).toContainText(/[\d,]+ → [\d,]+ VIP/);
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(toast).toContainText('VIP from orders: 3 → 5');
  await expect(vip).toHaveValue('5');
});

test('a refusal is said beside the field, and what was typed stays', async ({ page }) => {
  await page.goto(SETTINGS);
  await page.getByLabel('Name', { exact: true }).fill('Typed for long');
  await page.getByLabel('Time zone').fill('Africa/Atlantis');
  await page.getByLabel(/^At risk: days/).fill('0');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('“Africa/Atlantis” is no time zone; one looks like Africa/Lagos.')).toBeVisible();
  await expect(page.getByText('“0”: write a whole number of days from 2 to 3,650.')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Typed for long');
});

test('the days of activity on the cards are the shop’s', async ({ page }) => {
  await page.goto(SETTINGS);
  await page.getByLabel(/^Active: days/).fill('21');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.locator('.toast')).toContainText('Active for: 30 → 21');
  await page.goto(`${CUSTOMERS}?period=all`);
  await expect(page.getByText('in the last 21 days')).toBeVisible();
  await page.goto(SETTINGS);
  await page.getByLabel(/^Active: days/).fill('30');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.locator('.toast')).toContainText('Active for: 21 → 30');
});

test('what looks wrong is counted, put right, and taken back', async ({ page }) => {
  await page.goto(QUALITY);
  const kinds = page.getByRole('navigation', { name: 'What looks wrong' });
  for (const kind of ['Invalid numbers', 'Likely duplicates', 'Unknown places', 'Zero amounts']) {
    await kinds.getByRole('link', { name: kind }).click();
    await expect(page.getByRole('region', { name: kind })).toBeVisible();
  }
  await kinds.getByRole('link', { name: 'Likely duplicates' }).click();
  const rows = page.locator('.quality__row');
  if (await rows.count()) {
    await rows.first().getByRole('button', { name: 'Not the same person' }).click();
    await expect(page.locator('.toast')).toContainText('Noted: these are two people.');
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect(page.locator('.toast')).toHaveCount(0);
  }
  await kinds.getByRole('link', { name: 'Invalid numbers' }).click();
  const first = rows.first();
  await first.getByRole('textbox').fill('0803 12');
  await first.getByRole('button', { name: 'Put right' }).click();
  await expect(page.getByText('“0803 12” is no valid number either')).toBeVisible();
});
