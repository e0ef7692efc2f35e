// What helps a clerk beside the pages themselves, which all work without it: keys, rows by arrows, lists that follow what happens, a sound when
// somebody is needed.  A key is an attribute: <button data-key="R">.
'use strict';
(() => {
const foot = document.querySelector('footer.keys');
const words = foot ? foot.dataset : {};
const kept = (name) => { try { return localStorage.getItem(name) !== 'off'; } catch { return true; } };
const keep = (name, on) => { try { localStorage.setItem(name, on ? 'on' : 'off'); } catch { /* a browser that keeps nothing */ } };
const inField = (node) => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName)) && !/^(checkbox|radio|button|submit)$/.test(node.type);
const inSight = (node) => node.getClientRects().length > 0;
const make = (tag, text, parent) => { const node = document.createElement(tag); node.textContent = text; if (parent) parent.append(node); return node; };

// --- keys ---
const named = (key) => [...document.querySelectorAll('[data-key]')].filter((node) => node.dataset.key.toUpperCase() === key.toUpperCase() && inSight(node))[0];
const nameOf = (node) => node.dataset.keyName || node.getAttribute('aria-label') || [...node.childNodes].filter((one) => one.nodeName !== 'KBD').map((one) => one.textContent).join('').trim();
const showKeys = () => {
    if (!foot) return;
    document.querySelectorAll('[data-key]').forEach((node) => {
        if (node.querySelector('kbd') || node.tagName === 'INPUT' && node.parentNode.querySelector('kbd')) return;
        const kbd = make('kbd', node.dataset.key);
        kbd.setAttribute('aria-hidden', 'true');
        if (node.tagName === 'INPUT') node.after(kbd); else node.append(kbd);
        node.setAttribute('aria-keyshortcuts', node.dataset.key);
    });
    foot.textContent = '';
    if (document.querySelector('tr[data-href],a[data-row]')) {
        const span = make('span', '', foot);
        make('kbd', '↑↓', span);
        span.append(words.keysRow);
    }
    const seen = new Set();
    document.querySelectorAll('[data-key]').forEach((node) => {
        if (seen.has(node.dataset.key) || seen.size > 8 || !inSight(node)) return;
        seen.add(node.dataset.key);
        const span = make('span', '', foot);
        make('kbd', node.dataset.key, span);
        span.append(nameOf(node).replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLocaleLowerCase(document.documentElement.lang)));
    });
    const all = make('button', '', foot);
    all.type = 'button';
    make('kbd', '?', all);
    all.append(words.keysAll);
    all.addEventListener('click', allKeys);
    foot.hidden = false;
};
const allKeys = () => {
    const dialog = document.createElement('dialog');
    make('h2', words.keysTitle, dialog);
    const list = make('dl', '', dialog);
    const line = (key, name) => { make('kbd', key, make('dt', '', list)); make('dd', name, list); };
    line('↑ ↓ J K', words.keysRow);
    line('Enter', words.keysOpen);
    document.querySelectorAll('[data-key]').forEach((node) => { if (inSight(node)) line(node.dataset.key, nameOf(node)); });
    [['keys', words.keysOn], ['sound', words.soundOn]].forEach(([name, text]) => {
        const label = make('label', '', dialog);
        label.className = 'check';
        const box = make('input', '', label);
        box.type = 'checkbox';
        box.checked = kept(name);
        box.addEventListener('change', () => keep(name, box.checked));
        label.append(text);
    });
    const close = make('button', words.close, dialog);
    close.className = 'do second';
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
};

