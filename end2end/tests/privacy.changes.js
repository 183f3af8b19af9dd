// A person's data: handed out, erased, and whether they want messages. After all other tests, since these see the same shop.
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated, watch } from './support.js';

const AUDIT = '/dashboard/admin/settings/audit';
const SIZES = [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 360, height: 740 }],
];

// Each takes the last customer, and one erases them.
test.describe.configure({ mode: 'serial' });

/** Opens the page of the last customer of the list, whom no other test changes, and returns its address. */
async function open(page) {
  await page.goto(`${CUSTOMERS}?sort=first&size=100`);
  // Whoever was erased before has no number to write to.
  const reachable = page.getByRole('row').filter({ has: page.getByRole('link', { name: /^WhatsApp/ }) });
  const href = await reachable.last().getByRole('rowheader').getByRole('link').getAttribute('href');
  await page.goto(href);
  return href;
}

test.describe('a device that keeps customers', () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'the device keeps nothing without JavaScript');
  test.use({ serviceWorkers: 'allow' });

  /** The paths of the pages that are kept. */
  const kept = (page) => page.evaluate(async () => {
    const paths = [];
    for (const name of await caches.keys()) {
      if (!name.startsWith('kept-')) continue;
      for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
    }
    return paths;
  });

  test('forgets who is erased, on the device that erases and on others', async ({ page, browser, baseURL }) => {
    const href = await open(page);
    const path = new URL(href, baseURL).pathname;
    const other = await browser.newContext({ storageState: await page.context().storageState(), baseURL });
    const elsewhere = await other.newPage();
    for (const device of [page, elsewhere]) {
      await device.goto(href);
      await hydrated(device);
      await device.locator('summary.account').click();
      await device.getByLabel('Keep customers on this device').check();
      await expect.poll(() => kept(device)).toContain(path);
      await device.keyboard.press('Escape');
    }
    const region = page.getByRole('region', { name: 'Their data' });
    await region.getByText('Erase this person').click();
    await region.getByLabel('The customer’s name, or ERASE').fill('ERASE');
    await region.getByRole('button', { name: 'Erase for good' }).click();
    await expect(page.getByText('The person is erased.')).toBeVisible();
    await expect.poll(() => kept(page)).not.toContain(path);
    expect(await kept(elsewhere)).toContain(path);
    await elsewhere.goto('/dashboard/admin/orders');
    await expect.poll(() => kept(elsewhere)).not.toContain(path);
    await other.close();
  });
});

for (const [name, viewport] of SIZES) {
  test.describe(name, () => {
    test.use({ viewport });

    test('whoever wants no messages has no WhatsApp button, with the reason', async ({ page }) => {
      const quiet = watch(page);
      const href = await open(page);
      const panel = page.getByRole('region', { name: 'Wants messages' });
      await panel.getByLabel('No', { exact: true }).check();
      await panel.getByRole('button', { name: 'Save answer' }).click();
      const button = page.locator('.customer-header__actions').getByRole('button', { name: /^WhatsApp/ });
      await expect(button).toHaveAttribute('aria-disabled', 'true');
      await expect(button).toHaveAttribute('title', /wants no messages$/);
      await expect(button).toHaveAccessibleDescription(/wants no messages$/);
      await page.goto(href);
      await expect(panel.getByLabel('No', { exact: true })).toBeChecked();
      await panel.getByLabel('Not asked').check();
      await panel.getByRole('button', { name: 'Save answer' }).click();
      await expect(page.locator('.customer-header__actions').getByRole('link', { name: /^WhatsApp/ })).toBeVisible();
      quiet();
    });

    test('what is held about a person is handed out', async ({ page }) => {
      await open(page);
      const title = (await page.getByRole('heading', { level: 1 }).textContent()).trim();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('region', { name: 'Their data' }).getByRole('button', { name: 'JSON' }).click(),
      ]);
      expect(file.suggestedFilename()).toBe('person.json');
      const { held } = JSON.parse(await readFile(await file.path(), 'utf8'));
      expect(held.customer[0].name).toBe(title);
      expect(held.orders.length).toBeGreaterThan(0);
    });

    test('a person is erased once their name is typed, and stays so', async ({ page }) => {
      const href = await open(page);
      const region = page.getByRole('region', { name: 'Their data' });
      await region.getByText('Erase this person').click();
      await region.getByLabel('The customer’s name, or ERASE').fill('somebody else');
      await region.getByRole('button', { name: 'Erase for good' }).click();
      await expect(region.getByText(/^Type the customer’s name/)).toBeVisible();
      await region.getByLabel('The customer’s name, or ERASE').fill('ERASE');
      await region.getByRole('button', { name: 'Erase for good' }).click();
      await expect(page.getByText('The person is erased.')).toBeVisible();
      await page.goto(href);
      await expect(page.getByText('No customer has this phone')).toBeVisible();
      await page.goto(`${AUDIT}?what=privacy`);
      await expect(page.getByText('Person erased').first()).toBeVisible();
    });

    test('the audit log is filtered and fits the screen', async ({ page }) => {
      const quiet = watch(page);
      await page.goto(AUDIT);
      const filters = page.getByRole('search', { name: 'Filter the audit log' });
      await filters.getByLabel('What').selectOption('Sign-ins');
      await filters.getByRole('button', { name: 'Show' }).click();
      await expect(page).toHaveURL(/what=sign-ins/);
      await expect(page.getByText('Signed in').first()).toBeVisible();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      expect(wide).toBe(false);
      await page.goto(`${AUDIT}?who=nobody%40shop.ng`);
      await expect(page.getByText('Nothing of this in the log')).toBeVisible();
      quiet();
    });
  });
}
