// What people change about a customer. After all other tests, since these see the same shop.
import { expect, test } from '@playwright/test';
import { CUSTOMERS } from './support.js';

/** Opens the customer who stands at a place in the list. */
async function visit(page, place) {
  await page.goto(`${CUSTOMERS}?sort=-spent`);
  await page.goto(await page.getByRole('rowheader').nth(place).getByRole('link').getAttribute('href'));
  return page.url();
}

const title = (page) => page.getByRole('heading', { level: 1 });

test('a name is changed, and the change taken back', async ({ page }) => {
  await visit(page, 0);
  const before = await title(page).textContent();
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('Ọláyínká Ṣadé');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(title(page)).toHaveText('Ọláyínká Ṣadé');
  await expect(page.getByLabel('Name', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(title(page)).toHaveText(before);
});

test('a change shows before the answer is there, and goes where it is refused', async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'nothing can be shown before the answer');
  await visit(page, 0);
  const before = await title(page).textContent();
  let answer;
  const asked = new Promise((resolve) => { answer = resolve; });
  await page.route('**/api/update_customer_info', async (route) => {
    await asked;
    await route.continue();
  });
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('Shown At Once');
  await page.getByLabel('WhatsApp').fill('call me');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(title(page)).toHaveText('Shown At Once');
  await expect(page.getByLabel('Name', { exact: true })).toBeHidden();
  answer();
  await expect(page.getByText('“call me” is no phone number.')).toBeVisible();
  await expect(title(page)).toHaveText(before);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Shown At Once');
});

test('what cannot be taken is said beside the field, and what was typed stays', async ({ page }) => {
  await visit(page, 1);
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('Not Saved Yet');
  await page.getByLabel('WhatsApp').fill('call me');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('“call me” is no phone number.')).toBeVisible();
  await expect(page.getByLabel('WhatsApp')).toHaveValue('call me');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Not Saved Yet');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(title(page)).not.toHaveText('Not Saved Yet');
});

test('of two who change the same the later is told, and may still have it', async ({ page, context }) => {
  const url = await visit(page, 2);
  const other = await context.newPage();
  for (const each of [page, other]) await each.goto(`${url}?edit=1`);
  const [city, mine] = ['Yaba', 'Surulere'].map((name) => `${name} ${Date.now()}`);
  await other.getByLabel('City').fill(city);
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.getByText('Saved.')).toBeVisible();
  await page.getByLabel('City').fill(mine);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(`changed it to “${city}” while you were typing`)).toBeVisible();
  await expect(page.getByLabel('City')).toHaveValue(mine);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByText(`${mine},`)).toBeVisible();
});

