import { expect, test } from '@playwright/test';
import { CUSTOMERS, left, names, number, open } from './support.js';

test('a filter leaves as many customers as its count says', async ({ page }) => {
  await page.goto(CUSTOMERS);
  const choice = (await open(page, 'Activity')).getByRole('link', { name: /^Inactive/ });
  const promised = number(await choice.locator('.choice__count').textContent());
  await choice.click();
  await expect(page).toHaveURL(/activity=inactive/);
  await expect(page.locator('.chip')).toHaveText(/Activity: Inactive/);
  await expect.poll(() => left(page)).toBe(promised);
  await expect(page.locator('tbody .badge', { hasText: /^Active$/ })).toHaveCount(0);
});

test('several sources and states are set together, and each chip takes one away', async ({ page }) => {
  await page.goto(`${CUSTOMERS}?page=2`);
  await (await open(page, 'Source')).getByRole('link', { name: /^Facebook/ }).click();
  await expect(page).toHaveURL(/source=facebook/);
  await expect(page).not.toHaveURL(/page=/);
  await page.goto(`${CUSTOMERS}?source=facebook&source=tiktok&state=Lagos`);
  await expect(page.locator('.chip')).toHaveText([/Source: Facebook/, /Source: TikTok/, /Place: Lagos/]);
  const together = await left(page);
  await page.getByRole('link', { name: 'Remove Source: Facebook' }).click();
  await expect(page.locator('.chip')).toHaveCount(2);
  await expect.poll(() => left(page)).toBeLessThan(together);
  await page.getByRole('link', { name: 'Clear all' }).locator('visible=true').click();
  await expect(page).toHaveURL(CUSTOMERS);
  await expect(page.locator('.chips__count')).toHaveText('1,300 customers');
});

test('a search finds, marks, and keeps what was typed', async ({ page }) => {
  await page.goto(`${CUSTOMERS}?activity=active`);
  const box = page.getByRole('searchbox');
  await box.fill('olayinka');
  await box.press('Enter');
  await expect(page).toHaveURL(/q=olayinka/);
  await expect(page).toHaveURL(/activity=active/);
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await expect(page.locator('tbody mark').first()).toBeVisible();
  await expect(page.getByRole('searchbox')).toHaveValue('olayinka');
  await expect(page.getByText('sorted by Best match')).toBeAttached();
  await expect(page.locator('th[aria-sort]')).toHaveCount(0);
});

test('the last four digits of a number find its customer', async ({ page }) => {
  await page.goto(CUSTOMERS);
  const number = await page.locator('.phone__number').first().textContent();
  const [name] = await names(page);
  await page.goto(`${CUSTOMERS}?q=${number.slice(-4)}`);
  await expect(page.getByRole('rowheader', { name }).first()).toBeVisible();
  await expect(page.locator('.cell--phone mark').first()).toHaveText(number.slice(-4));
});

test('a search with no hit says what to loosen', async ({ page }) => {
  await page.goto(`${CUSTOMERS}?q=zzzzqqq&activity=active&period=year`);
  await expect(page.getByRole('heading', { name: 'No customer matches' })).toBeVisible();
  const offers = page.locator('.empty .chip');
  await expect(offers).toHaveText([/Search: zzzzqqq/, /Period: This year/, /Activity: Active/]);
  await offers.first().click();
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await expect(page).toHaveURL(/activity=active/);
  await page.goto(`${CUSTOMERS}?q=zzzzqqq`);
  await page.getByRole('link', { name: 'Show all customers' }).click();
  await expect(page.getByText('1–25 of 1,300')).toBeVisible();
});

test('on a phone all filters are one sheet, and the order is a menu', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(`${CUSTOMERS}?activity=active&source=tiktok&q=ade`);
  await expect(page.locator('.filters')).toBeHidden();
  const sheet = await open(page, 'Filters \\(2\\)');
  await expect(sheet.getByRole('heading', { name: 'Lifetime value' })).toBeVisible();
  const show = sheet.getByRole('link', { name: /^Show [\d,]+ customers?$/ });
  expect(number(await show.textContent())).toBe(await left(page));
  await show.click();
  await expect(sheet).toBeHidden();
  const order = await open(page, 'Best match');
  await order.getByRole('link', { name: 'Name, A to Z' }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.locator('.sort-menu > summary')).toHaveText('Name, A to Z');
});
