import { expect, test } from '@playwright/test';
import { CUSTOMERS, left, number, open } from './support.js';

const periods = (page) => page.getByRole('navigation', { name: 'Period' });

test('the figures of all time, each with its trend', async ({ page }) => {
  await page.goto(CUSTOMERS);
  for (const title of ['Total customers', 'Active customers', 'Average lifetime value', 'Repeat customer rate']) {
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
    await expect(card.locator('.stat-card__value')).toHaveText(/\d/);
    await expect(card.locator('.stat-card__trend')).toHaveAttribute('title', /^Now .+ago: /);
    await expect(card.locator('.stat-card__change')).toHaveText(/Up|Down|New|No change/);
  }
  await expect(page.locator('.stat-card__value').first()).toHaveText('1,300');
});

test('a period changes the figures, the columns and the address', async ({ page }) => {
  await page.goto(CUSTOMERS);
  await expect(page.getByRole('columnheader', { name: 'Lifetime value' })).toHaveCount(0);
  await periods(page).getByRole('link', { name: 'This year' }).click();
  await expect(page).toHaveURL(/period=year/);
  await expect(periods(page).getByRole('link', { name: 'This year' })).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('heading', { name: 'Average spent in the period' })).toBeVisible();
  await expect(page.getByText(/compared with/)).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Total spent' })).toBeVisible();
  await periods(page).getByRole('link', { name: 'All time' }).click();
  await expect(page).toHaveURL(CUSTOMERS);
});

test('any two dates are a period, and the rest of the address stays', async ({ page }) => {
  await page.goto(`${CUSTOMERS}?activity=active&sort=name`);
  const dates = await open(page, 'Dates');
  await dates.getByLabel('From').fill('2026-10-01');
  await dates.getByLabel('To').fill('2026-10-31');
  await dates.getByRole('button', { name: 'Show these dates' }).click();
  await expect(page.locator('.period-filter__dates > summary')).toHaveText('1 Oct 2026 – 31 Oct 2026');
  await expect(page).toHaveURL(/activity=active/);
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
});

test('a segment card filters the table, shows that it does, and stops when pressed again', async ({ page }) => {
  await page.goto(CUSTOMERS);
  const card = page.getByRole('link', { name: /^VIP/ });
  const count = number(await card.locator('.segment-card__count').textContent());
  await card.click();
  await expect(page).toHaveURL(/segment=vip/);
  await expect(card).toHaveAttribute('aria-current', 'true');
  await expect.poll(() => left(page)).toBe(count);
  await card.click();
  await expect(page).toHaveURL(CUSTOMERS);
  await expect(card).not.toHaveAttribute('aria-current', 'true');
});

test('those at risk are of all time', async ({ page }) => {
  await page.goto(`${CUSTOMERS}?period=month`);
  const card = page.getByRole('link', { name: /^At risk/ });
  await expect(card).toContainText(/median [\d,]+ days/);
  const count = number(await card.locator('.segment-card__count').textContent());
  await card.click();
  await expect(page).toHaveURL(/\?segment=at_risk$/);
  await expect.poll(() => left(page)).toBe(count);
});
