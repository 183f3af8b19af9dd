// Every test runs twice: in the hydrated application and with JavaScript off. `*.hydrated.spec.js` needs JavaScript.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const port = Number(process.env.ONIBARA_E2E_PORT ?? 3917);
// Playwright loads this file in several processes; the folder must be the same in all of them.
process.env.ONIBARA_E2E ??= mkdtempSync(join(tmpdir(), 'onibara-'));
const folder = process.env.ONIBARA_E2E;
// The metrics are on their own listener; the log is read when all tests have run.
process.env.ONIBARA_E2E_METRICS = String(port + 1);
const log = join(folder, 'server.log');
const session = join(folder, 'session.json');

export default defineConfig({
  testDir: 'tests',
  outputDir: join(folder, 'results'),
  fullyParallel: true,
  workers: 2,
  timeout: 30_000,
  forbidOnly: !!process.env.CI,
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    timezoneId: 'America/New_York',
    // Only the tests of the worker have one: it would answer for the server in the others.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync',
      ],
    },
  },
  webServer: {
    command:
      `../target/release/onibara serve --demo --addr 127.0.0.1:${port} --metrics-addr 127.0.0.1:${port + 1} 2> '${log}'` +
      ` || cat '${log}' >&2`,
    env: {
      ONIBARA_LOG: 'info,onibara=debug',
      DATABASE_URL: `sqlite:${join(folder, 'shop.db')}`,
      LEPTOS_SITE_ROOT: '../target/site',
      LEPTOS_OUTPUT_NAME: 'onibara',
      LEPTOS_HASH_FILES: 'true',
    },
    url: `http://localhost:${port}/healthz`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
  projects: [
    { name: 'sign in', testMatch: 'session.setup.js' },
    { name: 'hydrated', dependencies: ['sign in'], testMatch: '*.spec.js', use: { storageState: session } },
    {
      name: 'without JavaScript',
      dependencies: ['sign in'],
      testMatch: '*.spec.js',
      testIgnore: '*.hydrated.spec.js',
      use: { storageState: session, javaScriptEnabled: false },
    },
    // What changes the shop comes last, one after the other.
    {
      name: 'changes',
      dependencies: ['hydrated', 'without JavaScript'],
      testMatch: '*.changes.js',
      use: { storageState: session },
    },
    {
      name: 'changes without JavaScript',
      dependencies: ['changes'],
      testMatch: '*.changes.js',
      use: { storageState: session, javaScriptEnabled: false },
    },
    {
      name: 'traces',
      dependencies: ['changes without JavaScript'],
      testMatch: '*.traces.js',
      use: { storageState: session },
    },
  ],
});
