// What a page keeps on its device, and the connection over which it hears of changes. Pages load it, kept ones too, and
// the service worker (public/sw.js) shares the part about what is kept.
//
// Everything that is kept lies in one cache, named after the user and the session. Only the switch makes that cache, and
// every write asks under a lock whether it is still there: what is wiped stays wiped, whatever was on its way.
const kept = (() => {
  const HOURS = 12; // as long as a session lives without being used
  const LEAVING = 'leaving';
  const locked = (work) => navigator.locks.request('kept', work);
  const names = async () => (await caches.keys()).filter((name) => name.startsWith('kept-'));
  const drop = (which) => locked(async () => {
    for (const name of await names()) if (which(name)) await caches.delete(name);
  });
  return {
    names,
    wipe: () => drop(() => true),
    wipeOthers: (name) => drop((other) => other !== name),
    begin: (name) => locked(() => caches.open(name)),
    /** Writes where that is still allowed; an entry without a value goes. */
    write: (name, path, value) => locked(async () => {
      if (!(await caches.has(name)) || (await caches.has(LEAVING))) return false;
      const cache = await caches.open(name);
      if (value === undefined) return cache.delete(path);
      await cache.put(path, new Response(JSON.stringify({ ...value, at: Date.now() })));
      const pages = (await cache.keys()).filter((entry) => !new URL(entry.url).pathname.startsWith('/outbox/'));
      for (const entry of pages.slice(0, Math.max(0, pages.length - 60))) await cache.delete(entry);
      return true;
    }),
    /** All that is kept, by path; what is older than a session is gone. */
    read: () => locked(async () => {
      const found = new Map();
      for (const name of await names()) {
        const cache = await caches.open(name);
        for (const entry of await cache.keys()) {
          found.set(new URL(entry.url).pathname, { ...(await (await cache.match(entry)).json()), store: name });
        }
      }
      const newest = Math.max(0, ...[...found.values()].map((entry) => entry.at));
      if (found.size && Date.now() - newest > HOURS * 3_600_000) {
        for (const name of await names()) await caches.delete(name);
        found.clear();
      }
      return found;
    }),
    isLeaving: () => caches.has(LEAVING),
    /** Signs out: the device first, then the server, now or as soon as it can be reached. Tells whether it was. */
    leave: async () => {
      await caches.open(LEAVING);
      await drop(() => true);
      try {
        const init = { method: 'POST', headers: { accept: 'application/json' }, keepalive: true };
        const answer = await fetch('/api/sign_out', init);
        if (!answer.ok && answer.status !== 401) return false;
      } catch {
        return false;
      }
      await caches.delete(LEAVING);
      return true;
    },
  };
})();

if (self.document) {
  // Changes are heard of while the page is seen: browsers open six connections to a server, for all its pages together.
  let source;
  let silence;
  let fails = false;
  const tell = (detail) => dispatchEvent(new CustomEvent('live', { detail }));
  const expect = (patience) => {
    clearTimeout(silence);
    silence = setTimeout(() => tell('lost'), patience);
  };
  const listen = () => {
    source?.close();
    source = null;
    if (document.hidden || !document.documentElement.hasAttribute('data-live')) {
      clearTimeout(silence);
      fails = false;
      return;
    }
    source = new EventSource('/dashboard/admin/live');
    source.onmessage = (event) => {
      fails = false;
      expect(20_000); // the server speaks every twelve seconds
      tell(`${event.data} ${event.lastEventId}`);
    };
    source.onerror = ({ target }) => {
      // A connection that comes back within a few seconds is not worth a word.
      if (!fails) expect(5_000);
      fails = true;
      if (target.readyState === EventSource.CLOSED && target === source) {
        tell('refused');
        setTimeout(() => target === source && listen(), 10_000);
      }
    };
    if (!fails) expect(20_000);
  };
  new MutationObserver(listen).observe(document.documentElement, { attributeFilter: ['data-live'] });
  document.addEventListener('visibilitychange', listen);
  listen();
}

