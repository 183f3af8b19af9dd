import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated, slow, watch } from './support.js';

test('sorting and paging load no document again', async ({ page }) => {
  const quiet = watch(page);
  await page.goto(CUSTOMERS);
  await hydrated(page);
  let documents = 0;
  page.on('request', (request) => { if (request.resourceType() === 'document') documents += 1; });
  await page.getByRole('columnheader', { name: 'Orders', exact: true }).getByRole('link').click();
  await expect(page.getByRole('columnheader', { name: 'Orders', exact: true })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByText('26–50 of 1,300')).toBeVisible();
  expect(documents).toBe(0);
  quiet();
});

test('the chosen theme survives a reload without a flash', async ({ page }) => {
  await page.goto(CUSTOMERS);
  await hydrated(page);
  const chosen = await page.locator('html').getAttribute('data-theme');
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', chosen);
});

for (const scheme of ['light', 'dark']) {
  for (const [width, path] of [
    [360, CUSTOMERS], [1440, CUSTOMERS], [360, `${CUSTOMERS}?period=year&q=ade&activity=active`],
    [1440, `${CUSTOMERS}?period=year&q=ade&segment=vip`], [1440, `${CUSTOMERS}?q=zzzzqqq&tag=none`],
    [360, '/login'], [1440, '/nowhere'],
  ]) {
    test(`axe finds nothing on ${path} at ${width} px, ${scheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 800 });
      await page.goto(path);
      await expect(page.getByRole('main')).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
    });
  }
}

for (const [width, button] of [[360, '.sheet > summary'], [1440, '.filter > summary'], [1440, '.columns-menu > summary']]) {
  test(`axe finds nothing in an open menu: ${button}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(CUSTOMERS);
    await page.locator(button).first().click();
    await expect(page.locator('.menu[open] > .menu__panel')).toBeVisible();
    // Half-drawn letters have half their contrast.
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  });
}

/** Holds the program of a slow page back, until what it returns is called. */
async function hold(page) {
  let release;
  const held = new Promise((done) => { release = done; });
  await slow(page);
  await page.route('**/*.wasm', async (route) => { await held; await route.continue(); });
  return release;
}

for (const [path, row] of [[CUSTOMERS, 'tbody .choose'], [CUSTOMERS, '.choose--page'], ['/dashboard/admin/orders', 'tbody .choose']]) {
  test(`what is chosen before the page is taken over stays chosen: ${row} on ${path}`, async ({ page }) => {
    const release = await hold(page);
    await page.goto(path, { waitUntil: 'domcontentloaded' });
    const box = page.locator(row).first();
    await box.check();
    release();
    await hydrated(page);
    await expect(box).toBeChecked();
    if (path === CUSTOMERS) await expect(page.locator('.bulk-bar')).toContainText(row === '.choose--page' ? '25 chosen' : '1 chosen');
    await box.uncheck();
    await expect(page.locator('.choose:checked')).toHaveCount(0);
  });
}

for (const enter of [false, true]) {
  test(`what is searched ${enter ? 'while' : 'before'} the page is taken over is found`, async ({ page }) => {
    const complaints = watch(page);
    const release = await hold(page);
    await page.goto(`${CUSTOMERS}?activity=active`, { waitUntil: 'domcontentloaded' });
    const search = page.getByRole('searchbox');
    if (enter) release();
    await search.fill('olayinka');
    if (enter) await search.press('Enter');
    release();
    await expect(page.locator('tbody mark').first()).toBeVisible();
    await expect(page).toHaveURL(/q=olayinka/);
    await expect(page).toHaveURL(/activity=active/);
    complaints();
  });
}
