// The palette, by keyboard alone.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated, names, watch } from './support.js';

async function opened(page, keys = 'Control+k') {
  await page.keyboard.press(keys);
  const input = page.getByRole('combobox', { name: 'Customer, phone, order or page' });
  await expect(input).toBeFocused();
  return input;
}

test('finds a customer, goes there, and gives the focus back when it is closed', async ({ page }) => {
  const quiet = watch(page);
  await page.goto(CUSTOMERS);
  await hydrated(page);
  const [name] = await names(page);
  const before = page.locator('.cell__link').first();
  await before.focus();
  const input = await opened(page);
  await page.keyboard.press('Escape');
  await expect(before).toBeFocused();
  await opened(page);
  await input.fill(name.trim());
  const first = page.getByRole('option', { name: new RegExp(`^${name.trim()}`) }).first();
  await expect(first).toBeVisible();
  await expect(page.locator('#palette-lines').getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/customers\/%2B|\/customers\/\d|\/customers\/\+/);
  await expect(input).toBeHidden();
  quiet();
});

test('goes through pages with the arrows, from any page', async ({ page }) => {
  await page.goto('/dashboard/admin/orders');
  await hydrated(page);
  const input = await opened(page, 'Meta+k');
  await input.fill('segment');
  // Pages come after what the shop has, which may be something like it; so the last one is reached from the first.
  await expect(page.locator('.palette__said')).toBeEmpty();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('option', { name: 'At-risk customers' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#palette-lines').getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/segment=at_risk/);
});

test('says where nothing is found, and where the server cannot be reached', async ({ page, context }) => {
  await page.goto(CUSTOMERS);
  await hydrated(page);
  const input = await opened(page);
  await input.fill('zzqqxx');
  await expect(page.getByText('Nothing is like that.')).toBeVisible();
  await context.route('**/api/find*', (route) => route.abort());
  await input.fill('zzqqx');
  await expect(page.locator('.palette__said')).not.toHaveText(/Searching|Nothing/);
  await expect(page.locator('.palette__said')).not.toBeEmpty();
});

test('lists the keys, in a dialog that holds the focus', async ({ page }) => {
  await page.goto(CUSTOMERS);
  await hydrated(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
  await opened(page);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