// --- rows ---
const rows = () => [...document.querySelectorAll('tr[data-href],a[data-row]')].filter(inSight);
const hrefOf = (row) => row.dataset.href || row.href;
const isChosen = (row) => row.getAttribute('aria-selected') === 'true' || row.getAttribute('aria-current') === 'true';
let going = 0;
const step = (by) => {
    const all = rows(), at = all.findIndex(isChosen);
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
    if (!next) return;
    all.forEach((row) => row.setAttribute(row.tagName === 'TR' ? 'aria-selected' : 'aria-current', String(row === next)));
    next.scrollIntoView({ block: 'nearest' });
    clearTimeout(going);
    going = setTimeout(() => load(hrefOf(next), true), 120);
};
document.addEventListener('click', (event) => {
    const row = event.target.closest('tr[data-href]');
    if (row && !event.target.closest('a,button,input,label,summary,select')) load(row.dataset.href, true);
});

document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && inField(event.target)) return event.target.blur();
    // The reasons and places that an act asks for begin with the usual one: Enter there is the act.
    if (event.key === 'Enter' && event.target.matches?.('details.act select')) { event.preventDefault(); return event.target.form.requestSubmit(event.target.form.querySelector('button')); }
    if (event.ctrlKey || event.altKey || event.metaKey || inField(event.target) || document.querySelector('dialog[open]')) return;
    if (event.key === '?') { event.preventDefault(); return allKeys(); }
    if (!kept('keys')) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp' || /^[jk]$/i.test(event.key) && !named(event.key)) {
        if (!rows().length) return;
        event.preventDefault();
        return step(event.key === 'ArrowDown' || /j/i.test(event.key) ? 1 : -1);
    }
    if (event.key === 'Enter' && (event.target === document.body || event.target.closest?.('tr'))) {
        const row = rows().find(isChosen);
        if (row) { event.preventDefault(); location.assign(hrefOf(row)); }
        return;
    }
    const node = event.key.length === 1 && !event.repeat && named(event.key);
    if (!node) return;
    event.preventDefault();
    if (inField(node)) return node.focus();
    node.click();
    if (node.tagName === 'SUMMARY') node.parentNode.querySelector('textarea,input:not([type=hidden]),select,button')?.focus();
});

