import { expect, test } from '@playwright/test';
import { CUSTOMERS, names, open } from './support.js';

const press = (locate) => (page) => locate(page).locator('visible=true').click();
const column = (name) => press((page) => page.getByRole('columnheader', { name, exact: true }).getByRole('link'));
const turn = (name) => press((page) => page.getByRole('link', { name: `${name} page` }));
const number = (name) => press((page) => page.locator('.pagination').getByRole('link', { name, exact: true }));
const search = (text) => (page) => page.getByRole('searchbox').fill(text);
const segment = (name) => press((page) => page.locator('.segment-card', { hasText: name }));
const remove = (name) => press((page) => page.locator('.filter-block').getByRole('link', { name: `Remove ${name}` }));
const clear = press((page) => page.locator('.chips').getByRole('link', { name: 'Clear all' }));
const showAll = press((page) => page.getByRole('link', { name: 'Show all customers' }));
const choose = (menu, name) => async (page) => {
  const panel = await open(page, menu);
  await panel.getByRole('link', { name: new RegExp(`^${name}`) }).first().click();
  // Where several may be chosen, the menu stays.
  await page.keyboard.press('Escape');
};

/** What somebody does in a quarter of an hour; each step leads to another address. */
const STEPS = [
  ...['Total spent', 'Orders', 'First order', 'Name', 'Last order'].flatMap((name) => [
    column(name), turn('Next'), turn('Last'), turn('Previous'), column(name), turn('Next'),
  ]),
  number('3'), number('50'), turn('Next'), number('20'), turn('Last'), turn('First'), number('25'),
  search('adbayo'), column('Total spent'), search('okafor chinedu'), search('4567'), search('0803 123'), search('zzzqqq'),
  showAll,
  segment('VIP'), column('Orders'), turn('Next'), segment('At risk'), turn('Last'), segment('At risk'),
  choose('Activity', 'Inactive'), column('Name'), turn('Next'), choose('Orders', 'Repeat'), clear,
  choose('Place', 'Lagos'), turn('Next'), choose('Source', 'TikTok'), choose('Source: TikTok', 'Facebook'), remove('Place: Lagos'),
  search('ola'), choose('Lifetime value', '₦10k'), clear, search(''),
];

/** The addresses that lie behind one another in the history. */
const entries = (page) => page.evaluate(() => window.navigation.entries().map(({ key }) => key));

/** Somebody is quicker than this test: a copy that has become old, and is fetched anew behind an answer, is another's matter. */
async function stayYoung(page) {
  await page.addInitScript(() => {
    const later = window.setTimeout;
    window.setTimeout = (run, wait, ...rest) => (wait >= 60_000 ? 0 : later(run, wait, ...rest));
  });
}

test('steps through a small shop make no request, and back, forward and reload find each again', async ({ page, browser, baseURL, storageState }) => {
  test.setTimeout(240_000);
  expect(STEPS.length).toBeGreaterThanOrEqual(50);
  const plain = await (await browser.newContext({ baseURL, storageState, javaScriptEnabled: false })).newPage();
  await stayYoung(page);
  const given = page.waitForResponse(/load_customers/);
  await page.goto(CUSTOMERS);
  await (await given).finished();
  const asked = [];
  page.on('request', (request) => {
    // At every address the browser asks its own cache for the icon.
    if (!request.url().endsWith('/favicon.svg')) asked.push(request.url());
  });
  // The copy is taken in bit by bit; until it is whole, the server answers.
  await expect(async () => {
    const before = page.url();
    asked.length = 0;
    await column('Orders')(page);
    await expect.poll(() => page.url()).not.toBe(before);
    expect(asked).toEqual([]);
  }).toPass();
  /** What the server lists at each entry of the history. */
  const visits = new Map([[(await entries(page)).at(-1), { url: page.url(), rows: await names(page) }]]);
  for (const [at, step] of STEPS.entries()) {
    const before = page.url();
    await step(page);
    await expect.poll(() => page.url(), `step ${at} leads elsewhere`).not.toBe(before);
    const url = page.url();
    await plain.goto(url);
    const rows = await names(plain);
    await expect.poll(() => names(page), `step ${at}: ${url}`).toEqual(rows);
    visits.set((await entries(page)).at(-1), { url, rows });
  }
  // A browser keeps fifty; what was typed on in the search stands there once.
  const kept = (await entries(page)).map((key) => visits.get(key));
  expect(kept.length).toBeGreaterThanOrEqual(50);
  const shows = async ({ url, rows }) => {
    await expect.poll(() => page.url()).toBe(url);
    await expect.poll(() => names(page), url).toEqual(rows);
  };
  for (const visit of kept.slice(0, -1).reverse()) {
    await page.evaluate(() => window.history.back());
    await shows(visit);
  }
  for (const visit of kept.slice(1)) {
    await page.evaluate(() => window.history.forward());
    await shows(visit);
  }
  expect(asked).toEqual([]);
  for (const visit of [kept.at(-1), kept[3]]) {
    await page.goto(visit.url);
    await page.reload();
    await shows(visit);
  }
});
