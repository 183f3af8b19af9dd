import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { CUSTOMERS, watch } from './support.js';

/** Waits until the application has taken over: then the theme button works. */
async function hydrated(page) {
  await expect(async () => {
    const before = await page.locator('html').getAttribute('data-theme');
    await page.getByRole('button', { name: 'Switch between light and dark' }).click();
    expect(await page.locator('html').getAttribute('data-theme')).not.toBe(before);
  }).toPass();
}

test('sorting and paging load no document again', async ({ page }) => {
  const quiet = watch(page);
  await page.goto(CUSTOMERS);
  await hydrated(page);
  let documents = 0;
  page.on('request', (request) => { if (request.resourceType() === 'document') documents += 1; });
  await page.getByRole('columnheader', { name: 'Orders', exact: true }).getByRole('link').click();
  await expect(page.getByRole('columnheader', { name: 'Orders', exact: true })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByText('26–50 of 1300')).toBeVisible();
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
  for (const [width, path] of [[360, CUSTOMERS], [1440, CUSTOMERS], [360, '/login'], [1440, '/nowhere']]) {
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
