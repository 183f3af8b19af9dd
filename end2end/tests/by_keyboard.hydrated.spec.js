// Every page by keyboard alone: all that can be pressed is reached, one after the other, and shows that it is.
import { expect, test } from '@playwright/test';
import { CUSTOMERS, hydrated } from './support.js';

const ADMIN = '/dashboard/admin';
const PAGES = [
  CUSTOMERS, `${ADMIN}/orders`, `${ADMIN}/orders/order`, `${ADMIN}/import`, `${ADMIN}/queues`, `${ADMIN}/find`,
  `${ADMIN}/settings`, `${ADMIN}/settings/messages`, `${ADMIN}/settings/quality`, `${ADMIN}/settings/connections`,
  `${ADMIN}/settings/people`, `${ADMIN}/settings/account`, `${ADMIN}/settings/audit`, 'a customer',
];

/** Numbers all that takes part in the order of the Tab key as it is shown now. */
const mark = () => {
  const candidates = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]');
  const shown = [...candidates].filter((element) => !element.disabled && element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }));
  // Of radio buttons with one name the Tab key reaches one.
  const alone = shown.filter((element) => element.type !== 'radio');
  alone.forEach((element, index) => { element.dataset.stop = index; });
  return alone.map((element) => element.outerHTML.slice(0, 120));
};

/** What has the focus, and how that shows. */
const focused = () => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const around = element.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  const within = element.closest(':focus-within:not(body, html, main)');
  return { stop: element.dataset.stop, ring: around || (within && getComputedStyle(within).outlineStyle !== 'none') };
};

for (const path of PAGES) {
  test(`${path} is reached whole by the Tab key`, async ({ page }) => {
    test.slow();
    await page.goto(path === 'a customer' ? CUSTOMERS : path);
    if (path === 'a customer') {
      await hydrated(page);
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.waitForURL(/customers\/./);
    }
    await hydrated(page);
    const all = await page.evaluate(mark);
    await page.evaluate(() => { document.activeElement.blur(); getSelection().removeAllRanges(); });
    const reached = new Set();
    const dim = [];
    for (let step = 0; step < all.length + 5; step += 1) {
      await page.keyboard.press('Tab');
      const { stop, ring } = await page.evaluate(focused);
      if (stop === undefined) continue;
      if (!ring && !reached.has(stop)) dim.push(all[stop]);
      reached.add(stop);
    }
    expect(all.filter((_, index) => !reached.has(String(index)))).toEqual([]);
    expect(dim).toEqual([]);
  });
}
