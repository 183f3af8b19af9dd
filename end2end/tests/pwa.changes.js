// What a device keeps where its user wants that, and that nothing of it is left once they are signed out, whatever else
// happens. Each test has users and a browser of its own.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated, open, signIn } from './support.js';

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'the device keeps nothing without JavaScript');
test.use({ serviceWorkers: 'allow', storageState: { cookies: [], origins: [] } });

/** A user of their own: how often one may sign in is limited. */
function somebody() {
  const email = `${Math.random().toString(36).slice(2)}@demo.shop`;
  execFileSync('../target/release/onibara', ['user', 'add', email, '--role', 'staff'], {
    input: 'plenty-of-orders\n',
    env: { ...process.env, DATABASE_URL: `sqlite:${join(process.env.ONIBARA_E2E, 'shop.db')}` },
  });
  return email;
}

/** Signs in and switches the keeping on; returns the canaries: the name and the number of the first customer. */
async function keepOne(page) {
  await page.goto(CUSTOMERS);
  await signIn(page, somebody());
  await expect(page.getByRole('heading', { name: 'Customers', exact: true })).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.reload();
  await hydrated(page);
  await account(page);
  await page.getByLabel('Keep customers on this device').check();
  const link = page.locator('.cell__link').first();
  const name = await link.textContent();
  await expect.poll(() => found(page, [name])).toEqual([name]);
  await page.keyboard.press('Escape');
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  const slug = new URL(page.url()).pathname.split('/').at(-1);
  // The list names the customer too: what counts is their own page.
  const isKept = (path) => caches.match(path).then((answer) => !!answer);
  await expect.poll(() => page.evaluate(isKept, new URL(page.url()).pathname)).toBe(true);
  return [name, slug.slice(-9)];
}

const account = (page) => page.locator('summary.account').click();

/** Which of these texts are anywhere in what the browser keeps for the site. */
async function found(page, texts) {
  const all = await page.evaluate(async () => {
    const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        kept.push(name, request.url);
        if (!/\.(wasm|js|css|svg)$/.test(request.url)) kept.push(await (await cache.match(request)).text());
      }
    }
    for (const { name } of await indexedDB.databases()) kept.push(name);
    return kept.join('\n');
  });
  return texts.filter((text) => all.includes(text));
}

/** Nothing of the first user is left, and going back shows nothing of theirs. */
async function nothingLeft(page, canaries) {
  await expect(page).toHaveURL(/\/login/);
  expect(await found(page, canaries)).toEqual([]);
  expect((await page.content()).includes(canaries[0])).toBe(false);
  expect(await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('kept')))).toEqual([]);
  await page.goBack();
  await expect(page).toHaveURL(/\/login|about:blank/);
  expect((await page.content()).includes(canaries[0])).toBe(false);
}

/** The next user, on the same device. How often one address may sign in is limited, so that not every test does. */
async function nextSeesNothing(page, canaries) {
  await page.goto('/login');
  await signIn(page, somebody());
  await expect(page.getByRole('heading', { name: 'Customers', exact: true })).toBeVisible();
  expect(await found(page, canaries.slice(1))).toEqual([]);
  expect(await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('kept')))).toEqual([]);
}

