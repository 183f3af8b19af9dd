// Message templates. After all other tests, since these see the same shop.
import { expect, test } from '@playwright/test';
import { CUSTOMERS, watch } from './support.js';

const SETTINGS = '/dashboard/admin/settings/messages';

// One after the other: the later ones find the template that the first has written.
test.describe.configure({ mode: 'default' });

/** Fills the form of a new template in, and returns it. */
async function draft(page, name, body) {
  const form = page.locator('details.panel').filter({ hasText: 'New template' });
  if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Message').fill(body);
  return form;
}

test('a template is written, seen as it would be sent, and stands behind the buttons', async ({ page, javaScriptEnabled }) => {
  const quiet = watch(page);
  const name = javaScriptEnabled === false ? 'Without JavaScript' : 'Thanks';
  await page.goto(SETTINGS);
  const form = await draft(page, name, 'Dear {first_name} 🎉\nmore at {shop} & #1');
  if (javaScriptEnabled !== false) await expect(form.locator('.bubble')).toContainText(/^Dear \p{L}+.* 🎉/u);
  await form.getByRole('button', { name: 'Save template' }).click();
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  await expect(card.locator('> .bubble')).toContainText(/^Dear \p{L}+.* 🎉/u);
  if (await card.getByRole('button', { name: /^Make default/ }).count()) {
    await card.getByRole('button', { name: /^Make default/ }).click();
  }
  await expect(card).toContainText('Default');
  await page.goto(CUSTOMERS);
  const link = page.getByRole('link', { name: /^WhatsApp/ }).first();
  await expect(link).toHaveAttribute('href', /\?text=Dear%20.*%20%F0%9F%8E%89%0Amore%20at%20.*%20%26%20%231$/);
  await page.goto(SETTINGS);
  await card.locator('summary').click();
  await card.getByLabel('Message').fill('Changed {name}');
  await card.getByRole('button', { name: 'Save template' }).click();
  await expect(card.locator('> .bubble')).toContainText('Changed');
  quiet();
});

test('a name that is taken is said beside the field, and what was typed stays', async ({ page }) => {
  await page.goto(SETTINGS);
  const taken = (await page.locator('.template__name bdi').first().textContent()).trim();
  const form = await draft(page, taken, 'Words that took a while');
  await form.getByRole('button', { name: 'Save template' }).click();
  await expect(page.getByText(`Another template is called “${taken}”.`)).toBeVisible();
  await expect(form.getByLabel('Message')).toHaveValue('Words that took a while');
});

test('every template can be sent to a customer, and be taken away', async ({ page, javaScriptEnabled }) => {
  const name = `For one day, ${javaScriptEnabled}`;
  await page.goto(SETTINGS);
  const form = await draft(page, name, 'Only today');
  await form.getByRole('button', { name: 'Save template' }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await page.goto(CUSTOMERS);
  await page.goto(await page.getByRole('rowheader').first().getByRole('link').getAttribute('href'));
  await page.locator('summary', { hasText: 'Messages' }).click();
  await expect(page.getByRole('link', { name: new RegExp(name) })).toHaveAttribute('href', /^https:\/\/wa\.me\/\d+\?text=Only%20today$/);
  await page.goto(SETTINGS);
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  await card.locator('summary').click();
  await card.getByRole('button', { name: 'Delete this template for good' }).click();
  await expect(page.getByRole('heading', { name })).toHaveCount(0);
});