test('a note is written, changed, deleted and brought back', async ({ page }) => {
  await visit(page, 3);
  const [five, six] = [5, 6].map((hour) => `Calls after ${hour} pm, said at ${Date.now()}`);
  await page.getByLabel('New note').fill(five);
  await page.getByRole('button', { name: 'Add note' }).click();
  const note = page.locator('.note').first();
  await expect(note).toContainText(five);
  await expect(page.getByLabel('New note')).toHaveValue('');
  await note.getByText('Change').click();
  await note.getByLabel('The note').fill(six);
  await note.getByRole('button', { name: 'Save note' }).click();
  await expect(note).toContainText(six);
  await expect(note).toContainText('changed');
  await note.getByText('Change', { exact: true }).click();
  await note.getByRole('button', { name: 'Delete note' }).click();
  await expect(page.getByText('Note deleted.')).toBeVisible();
  await expect(page.getByText(six)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(note).toContainText(six);
});

test('tags are put on, lead to the list, and are taken off', async ({ page }) => {
  const url = await visit(page, 4);
  await page.getByLabel('New tags').fill('Wholesale, birthday in May');
  await page.getByRole('button', { name: 'Add tags' }).click();
  await expect(page.locator('.tag')).toHaveText(['birthday in may', 'wholesale']);
  await page.getByRole('link', { name: 'wholesale' }).click();
  await expect(page).toHaveURL(/tag=wholesale/);
  await expect(page.getByText('1–1 of 1')).toBeVisible();
  await page.goto(url);
  for (const tag of ['birthday in may', 'wholesale']) {
    await page.getByRole('button', { name: `Remove the tag ${tag}` }).click();
    await expect(page.getByRole('link', { name: tag, exact: true })).toHaveCount(0);
  }
});

test('two customers are merged and separated again', async ({ page }) => {
  const other = await visit(page, 6);
  const theirs = await title(page).textContent();
  const url = await visit(page, 5);
  const orders = () => page.locator('.stat-card', { hasText: 'Lifetime value' }).locator('.stat-card__value').textContent();
  const before = await orders();
  await page.getByLabel('The other phone').fill(`+${other.split('/').at(-1)}`);
  await page.getByRole('button', { name: 'Merge' }).last().click();
  await expect(page.getByRole('button', { name: 'Separate' })).toBeVisible();
  expect(await orders()).not.toBe(before);
  await page.goto(other);
  await expect(page).toHaveURL(url);
  await page.getByRole('button', { name: 'Separate' }).click();
  await expect(page.getByRole('button', { name: 'Separate' })).toHaveCount(0);
  expect(await orders()).toBe(before);
  await page.goto(other);
  await expect(title(page)).toHaveText(theirs);
});

test('those who are chosen are tagged together', async ({ page, javaScriptEnabled }) => {
  const tag = `club ${javaScriptEnabled === false ? 'two' : 'one'}`;
  await page.goto(CUSTOMERS);
  for (const at of [0, 3]) await page.locator('tbody .choose').nth(at).check();
  const bar = page.locator('.bulk-bar');
  await bar.locator('summary', { hasText: 'Tag' }).click();
  await bar.getByLabel('Tags, with commas').fill(tag);
  await bar.getByRole('button', { name: 'Add to all chosen' }).click();
  await page.goto(`${CUSTOMERS}?tag=${encodeURIComponent(tag)}`);
  await expect(page.locator('tbody tr')).toHaveCount(2);
});

test('a view is saved as a tab, shared, opened with, and deleted', async ({ page, javaScriptEnabled }) => {
  const name = javaScriptEnabled === false ? 'Lagos regulars' : 'Big spenders in Lagos';
  await page.goto(`${CUSTOMERS}?orders=repeat&state=Lagos&sort=-spent`);
  await page.locator('summary', { hasText: 'Save view' }).click();
  await page.getByLabel('Name of the view').fill(name);
  await page.getByLabel('Everybody sees it').check();
  await page.getByRole('button', { name: 'Save view' }).click();
  const tab = page.getByRole('link', { name, exact: true });
  await expect(tab).toHaveAttribute('aria-current', 'page');

  // Its columns are its own.
  const columns = page.locator('.columns-menu');
  await columns.locator('summary').click();
  await columns.getByText('AOV', { exact: true }).click();
  if (javaScriptEnabled === false) await columns.getByRole('button', { name: 'Apply' }).click();
  const aov = page.getByRole('columnheader', { name: 'AOV' });
  await expect(aov).toHaveCount(0);
  await page.getByRole('navigation', { name: 'Saved views' }).getByRole('link', { name: 'All' }).click();
  await expect(page).toHaveURL(/\?period=all$/);
  await expect(aov).toBeVisible();
  await tab.click();
  await expect(aov).toHaveCount(0);
  await expect(page).toHaveURL(/orders=repeat&state=Lagos&sort=-spent$/);
  const menu = page.locator('.view-tabs__menu summary');
  await menu.click();
  await page.getByRole('button', { name: 'Open the page with this view' }).click();
  // It is the shop's before the page is left.
  await expect(page.locator('button', { hasText: 'Open with all customers again' })).toHaveCount(1);
  await page.goto(`${CUSTOMERS}?period=all`);
  await page.locator('.nav-link:visible', { hasText: 'Customers' }).click();
  await expect(page).toHaveURL(/orders=repeat&state=Lagos&sort=-spent$/);
  await page.goBack();
  await expect(page).toHaveURL(/\?period=all$/);
  await page.goto(CUSTOMERS);
  await expect(page).toHaveURL(/orders=repeat&state=Lagos&sort=-spent$/);
  await menu.click();
  await page.getByRole('button', { name: 'Open with all customers again' }).click();
  await expect(page.locator('.view-tab[aria-current]')).toHaveText(name);
  await menu.click();
  await page.getByRole('button', { name: 'Delete this view' }).click();
  await expect(tab).toHaveCount(0);
  await page.goto(CUSTOMERS);
  await expect(page).toHaveURL(CUSTOMERS);
});