if (self.document && isSecureContext && self.caches && navigator.locks) {
  const COOKIE = `onibara-kept=1; path=/; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  const KEPT_PAGES = /^\/dashboard\/admin\/(customers(\/[^/]+)?|queues\/\d+)$/;
  const LATER = { '/api/add_note': 'note', '/api/end_turn': 'outcome' };
  const isKept = document.documentElement.hasAttribute('data-kept');
  const store = () => {
    const device = document.querySelector('[data-device]')?.dataset.device;
    return device && `kept-${device}`;
  };
  let mine = null; // the store of this session, where there is one
  let erasures = null; // the shop's last erasure before this page, and the last of all

  // Signing out begins on the device, also without a connection.
  const leave = async () => {
    const waiting = [...(await kept.read()).keys()].filter((path) => path.startsWith('/outbox/')).length;
    const question = 'What you wrote without a connection has not been sent and would be lost. Sign out all the same?';
    if (waiting && !confirm(question)) return;
    mine = null;
    document.cookie = `${COOKIE}; max-age=0`;
    await kept.leave();
    location.replace('/login');
  };

  // Whoever was erased is not kept either: what was kept before an erasure goes, whomever it shows.
  let look;
  const forgetErased = async () => {
    look = clearTimeout(look);
    if (!mine || isKept || !navigator.onLine) return;
    const answer = await fetch('/kept/erasures').catch(() => null);
    if (!answer?.ok) return;
    const last = await answer.text();
    erasures = { before: erasures?.before ?? last, last };
    for (const [path, entry] of await kept.read()) {
      if (!path.startsWith('/outbox/') && entry.erasures !== last) await kept.write(entry.store, path, undefined);
    }
  };
  addEventListener('live', ({ detail }) => {
    if (mine && detail.includes(' ')) look ??= setTimeout(forgetErased, 60_000);
  });

  // The page as it stands, without what only works with a connection.
  const keep = async () => {
    if (location.search.includes('erased=')) await forgetErased();
    // A page may show whom others have erased since.
    if (!erasures || erasures.before !== erasures.last) return;
    const frame = document.querySelector('.frame');
    const stale = '.failure, .skeleton, .page--waiting, .not-live--lost';
    const path = location.pathname;
    if (!mine || isKept || !navigator.onLine || !KEPT_PAGES.test(path) || !frame || frame.querySelector(stale)) return;
    if (store() !== mine) return;
    const copy = frame.cloneNode(true);
    for (const part of copy.querySelectorAll('script, template, .news, .toasts, [data-keep]')) part.remove();
    for (const open of copy.querySelectorAll('[open]')) open.removeAttribute('open');
    const name = copy.querySelector('h1')?.textContent ?? document.title;
    await kept.write(mine, path, { name, title: document.title, html: copy.outerHTML, erasures: erasures.last });
  };
  let soon;
  const keepSoon = () => {
    clearTimeout(soon);
    soon = setTimeout(keep, 800);
  };

  const tellWaiting = async () => {
    const entries = [...(await kept.read())].filter(([path]) => path.startsWith('/outbox/'));
    let box = document.querySelector('.outbox');
    if (!entries.length) return box?.remove();
    if (!box) {
      box = document.createElement('section');
      box.className = 'outbox';
      box.setAttribute('role', 'status');
      box.setAttribute('aria-label', 'Not sent yet');
      document.body.append(box);
    }
    box.replaceChildren(...entries.map(([path, entry]) => {
      const line = document.createElement('p');
      const text = entry.text ? ` “${entry.text}”` : '';
      const what = `${entry.kind === 'note' ? 'Note' : 'Outcome'} for ${entry.whom}:${text}`;
      line.textContent = entry.refused ? `Not saved. ${what} ${entry.refused}` : `Waits for a connection. ${what}`;
      if (entry.refused) {
        const discard = document.createElement('button');
        discard.className = 'button';
        discard.textContent = 'Discard';
        discard.addEventListener('click', async () => {
          await kept.write(entry.store, path, undefined);
          await tellWaiting();
        });
        line.append(' ', discard);
      }
      return line;
    }));
  };

  // One page at a time sends; an entry that the server has is there once, by its token or by what was seen.
  const send = () => navigator.locks.request('outbox', { ifAvailable: true }, async (lock) => {
    if (!lock || !navigator.onLine) return;
    for (const [path, entry] of await kept.read()) {
      if (!path.startsWith('/outbox/') || entry.refused) continue;
      // Of another session: it goes with that session, and is nobody else's to send.
      if (entry.store !== mine) continue;
      let answer;
      try {
        const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
        answer = await fetch(entry.action, { method: 'POST', headers, body: entry.body });
      } catch {
        return;
      }
      if (answer.ok) {
        await kept.write(entry.store, path, undefined);
      } else if ([403, 404, 422].includes(answer.status)) {
        const said = decodeURIComponent(answer.headers.get('refusal') ?? '');
        await kept.write(entry.store, path, { ...entry, refused: said || 'The server has refused it.' });
      } else {
        return;
      }
    }
  }).then(tellWaiting).then(sendAgain);

  // On a bad line, and where another page was about to send when it was left.
  let again;
  const sendAgain = async () => {
    clearTimeout(again);
    const waits = ([path, entry]) => path.startsWith('/outbox/') && !entry.refused && entry.store === mine;
    if (navigator.onLine && [...(await kept.read())].some(waits)) again = setTimeout(send, 3_000);
  };

  const writeLater = async (form, submitter, action) => {
    const fields = new URLSearchParams(new FormData(form));
    if (submitter?.name) fields.append(submitter.name, submitter.value);
    const token = crypto.randomUUID();
    fields.append('token', token);
    const entry = {
      action,
      body: fields.toString(),
      kind: LATER[action],
      text: fields.get('body') ?? fields.get('turn[note]') ?? '',
      whom: (document.querySelector('.turn__name') ?? document.querySelector('h1'))?.textContent ?? '',
    };
    if (await kept.write(mine, `/outbox/${token}`, entry)) form.reset();
    await tellWaiting();
    await send();
  };

  // Whatever somebody does finds all of a page taken over. What is not there yet, or cannot be had, is left to the browser.
  const { dataset } = document.documentElement;
  for (const doing of ['click', 'input', 'change', 'submit', 'keydown', 'popstate']) {
    addEventListener(doing, (event) => {
      if ('waking' in dataset) dispatchEvent(new Event('wake'));
      const leads = doing === 'submit' || doing === 'click' && event.target.closest('a');
      if (leads && 'plain' in dataset) event.stopPropagation();
    }, true);
  }
  addEventListener('submit', (event) => {
    const action = new URL(event.target.getAttribute('action') ?? '', location.href).pathname;
    if (action === '/api/sign_out') leave();
    else if (action in LATER && mine && (isKept || !navigator.onLine)) writeLater(event.target, event.submitter, action);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // The switch: shown and set when its menu opens, whoever has drawn it.
  addEventListener('toggle', (event) => {
    for (const part of event.target.querySelectorAll?.('[data-keep]') ?? []) {
      part.hidden = isKept;
      part.querySelector('input').checked = !!mine;
    }
  }, true);
  addEventListener('change', async (event) => {
    if (!event.target.closest?.('[data-keep]')) return;
    if (event.target.checked && store()) {
      mine = store();
      await kept.begin(mine);
      document.cookie = `${COOKIE}; max-age=604800`;
      await forgetErased();
      await keep();
    } else {
      mine = null;
      document.cookie = `${COOKIE}; max-age=0`;
      await kept.wipe();
      await tellWaiting();
    }
  });

  // A new version waits until the reader wants it.
  const offer = (worker) => {
    if (document.querySelector('.update')) return;
    const box = document.createElement('div');
    box.className = 'update';
    box.setAttribute('role', 'status');
    const reload = document.createElement('button');
    reload.className = 'button';
    reload.textContent = 'Reload';
    reload.addEventListener('click', () => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
      worker.postMessage('take over');
    });
    box.append('A new version is ready ', reload);
    document.body.append(box);
  };
  const register = async () => {
    const registration = await navigator.serviceWorker?.register('/sw.js');
    if (!registration) return;
    const waits = (worker) => worker && navigator.serviceWorker.controller && offer(worker);
    waits(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => worker.state === 'installed' && waits(worker));
    });
    let asked = Date.now();
    document.addEventListener('visibilitychange', () => {
      if (document.hidden || Date.now() - asked < 3_600_000) return;
      asked = Date.now();
      registration.update().catch(() => {});
    });
  };

  const begin = async () => {
    if (isKept) {
      try {
        const theme = localStorage.getItem('theme');
        if (theme) document.documentElement.dataset.theme = theme;
      } catch {
        // Storage may be forbidden; then the system's theme it is.
      }
    } else if (await kept.isLeaving()) {
      // Signed out without a connection: the server is told before anything else.
      document.documentElement.hidden = true;
      if (await kept.leave()) location.replace('/login');
      else setTimeout(() => location.reload(), 5_000);
      return;
    } else if (location.pathname === '/login') {
      await kept.wipe();
    } else if (store()) {
      await kept.wipeOthers(store());
    }
    if (store() && (await caches.has(store()))) mine = store();
    new MutationObserver(keepSoon).observe(document.body, { subtree: true, childList: true, characterData: true });
    forgetErased().then(keepSoon);
    addEventListener('online', async () => {
      await forgetErased();
      await send();
      const banner = document.querySelector('.kept');
      if (!banner) return;
      const reload = document.createElement('a');
      reload.href = '';
      reload.textContent = 'Reload';
      banner.replaceChildren('There is a connection again. ', reload);
    });
    await send();
  };
  begin();
  if (document.readyState === 'complete') register();
  else addEventListener('load', register);
}
