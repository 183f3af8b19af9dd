import { expect } from '@playwright/test';

export const CUSTOMERS = '/dashboard/admin/customers';

export async function signIn(page) {
  await page.getByLabel('E-mail').fill('owner@demo.shop');
  await page.getByLabel('Password').fill('plenty-of-orders');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Fails a test on anything the browser complains of. */
export function watch(page) {
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== 'localhost') complaints.push(`asked another host: ${request.url()}`);
  });
  return () => expect(complaints).toEqual([]);
}

export const names = (page) => page.getByRole('rowheader').allTextContents();
