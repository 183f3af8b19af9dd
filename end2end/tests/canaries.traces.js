// What the server has written while all other tests ran: nothing about a person, neither in its log nor in its metrics.
// The canaries are the whole shop, every name and phone in it, and whatever the tests have typed.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const METRICS = `http://127.0.0.1:${process.env.ONIBARA_E2E_METRICS}/metrics`;

// As many digits as a phone has, which are no decimals: the metrics hold sums of seconds with sixteen of them.
const PHONE = /(?<!\d)(?<!\d\.)\d{10,15}(?!\d)/g;

const small = (text) => text.normalize('NFC').toLowerCase();

/** Names by their words, phones by the digits that a number has in every spelling. */
async function customers(page, baseURL) {
  const answer = await page.request.post('/export/customers', {
    form: { query: '', format: 'csv', name: 'canaries' },
    headers: { origin: baseURL },
  });
  const [head, ...rows] = (await answer.text()).replace('\ufeff', '').trim().split(/\r?\n/).map((row) => row.split(','));
  const [name, phone] = ['Name', 'Phone'].map((title) => head.indexOf(title));
  return {
    words: new Set(rows.flatMap((row) => small(row[name]).match(/\p{L}{4,}/gu) ?? [])),
    numbers: new Set(rows.map((row) => row[phone].replace(/\D/g, '').slice(-10))),
  };
}

/** Sentences that a test types into a field. */
function typed() {
  const folder = import.meta.dirname;
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const texts = sources.flatMap((source) => [...source.matchAll(/\.fill\('([^']+)'\)/g)].map((found) => found[1]));
  return [...texts.filter((text) => text.length > 8 && /\p{L}/u.test(text)), 'owner@demo.shop', 'plenty-of-orders'].map(small);
}

test('no log line and no metric holds anything about a person', async ({ page, baseURL }) => {
  const { words, numbers } = await customers(page, baseURL);
  expect(words.size).toBeGreaterThan(50);
  expect(numbers.size).toBeGreaterThan(1_000);
  const written = {
    log: small(readFileSync(join(process.env.ONIBARA_E2E, 'server.log'), 'utf8')),
    metrics: small(await (await page.request.get(METRICS)).text()),
  };
  expect(written.log.match(/answered/g).length).toBeGreaterThan(100);
  expect(written.metrics).toContain('onibara_');
  for (const [where, text] of Object.entries(written)) {
    const found = [
      ...[...new Set(text.match(/\p{L}{4,}/gu))].filter((word) => words.has(word)),
      ...[...new Set(text.match(PHONE))].filter((digits) => numbers.has(digits.slice(-10))),
      ...typed().filter((sentence) => text.includes(sentence)),
    ];
    expect(found, where).toEqual([]);
  }
});
