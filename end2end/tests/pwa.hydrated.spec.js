// Installing, pages without a connection, and what stays on a device, which is nothing unless its user wants that.
import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated } from './support.js';

test.use({ serviceWorkers: 'allow' });

/** Waits until the worker has the page in hand, from the second page on. */
async function worked(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.reload();
  await expect.poll(() => page.evaluate(() => !!navigator.serviceWorker.controller)).toBe(true);
}

test('the application can be installed', async ({ page, context }) => {
  await page.goto(CUSTOMERS);
  await worked(page);
  const session = await context.newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // The tests’ browser keeps nothing between them, as a private window does.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data);
  for (const { src, sizes } of [...manifest.icons, ...manifest.screenshots]) {
    const size = await page.evaluate(async (src) => {
      const image = await createImageBitmap(await (await fetch(src)).blob());
      return `${image.width}x${image.height}`;
    }, src);
    expect(size, src).toBe(sizes);
  }
  for (const { url } of manifest.shortcuts) {
    expect((await page.request.get(url)).ok(), url).toBe(true);
  }
});

test('without a connection a page says so, and nothing of the shop is on the device', async ({ page, context }) => {
  await page.goto(CUSTOMERS);
  await worked(page);
  await page.goto(`${CUSTOMERS}/2348031234567`, { waitUntil: 'commit' }).catch(() => {});
  await page.goto(CUSTOMERS);
  const name = await page.locator('.cell__link').first().textContent();
  await hydrated(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This page needs a connection' })).toBeVisible();
  await expect(page.locator('.empty')).toHaveCSS('text-align', 'center');
  const stored = await page.evaluate(async () => {
    const texts = [];
    for (const cache of await caches.keys()) {
      const open = await caches.open(cache);
      for (const request of await open.keys()) {
        texts.push(request.url);
        if (!/\.(wasm|js|css|svg)$/.test(request.url)) texts.push(await (await open.match(request)).text());
      }
    }
    return texts.join('\n') + JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
  });
  expect(stored).not.toContain(name);
  expect(stored).not.toContain('/api/');
  expect(stored).not.toContain('/dashboard');
  await context.setOffline(false);
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Customers', exact: true })).toBeVisible();
});

test('a new version waits until it is wanted', async ({ page }) => {
  await page.goto(CUSTOMERS);
  await worked(page);
  await hydrated(page);
  // Another address is another worker for the same pages.
  await page.evaluate(() => navigator.serviceWorker.register('/sw.js?another').then(() => {}));
  await expect(page.getByText('A new version is ready')).toBeVisible({ timeout: 10_000 });
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Reload' }).click();
  await loaded;
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toContain('?another');
});
