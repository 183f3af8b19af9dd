// Orders changed by hand. After all other tests, since these see the same shop.
import { expect, test } from '@playwright/test';
import { CUSTOMERS } from './support.js';

const ORDERS = '/dashboard/admin/orders';

test('an order is added, its status changed, and deleted, and list and customer follow', async ({ page, javaScriptEnabled }) => {
  const [number, phone] = javaScriptEnabled === false ? ['HAND-2', '0809 111 2222'] : ['HAND-1', '0809 111 1111'];
  await page.goto(ORDERS);
  await page.getByRole('link', { name: 'Order', exact: true }).click();
  await page.getByLabel('Order number').fill(number);
  await page.getByLabel('Customer', { exact: true }).fill('Ṣadé By Hand');
  await page.getByLabel('Phone', { exact: true }).fill(phone);
  await page.getByLabel('Amount').fill('many');
  await page.getByRole('button', { name: 'Save order' }).click();
  await expect(page.getByText('“many”')).toBeVisible();
  await expect(page.getByLabel('Customer', { exact: true })).toHaveValue('Ṣadé By Hand');
  await page.getByLabel('Amount').fill('12,500');
  await page.getByRole('button', { name: 'Save order' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.goto(`${CUSTOMERS}?q=${encodeURIComponent(phone)}`);
  const row = page.getByRole('row', { name: /By Hand/ });
  await expect(row).toContainText('₦12,500');
  await page.goto(ORDERS);
  await page.getByRole('checkbox', { name: `Choose order ${number}` }).check();
  await page.getByLabel('Mark the chosen orders as').selectOption('returned');
  await page.getByRole('button', { name: 'Change status' }).click();
  await expect(page.getByRole('row', { name: new RegExp(number) })).toContainText('Returned');
  await page.goto(`${CUSTOMERS}?q=${encodeURIComponent(phone)}`);
  await expect(row).toContainText('1 lost');
  await page.goto(`${ORDERS}/order?number=${number}`);
  await page.getByText('Delete this order').click();
  await page.getByRole('button', { name: 'Delete the order for good' }).click();
  await expect(page).toHaveURL(ORDERS);
  await page.goto(`${CUSTOMERS}?q=${encodeURIComponent(phone)}`);
  await expect(page.getByRole('row', { name: /By Hand/ })).toHaveCount(0);
});
