// The service worker. The server puts the version and the files of the build in (src/server/http/worker.rs).
//
// It keeps the files of the site, and nothing that a page says of the shop: answers of the server, exports, the stream of
// changes and pages go by it. What the reader has chosen to keep on the device is written by public/device.js, and read
// here where there is no connection.
importScripts('/device.js');

const FILES = __FILES__;
const SITE = 'site-__VERSION__';
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
  + "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
// How many milliseconds the server has for a page that is kept on the device: on a bad line it is better than waiting.
const PATIENCE = 5_000;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SITE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })))));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(
    names.filter((name) => name.startsWith('site-') && name !== SITE).map((name) => caches.delete(name)),
  )));
});

self.addEventListener('message', (event) => {
  if (event.data === 'take over') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request, pathname));
  else if (FILES.includes(pathname)) event.respondWith(file(request));
});

async function file(request) {
  const known = await caches.match(request, { cacheName: SITE });
  return known ?? fetch(request);
}

async function page(request, pathname) {
  // Whoever has signed out without a connection is signed out before anything is shown.
  if (await kept.isLeaving() && !(await kept.leave())) return signedOut();
  const answer = fetch(request).catch(() => null);
  const slow = new Promise((give) => setTimeout(give, PATIENCE, 'slow'));
  const first = await Promise.race([answer, slow]);
  if (first && first !== 'slow') return first;
  const pages = await kept.read().catch(() => new Map());
  const found = pages.get(pathname);
  if (found) return asItStood(found, first ? 'The connection is slow' : 'No connection');
  return (await answer) ?? withoutConnection(pages);
}

const safe = (text) => String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
const time = (at) => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

function asItStood({ title, html, at }, why) {
  return answer(title, `<p class="kept" role="status">${why}: this is as of ${time(at)}. `
    + 'Notes and outcomes that you write are sent later. <a href="">Try again</a></p>' + html);
}

function withoutConnection(pages) {
  const links = [...pages].filter(([path]) => !path.startsWith('/outbox/')).reverse()
    .map(([path, { name, at }]) => `<li><a href="${safe(path)}">${safe(name)}</a> as of ${time(at)}</li>`);
  const still = links.length
    ? `<p class="empty__text">These pages were kept on this device:</p><ul class="kept-list">${links.join('')}</ul>`
    : '<p class="empty__text">Nothing is lost. To read customers without a connection, switch on '
      + '“Keep customers on this device” in the account menu while there is one.</p>';
  return message('This page needs a connection', still);
}

function signedOut() {
  return message('You are signed out on this device', '<p class="empty__text">Nothing of the shop is kept here any more. '
    + 'The server is told as soon as there is a connection.</p>');
}

function message(title, text) {
  return answer(title, `<main class="centred"><div class="empty"><h1 class="empty__title">${title}</h1>${text}`
    + '<div class="empty__actions"><a class="button button--primary" href="">Try again</a></div></div></main>');
}

function answer(title, body) {
  const style = FILES.find((name) => name.endsWith('.css'));
  const html = `<!DOCTYPE html><html lang="en" data-kept><head><meta charset="utf-8">`
    + '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
    + `<title>${safe(title)}</title>${style ? `<link rel="stylesheet" href="${style}">` : ''}`
    + `<script src="/device.js" defer></script></head><body>${body}</body></html>`;
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY, 'cache-control': 'no-store' };
  return new Response(html, { headers });
}
