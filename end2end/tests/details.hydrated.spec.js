import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated, watch } from './support.js';

const ORDERS = '/dashboard/admin/orders';

test('from the list to a customer to their orders without another document', async ({ page }) => {
  const quiet = watch(page);
  await page.goto(CUSTOMERS);
  await hydrated(page);
  let documents = 0;
  page.on('request', (request) => { if (request.resourceType() === 'document') documents += 1; });
  await page.getByRole('rowheader').first().getByRole('link').click();
  await expect(page).toHaveURL(/\/customers\/\d+$/);
  await page.getByRole('link', { name: /on the orders page|^View all/ }).click();
  await expect(page.locator('.chips__count')).toContainText('4,000 →');
  await page.locator('.page-header').getByRole('link').click();
  await expect(page).toHaveURL(/\/customers\/\d+$/);
  expect(documents).toBe(0);
  quiet();
});

for (const scheme of ['light', 'dark']) {
  for (const width of [360, 1440]) {
    test(`axe finds nothing on a customer and on orders at ${width} px, ${scheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${CUSTOMERS}?sort=-orders`);
      const href = await page.getByRole('rowheader').first().getByRole('link').getAttribute('href');
      const paths = [href, `${CUSTOMERS}/2340000000`, ORDERS, `${ORDERS}?status=returned&customer=${href.split('/').pop()}`];
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0].html}`)).toEqual([]);
      }
    });
  }
}
