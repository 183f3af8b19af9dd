import { expect } from '@playwright/test';

export const CUSTOMERS = '/dashboard/admin/customers';

export async function signIn(page, email = 'owner@demo.shop') {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('plenty-of-orders');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Fails a test on anything the browser complains of. */
export function watch(page) {
  const complaints = [];
  page.on('console', (message) => {
    // The browser of most tests has no service worker, and without JavaScript nothing uses what it loads; it says so.
    if (/Service Worker registration blocked|preloaded using link preload but not used/.test(message.text())) return;
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== 'localhost') complaints.push(`asked another host: ${request.url()}`);
  });
  return () => expect(complaints).toEqual([]);
}

export const names = (page) => page.getByRole('rowheader').allTextContents();

/** Makes a page as slow as on a cheap phone. */
export async function slow(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

/** Waits until the application has taken over: then the theme button works, and no part waits for its turn. */
export async function hydrated(page) {
  await expect(async () => {
    const before = await page.locator('html').getAttribute('data-theme');
    await page.getByRole('button', { name: 'Switch between light and dark' }).click();
    expect(await page.locator('html').getAttribute('data-theme')).not.toBe(before);
  }).toPass();
  await expect(page.locator('html')).not.toHaveAttribute('data-waking');
}

/** Opens the menu whose button begins with a word, and returns its panel. */
export async function open(page, word) {
  const menu = page.locator('details.menu:visible').filter({ has: page.locator('summary', { hasText: new RegExp(`^${word}`) }) });
  await menu.locator('summary').click();
  return menu.locator('.menu__panel');
}

/** The number in a text: `1,300` of `Inactive 1,300`. */
export const number = (text) => Number(text.replaceAll(',', '').match(/\d+/)[0]);

/** How many customers the line above the table says are left. */
export async function left(page) {
  const line = page.locator('.chips__count');
  await expect(line).toContainText('→');
  return number((await line.textContent()).split('→')[1]);
}
