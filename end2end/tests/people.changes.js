// People and their accounts. Whoever is invited here is disabled in the end, and nobody else's account is touched.
import { createHmac } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { CUSTOMERS, watch } from './support.js';

const PEOPLE = '/dashboard/admin/settings/people';
const ACCOUNT = '/dashboard/admin/settings/account';
const PASSWORD = 'a long enough sentence';

/** The code that an app shows, by RFC 6238. */
function code(key, now = Date.now()) {
  const bits = [...key].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const digest = createHmac('sha1', bytes).update(step).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Invites somebody and returns their link. */
async function invite(page, email) {
  await page.goto(PEOPLE);
  await page.locator('summary', { hasText: 'Invite somebody' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = page.locator('.secret code');
  await expect(link).toContainText('/welcome/');
  return (await link.textContent()).trim();
}

test('somebody is invited, comes in, takes two steps and is kept out again', async ({ page, browser, javaScriptEnabled }) => {
  const quiet = watch(page);
  const email = `ada-${javaScriptEnabled}-${Date.now()}@demo.shop`;
  const link = await invite(page, email);
  await page.reload();
  await expect(page.locator('.secret')).toHaveCount(0);

  const context = await browser.newContext({ javaScriptEnabled, storageState: undefined });
  const theirs = await context.newPage();
  await theirs.goto(link);
  expect(theirs.url()).not.toContain(link.split('/').pop());
  await expect(theirs.getByText(email)).toBeVisible();
  await theirs.getByLabel('New password').fill('short');
  await theirs.getByRole('button', { name: 'Set the password' }).click();
  await expect(theirs.getByText('it needs at least 10')).toBeVisible();
  await theirs.getByLabel('New password').fill(PASSWORD);
  await theirs.getByRole('button', { name: 'Set the password' }).click();
  await theirs.waitForURL(`**${CUSTOMERS}*`);
  await theirs.goto(ACCOUNT);
  await expect(theirs.getByRole('link', { name: 'People' })).toHaveCount(0);

  await theirs.getByRole('button', { name: 'Set up' }).click();
  await expect(theirs.getByRole('img', { name: 'QR code of the key' })).toBeVisible();
  const key = (await theirs.locator('.secret code').textContent()).replace(/\s/g, '');
  const step = theirs.getByRole('region', { name: 'Second step of signing in' });
  await step.getByLabel('Password').fill(PASSWORD);
  await step.getByLabel('Code', { exact: true }).fill(code(key));
  await step.getByRole('button', { name: 'Turn on' }).click();
  await expect(theirs.locator('.codes li')).toHaveCount(10);
  const spare = await theirs.locator('.codes li').first().textContent();
  await theirs.getByRole('button', { name: 'Sign out everywhere' }).click();
  await theirs.waitForURL('**/login*');
  await theirs.getByLabel('E-mail').fill(email);
  await theirs.getByLabel('Password').fill(PASSWORD);
  await theirs.getByRole('button', { name: 'Sign in' }).click();
  await expect(theirs.getByRole('heading', { name: 'One more step' })).toBeVisible();
  await theirs.getByLabel('Code', { exact: true }).fill(spare.trim());
  await theirs.getByRole('button', { name: 'Sign in' }).click();
  await theirs.waitForURL(`**${CUSTOMERS}*`);

  await page.goto(PEOPLE);
  const card = page.getByRole('listitem').filter({ hasText: email });
  await expect(card).toContainText('Two steps');
  await card.locator('summary').click();
  await card.getByRole('button', { name: 'Turn off the second step' }).click();
  await expect(card).not.toContainText('Two steps');
  await theirs.goto(CUSTOMERS);
  await expect(theirs).toHaveURL(/\/login/);

  await page.goto(PEOPLE);
  await card.locator('summary').click();
  await card.getByRole('button', { name: 'Disable' }).click();
  await expect(card).toContainText('Disabled');
  await context.close();
  quiet();
});

test('the last owner stays', async ({ page }) => {
  await page.goto(PEOPLE);
  const own = page.getByRole('listitem').filter({ hasText: 'owner@demo.shop' });
  await own.locator('summary').click();
  await own.getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByText('owner@demo.shop is the last owner who can sign in.')).toBeVisible();
});

for (const path of [PEOPLE, ACCOUNT]) {
  test(`nothing is cut off at ${path}`, async ({ page }) => {
    await page.goto(path);
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over).toBeLessThanOrEqual(0);
    }
  });
}