test('the last list and opened customers are readable without a connection, and what is written is sent once', async ({ page, context }) => {
  const [name] = await keepOne(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText(/No connection: this is as of \d/)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.locator('#new-note').fill('Written on the road');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.locator('.outbox')).toContainText('Waits for a connection. Note for');
  await page.goto(CUSTOMERS);
  await expect(page.getByRole('link', { name }).first()).toBeVisible();
  await expect(page.locator('.outbox')).toContainText('Written on the road');
  await page.goto('/dashboard/admin/orders');
  await expect(page.getByRole('heading', { name: 'This page needs a connection' })).toBeVisible();
  await page.getByRole('link', { name }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  // The first answer is lost on its way: it is sent again, and counts once.
  let sent = 0;
  let answered = 0;
  await context.route('**/api/add_note', async (route) => {
    const answer = await route.fetch();
    sent += 1;
    if (sent === 1) return route.abort();
    await route.fulfill({ response: answer });
    answered += 1;
  });
  await context.setOffline(false);
  await expect.poll(() => answered, { timeout: 15_000 }).toBe(1);
  await expect(page.locator('.outbox')).toHaveCount(0);
  await page.reload();
  await expect(page.locator('.note', { hasText: 'Written on the road' })).toHaveCount(1);
  expect(sent).toBe(2);
  await context.unroute('**/api/add_note');
});

test('an outcome that is noted without a connection is sent later', async ({ page, context }) => {
  await keepOne(page);
  await page.goto(`${CUSTOMERS}?segment=at_risk`);
  await hydrated(page);
  const menu = await open(page, 'Queue');
  await menu.getByRole('button', { name: 'Make a queue' }).click();
  await page.getByRole('button', { name: 'Start' }).click();
  const whom = await page.locator('.turn__name').textContent();
  const path = new URL(page.url()).pathname;
  const shows = async ([path, whom]) => {
    const text = (await (await caches.match(path))?.text()) ?? '';
    return text.includes('turn__name') && text.includes(whom);
  };
  await expect.poll(() => page.evaluate(shows, [path, whom])).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText(/No connection: this is as of/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Note' }).fill('Calls back from the village');
  await page.getByRole('button', { name: 'Reached' }).click();
  await expect(page.locator('.outbox')).toContainText(`Waits for a connection. Outcome for ${whom}`);
  await context.setOffline(false);
  await expect(page.locator('.outbox')).toHaveCount(0);
  await page.goto(path);
  await expect(page.locator('.queue-progress')).toContainText(/^1 of [\d,]+ done/);
  await page.getByText('Delete this queue').click();
  await page.getByRole('button', { name: 'Delete it for good' }).click();
});

test('on a line that does not answer, what is kept shows after a few seconds', async ({ page, context }) => {
  const [name] = await keepOne(page);
  const held = [];
  await context.route(page.url(), (route) => held.push(route));
  await page.reload();
  await expect(page.getByText(/The connection is slow: this is as of \d/)).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  expect(held.length).toBeGreaterThan(0);
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.locator('.kept')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  for (const route of held) await route.abort().catch(() => {});
});

test('what the server refuses is shown with what was typed', async ({ page, context }) => {
  await keepOne(page);
  await context.setOffline(true);
  await page.reload();
  await page.locator('#new-note').fill('x'.repeat(4_001));
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.locator('.outbox')).toContainText('Waits for a connection');
  await context.setOffline(false);
  await page.reload();
  await expect(page.locator('.outbox')).toContainText('Not saved.');
  await expect(page.locator('.outbox')).toContainText('xxxxxxxxxx');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.locator('.outbox')).toHaveCount(0);
});

test('signed out with a connection', async ({ page }) => {
  const canaries = await keepOne(page);
  await account(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await nothingLeft(page, canaries);
});

test('signed out without a connection, which comes back', async ({ page, context }) => {
  const canaries = await keepOne(page);
  await context.setOffline(true);
  await account(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'You are signed out on this device' })).toBeVisible();
  expect(await found(page, canaries)).toEqual([]);
  await context.setOffline(false);
  await page.goto(CUSTOMERS);
  await nothingLeft(page, canaries);
  await nextSeesNothing(page, canaries);
});

test('the session has ended elsewhere', async ({ page, context }) => {
  const canaries = await keepOne(page);
  const cookies = await context.cookies();
  // Another window signs out: this page learns of it over its stream of changes.
  const session = cookies.find(({ name }) => name === 'onibara');
  const answer = await page.request.post('/api/sign_out', {
    headers: { cookie: `onibara=${session.value}`, accept: 'application/json' },
  });
  expect(answer.ok()).toBe(true);
  await page.goto(CUSTOMERS);
  await nothingLeft(page, canaries);
  await nextSeesNothing(page, canaries);
});

test('the page is closed while it signs out', async ({ page, context }) => {
  const canaries = await keepOne(page);
  let asked;
  const sent = new Promise((resolve) => { asked = resolve; });
  await context.route('**/api/sign_out', (route) => {
    asked();
    return route.abort();
  });
  await account(page);
  await page.getByRole('button', { name: 'Sign out' }).click({ noWaitAfter: true });
  await sent;
  const next = await context.newPage();
  await page.close();
  await context.unroute('**/api/sign_out');
  await next.goto(CUSTOMERS);
  await nothingLeft(next, canaries);
});

test('something is being sent and kept while the user signs out', async ({ page, context }) => {
  const canaries = await keepOne(page);
  await context.setOffline(true);
  await page.locator('#new-note').fill('Still on its way');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.locator('.outbox')).toContainText('Still on its way');
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  let begun;
  const sending = new Promise((resolve) => { begun = resolve; });
  await context.route('**/api/add_note', async (route) => {
    begun();
    await held;
    await route.fulfill({ status: 422, json: { Invalid: { field: 'body', message: `No, ${canaries[0]}.` } } });
  });
  await context.setOffline(false);
  await sending;
  page.once('dialog', (dialog) => dialog.accept());
  // In the same moment the page changes, and would be kept anew.
  await page.evaluate(() => document.querySelector('h1').append(' '));
  await account(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  release();
  await expect(page).toHaveURL(/\/login/);
  await nothingLeft(page, [...canaries, 'Still on its way']);
});

test('another worker comes while the user signs out', async ({ page }) => {
  const canaries = await keepOne(page);
  await page.evaluate(() => {
    navigator.serviceWorker.register('/sw.js?another');
  });
  await account(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await nothingLeft(page, canaries);
});