// --- what changes while it is looked at ---
let loading = 0, later = 0, pressing = false;
// A button that is replaced while a finger is on it is never clicked.
addEventListener('pointerdown', () => { pressing = true; }, true);
for (const over of ['pointerup', 'pointercancel']) addEventListener(over, () => setTimeout(() => { pressing = false; }), true);
const busy = () => pressing || inField(document.activeElement) && document.activeElement.closest('[data-live],#page') || document.querySelector('details.act[open],dialog[open],[data-busy]');
const load = async (address, chosen) => {
    const mine = ++loading;
    let answer, text;
    try {
        answer = await fetch(address, { credentials: 'same-origin', headers: { Accept: 'text/html' } });
        text = await answer.text();
    } catch { return; }
    if (mine !== loading) return;
    if (!answer.ok || answer.redirected) return void location.assign(address);
    if (!chosen && busy()) return follow();
    const page = new DOMParser().parseFromString(text, 'text/html'), now = document.querySelector('#page'), then = page.querySelector('#page');
    if (!now || !then) return void location.assign(address);
    const focused = document.activeElement?.id, scrolled = [...now.querySelectorAll('[id]')].filter((node) => node.scrollTop).map((node) => [node.id, node.scrollTop]);
    // What was said once, of an act, no second look tells: it stays until somebody goes on.
    const once = chosen ? null : now.querySelector('[data-once]');
    if (once) then.querySelector(`#${once.dataset.once}`)?.replaceChildren(once);
    now.replaceWith(document.adoptNode(then));
    showCounts(page);
    scrolled.forEach(([id, top]) => { const node = document.getElementById(id); if (node) node.scrollTop = top; });
    if (focused) document.getElementById(focused)?.focus();
    if (chosen) history.replaceState(null, '', address);
    showKeys();
    showLive();
    needs();
};
const follow = () => { clearTimeout(later); later = setTimeout(() => (busy() ? follow() : load(location.href, false)), 150); };
// What waits in each section, beside its name: of the page that was just fetched, or asked for alone.
const showCounts = (page) => page.querySelectorAll('.sections a').forEach((then) => {
    const now = [...document.querySelectorAll('.sections a')].find((one) => one.pathname === new URL(then.href, location).pathname), count = then.querySelector('b');
    if (!now) return;
    now.querySelector('b')?.remove();
    if (count) now.append(document.adoptNode(count));
});
const askCounts = async () => {
    try {
        const answer = await fetch(`/office/needs?l=${document.documentElement.lang}`, { credentials: 'same-origin' });
        if (!answer.ok || answer.redirected) return;
        showCounts(new DOMParser().parseFromString(await answer.text(), 'text/html'));
        needs();
    } catch { /* the next change asks again */ }
};
let needed = null;
const needs = () => {
    const sum = (nodes, numberOf) => [...nodes].reduce((all, node) => all + (parseInt(numberOf(node), 10) || 0), 0);
    const here = sum(document.querySelectorAll('[data-needs]'), (node) => node.dataset.needs), loud = sum(document.querySelectorAll('.sections a[data-loud] b'), (node) => node.textContent);
    document.title = document.title.replace(/^\(\d+\) /, '');
    if (here) document.title = `(${here}) ${document.title}`;
    if (navigator.setAppBadge) (here ? navigator.setAppBadge(here) : navigator.clearAppBadge()).catch(() => {});
    if (needed && (here > needed.here || loud > needed.loud) && kept('sound')) sound();
    needed = { here, loud };
};
const sound = () => {
    try {
        const audio = new AudioContext(), gain = audio.createGain(), tone = audio.createOscillator();
        tone.frequency.value = 660;
        gain.gain.setValueAtTime(0.15, audio.currentTime);
        gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.5);
        tone.connect(gain).connect(audio.destination);
        tone.start();
        tone.stop(audio.currentTime + 0.5);
        tone.onended = () => audio.close();
    } catch { /* no sound here */ }
};
const showLive = () => document.querySelectorAll('.bar .live').forEach((node) => { node.textContent = words.liveSaid || ''; });
// The page's own topics have it fetched anew; those of the sections alone change their counts.
const listen = () => {
    const topicsOf = (nodes, read) => new Set([...nodes].flatMap((node) => read(node).split(' ')).filter(Boolean));
    const own = topicsOf(document.querySelectorAll('[data-live]'), (node) => node.dataset.live);
    const topics = new Set([...own, ...topicsOf(document.querySelectorAll('.sections a'), (node) => node.dataset.topics)]);
    if (!topics.size || !window.EventSource) return;
    const tell = (text) => { words.liveSaid = text; showLive(); };
    let source = null;
    // What changed since the page was made and before this listens is told at once; whoever comes back to a page has its counts asked for.
    const open = (after) => {
        source = new EventSource(`/office/live?topics=${[...topics].join(',')}${after ? `&after=${after}` : ''}`);
        source.onmessage = (event) => {
            const mine = event.data.split(' ').some((topic) => own.has(topic));
            if (mine) follow();
            if (!mine || busy()) askCounts();
        };
        source.onopen = () => tell(words.liveNow);
        source.onerror = () => { if (source?.readyState === EventSource.CLOSED) tell(words.liveLost); };
    };
    open(words.liveAfter);
    // A browser has few connections to one host: a page that follows nothing itself gives its own up while it is not looked at.
    if (!own.size) document.addEventListener('visibilitychange', () => {
        if (document.hidden) { source?.close(); source = null; } else if (!source) { open(); askCounts(); }
    });
};

// A form is sent once, however often its button is pressed.
document.addEventListener('submit', (event) => {
    if (event.target.dataset.sent) return event.preventDefault();
    if (event.target.method === 'post') event.target.dataset.sent = 'yes';
});
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent));
showKeys();
needs();
listen();
// What was searched for and is the only one is what was meant.
if (new URLSearchParams(location.search).get('q') && rows().length === 1 && !rows().some(isChosen) && document.querySelector('aside.details,.middle')) load(hrefOf(rows()[0]), true);
})();
