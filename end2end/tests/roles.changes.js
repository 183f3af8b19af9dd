// The day of each role, on a desktop and on a phone: what it does, and what is not offered to it or refused.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { CUSTOMERS, watch } from './support.js';

const ADMIN = '/dashboard/admin';
const PASSWORD = 'a long enough sentence';
const RANKS = ['staff', 'admin', 'owner'];
const rank = (role) => RANKS.indexOf(role);

// One after the other: a customer is with one person at a time, and all of them call the same ones.
test.describe.configure({ mode: 'default' });

/** Lets the owner invite somebody, who comes in. */
async function comeIn(owner, browser, role, options) {
  const email = `${role}-${Date.now()}-${options.viewport.width}@demo.shop`;
  await owner.goto(`${ADMIN}/settings/people`);
  await owner.locator('summary', { hasText: 'Invite somebody' }).click();
  const form = owner.locator('form', { has: owner.getByRole('button', { name: 'Make the link' }) });
  await form.getByLabel('E-mail').fill(email);
  await form.getByLabel('Role').selectOption(role);
  await form.getByRole('button', { name: 'Make the link' }).click();
  const link = await owner.locator('.secret code').textContent();
  const context = await browser.newContext({ ...options, storageState: undefined });
  const page = await context.newPage();
  await page.goto(link.trim());
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.waitForURL(`**${CUSTOMERS}*`);
  return { page, email };
}

/** Ends somebody's day for good: the next test has a shop without them. */
async function leave(owner, { page, email }) {
  await page.context().close();
  await owner.goto(`${ADMIN}/settings/people`);
  const card = owner.getByRole('listitem').filter({ hasText: email });
  await card.locator('summary').click();
  await card.getByRole('button', { name: 'Disable' }).click();
  await expect(card).toContainText('Disabled');
}

async function clean(page) {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0].html}`)).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** What everybody does: a note and a tag for a customer, an order on its way, a queue begun. */
async function daily(page, javaScriptEnabled) {
  await page.goto(`${CUSTOMERS}?sort=-orders`);
  if (javaScriptEnabled !== false) await clean(page);
  await page.goto(await page.getByRole('rowheader').nth(8).getByRole('link').getAttribute('href'));
  const said = `Asked for blue, ${Date.now()}`;
  await page.getByLabel('New note').fill(said);
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.locator('.note').first()).toContainText(said);
  await page.getByLabel('New tags').fill('seen today');
  await page.getByRole('button', { name: 'Add tags' }).click();
  await expect(page.locator('.tag', { hasText: 'seen today' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove the tag seen today' }).click();
  await expect(page.locator('.tag', { hasText: 'seen today' })).toHaveCount(0);
  if (javaScriptEnabled !== false) await clean(page);

  await page.goto(`${ADMIN}/orders?status=postponed`);
  await page.getByRole('checkbox', { name: /^Choose order/ }).first().check();
  await page.getByLabel('Mark the chosen orders as').selectOption('dispatched');
  await page.getByRole('button', { name: 'Change status' }).click();
  await expect(page.getByRole('heading', { name: 'Orders', level: 1 })).toBeVisible();

  await page.goto(`${CUSTOMERS}?segment=at_risk&sort=-spent`);
  for (const at of [0, 1]) await page.locator('tbody .choose').nth(at).check();
  const bar = page.locator('.bulk-bar');
  await bar.locator('summary', { hasText: 'Queue' }).click();
  await bar.getByLabel('Name of the queue').fill(`Of the day ${Date.now()}`);
  await bar.getByRole('button', { name: 'Make a queue' }).click();
  await page.getByRole('button', { name: 'Start' }).click();
  const name = page.locator('.turn__name');
  const first = await name.textContent();
  await page.getByRole('button', { name: 'Reached' }).click();
  // Whoever presses before the next customer stands there means the one before.
  await expect(name).not.toHaveText(first);
  await page.getByRole('button', { name: 'No answer' }).click();
  await expect(page.locator('.queue-progress')).toContainText('2 of 2');
}

/** What is offered to a role, and what it is refused where it asks for it all the same. */
async function bounds(page, role) {
  const may = (least) => rank(role) >= rank(least);
  await page.goto(CUSTOMERS);
  await expect(page.locator('.nav-link:visible', { hasText: 'Import' })).toHaveCount(may('admin') ? 1 : 0);
  await expect(page.locator('summary:visible', { hasText: /^Export/ })).toHaveCount(may('admin') ? 1 : 0);
  await page.goto(`${ADMIN}/settings`);
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(may('admin') ? 1 : 0);
  await expect(page.getByRole('link', { name: 'Audit log' })).toHaveCount(may('admin') ? 1 : 0);
  await expect(page.getByRole('link', { name: 'People' })).toHaveCount(may('owner') ? 1 : 0);
  for (const [path, least] of [
    [`${ADMIN}/import`, 'admin'], [`${ADMIN}/settings/audit`, 'admin'], [`${ADMIN}/settings/quality`, 'admin'],
    [`${ADMIN}/settings/people`, 'owner'], [`${ADMIN}/settings/connections`, 'owner'],
  ]) {
    const answer = await page.goto(path);
    expect(`${path} ${answer.status()}`).toBe(`${path} ${may(least) ? 200 : 403}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
}

/** What an admin does besides: an order by hand, a detail of a customer. */
async function office(page) {
  const number = `DAY-${Date.now()}`;
  await page.goto(`${ADMIN}/orders/order`);
  await page.getByLabel('Order number').fill(number);
  await page.getByLabel('Customer', { exact: true }).fill('Day By Hand');
  await page.getByLabel('Phone', { exact: true }).fill('0809 111 3333');
  await page.getByLabel('Amount').fill('4,000');
  await page.getByRole('button', { name: 'Save order' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.goto(`${CUSTOMERS}/2348091113333?edit=1`);
  await page.getByLabel('City').fill(`Yaba ${Date.now()}`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.goto(`${ADMIN}/orders/order?number=${number}`);
  await page.getByText('Delete this order').click();
  await page.getByRole('button', { name: 'Delete the order for good' }).click();
  await expect(page).toHaveURL(`${ADMIN}/orders`);
}

for (const role of RANKS) {
  for (const [device, viewport] of [['a desktop', { width: 1440, height: 900 }], ['a phone', { width: 360, height: 740 }]]) {
    test(`the day of ${role} on ${device}`, async ({ page, browser, javaScriptEnabled, baseURL }) => {
      test.skip(javaScriptEnabled === false && device === 'a desktop', 'on a phone it is the harder way');
      test.slow();
      const options = { viewport, javaScriptEnabled, baseURL, serviceWorkers: 'block' };
      const person = await comeIn(page, browser, role, options);
      const quiet = watch(person.page);
      await daily(person.page, javaScriptEnabled);
      quiet();
      // An order that is gone while its page is open, and refusals, are errors to the browser.
      if (role !== 'staff') await office(person.page);
      await bounds(person.page, role);
      await leave(page, person);
    });
  }
}
