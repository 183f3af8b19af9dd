import { expect, test } from '@playwright/test';
import { CUSTOMERS, names, open } from './support.js';

const column = (name) => (page) => page.getByRole('columnheader', { name, exact: true }).getByRole('link').click();
const turn = (name) => (page) => page.getByRole('link', { name: `${name} page` }).click();
const search = (text) => (page) => page.getByRole('searchbox').fill(text);
const segment = (name) => (page) => page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
const clear = (page) => page.getByRole('link', { name: 'Clear all' }).click();
const choose = (menu, name) => async (page) => {
  const panel = await open(page, menu);
  await panel.getByText(name, { exact: false }).first().click();
  await page.keyboard.press('Escape');
};

/** What somebody does in a quarter of an hour; each step leads to another address. */
const STEPS = [
  ...['Total spent', 'Orders', 'First order', 'Name', 'Last order'].flatMap((name) => [
    column(name), turn('Next'), turn('Last'), turn('Previous'), column(name), turn('Next'),
  ]),
  search('adbayo'), column('Total spent'), search('okafor chinedu'), search('4567'), search('0803 123'), search('zzzqqq'),
  clear,
  segment('VIP'), column('Orders'), turn('Next'), segment('At risk'), turn('Last'), segment('At risk'), clear,
  choose('Activity', 'Inactive'), column('Name'), turn('Next'), choose('Orders', 'Repeat'), choose('State', 'Lagos'), turn('Next'),
  clear,
];

test('fifty steps through a small shop make no request, and back, forward and reload find each again', async ({ page, browser, baseURL, storageState }) => {
  test.setTimeout(180_000);
  const plain = await (await browser.newContext({ baseURL, storageState, javaScriptEnabled: false })).newPage();
  const given = page.waitForResponse(/load_customers/);
  await page.goto(CUSTOMERS);
  await given;
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  const length = () => page.evaluate(() => window.history.length);
  /** The addresses that lie behind one another in the history, and what the server lists at each. */
  const visits = [{ url: page.url(), rows: await names(page) }];
  expect(STEPS.length).toBeGreaterThanOrEqual(50);
  for (const [number, step] of STEPS.entries()) {
    const [before, behind] = [page.url(), await length()];
    await step(page);
    await expect.poll(() => page.url(), `step ${number} leads elsewhere`).not.toBe(before);
    await plain.goto(page.url());
    const rows = await names(plain);
    await expect.poll(() => names(page), `step ${number}: ${page.url()}`).toEqual(rows);
    if (await length() === behind) visits.pop();
    visits.push({ url: page.url(), rows });
  }
  const shows = async ({ url, rows }) => {
    await expect.poll(() => page.url()).toBe(url);
    await expect.poll(() => names(page), url).toEqual(rows);
  };
  for (const visit of visits.slice(0, -1).reverse()) {
    await page.goBack();
    await shows(visit);
  }
  for (const visit of visits.slice(1)) {
    await page.goForward();
    await shows(visit);
  }
  expect(asked).toEqual([]);
  for (const visit of [visits.at(-1), visits[3]]) {
    await page.goto(visit.url);
    await page.reload();
    await shows(visit);
  }
});
