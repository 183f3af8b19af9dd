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
  await page.getByRole('link', { name: 'View on the orders page' }).click();
  await expect(page.locator('.chips__count')).toContainText('4,000 →');
  await page.locator('.page-header__context').getByRole('link').click();
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

test('turning the pages of a customer\'s orders keeps what is being typed', async ({ page }) => {
  await page.goto(`${CUSTOMERS}?sort=-orders`);
  await hydrated(page);
  await page.getByRole('rowheader').first().getByRole('link').click();
  const note = page.locator('#new-note');
  await note.fill('Asked for a discount');
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.locator('.pagination__range')).toHaveText(/^26–/);
  await expect(note).toHaveValue('Asked for a discount');
});

test('the title takes the focus on another page, and only there', async ({ page }) => {
  await page.goto(CUSTOMERS);
  await hydrated(page);
  const title = page.getByRole('heading', { level: 1 });
  const ring = () => title.evaluate((element) => getComputedStyle(element).outlineStyle);
  await page.getByRole('columnheader', { name: 'Total spent' }).getByRole('link').click();
  await expect(page.locator('th[aria-sort=descending]')).toHaveText('Total spent');
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByText('26–50 of 1,300')).toBeVisible();
  await expect(title).not.toBeFocused();
  await page.getByRole('rowheader').first().getByRole('link').click();
  await expect(page).toHaveURL(/\/customers\/\d+$/);
  await expect(title).toBeFocused();
  expect(await ring()).toBe('none');
  await page.getByRole('link', { name: 'View on the orders page' }).press('Enter');
  await expect(title).toHaveText('Orders');
  await expect(title).toBeFocused();
  expect(await ring(), 'who uses the keyboard sees where they are').toBe('solid');
  await page.goBack();
  await expect(page).toHaveURL(/\/customers\/\d+$/);
  await expect(title).toBeFocused();
});

for (const width of [768, 1000, 1200, 1440]) {
  test(`the button of a new order stands beside the tools of the frame at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(ORDERS);
    const button = await page.locator('main').getByRole('link', { name: 'Order', exact: true }).first().boundingBox();
    const tools = await page.locator('.frame__tools').boundingBox();
    expect(button.x + button.width).toBeLessThanOrEqual(tools.x);
  });
}
