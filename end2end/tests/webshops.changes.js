// Keys and online shops. The last of all: an order comes in, which tests of new orders would count.
import { createHmac } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { watch } from './support.js';

const CONNECTIONS = '/dashboard/admin/settings/connections';

/** Opens the form of a new key, which is open by itself where there is no key yet. */
async function newKey(page) {
  await page.goto(CONNECTIONS);
  // What is folded away has no role yet.
  const form = page.locator('details', { has: page.locator('button', { hasText: 'Make key' }) });
  if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
  return form;
}

test('a key is made, seen once, used, and revoked', async ({ page, request, javaScriptEnabled }) => {
  const quiet = watch(page);
  const name = `Till, ${javaScriptEnabled}`;
  await page.goto(CONNECTIONS);
  // Open by itself where there is no key yet.
  // What is folded away has no role yet.
  const form = page.locator('details', { has: page.locator('button', { hasText: 'Make key' }) });
  if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Read orders').check();
  await page.getByRole('button', { name: 'Make key' }).click();
  const fresh = page.locator('section', { has: page.getByRole('heading', { name: 'Your new key' }) });
  const key = (await fresh.locator('code').first().textContent()).trim();
  const asked = (given) => request.get('/api/v1/orders', { headers: { authorization: `Bearer ${given}` } });
  expect((await asked(key)).status()).toBe(200);
  expect((await asked(`${key}x`)).status()).toBe(401);
  await page.goto(CONNECTIONS);
  await expect(page.getByText(key)).toHaveCount(0);
  const one = page.getByRole('listitem').filter({ hasText: name });
  await one.locator('summary').click();
  await one.getByRole('button', { name: 'Revoke this key' }).click();
  await expect(one).toHaveCount(0);
  expect((await asked(key)).status()).toBe(401);
  quiet();
});

test('a key that may do nothing is not made, and its name stays', async ({ page }) => {
  const form = await newKey(page);
  await page.getByLabel('Name').fill('Of no use');
  await page.getByRole('button', { name: 'Make key' }).click();
  await expect(form.locator('.field__error').last()).not.toBeEmpty();
  await expect(page.getByRole('listitem').filter({ hasText: 'Of no use' })).toHaveCount(0);
});

test('an online shop is connected, sends an order, and is taken away', async ({ page, request, javaScriptEnabled }) => {
  await page.goto(CONNECTIONS);
  await page.getByRole('button', { name: 'Connect WooCommerce' }).click();
  const shop = page.locator('.connection', { hasText: 'WooCommerce' }).last();
  const [address, secret] = await Promise.all([
    shop.locator('code', { hasText: '/hooks/' }).first().textContent(),
    shop.locator('.secret', { hasText: /^Secret/ }).locator('code').textContent(),
  ]);
  const number = javaScriptEnabled === false ? '900002' : '900001';
  const body = JSON.stringify({
    id: Number(number), number, status: 'processing', currency: 'NGN', total: '4500.00',
    date_created_gmt: '2026-01-05T09:00:00', date_modified_gmt: '2026-01-05T09:00:00',
    billing: { first_name: 'Amaka', last_name: 'Obi', phone: '08031230000', city: 'Enugu', state: 'EN', country: 'NG' },
  });
  const send = (signature) => request.post(new URL(address.trim()).pathname, {
    data: Buffer.from(body),
    headers: {
      'content-type': 'application/json',
      'x-wc-webhook-topic': 'order.created',
      'x-wc-webhook-delivery-id': `d-${number}`,
      'x-wc-webhook-signature': signature,
    },
  });
  const signature = createHmac('sha256', secret.trim()).update(body).digest('base64');
  expect((await send(signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')))).status()).toBe(401);
  expect((await send(signature)).status()).toBe(200);
  await page.goto(CONNECTIONS);
  await expect(page.locator('section', { has: page.getByRole('heading', { name: 'What came in' }) })).toContainText(number);
  if (javaScriptEnabled !== false) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const mine = page.locator('.connection', { hasText: address.trim() });
  await mine.locator('summary', { hasText: 'Remove' }).click();
  await mine.getByRole('button', { name: 'Remove this connection' }).click();
  await expect(page.locator('.connection', { hasText: address.trim() })).toHaveCount(0);
});
