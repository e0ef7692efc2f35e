// The judge of the interface sees what is not so: each fault is planted into an exchange, or into a document, that is right without it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Judge } from './openapi.mjs';

const document = (name) => JSON.parse(readFileSync(new URL(`../../assets/openapi/${name}.json`, import.meta.url), 'utf8'));
const every = [
    ['X-Content-Type-Options', 'nosniff'], ['Referrer-Policy', 'no-referrer'], ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['X-Robots-Tag', 'noindex, nofollow'], ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
];
const uuid = '11111111-2222-4333-8444-555555555555';

// What a kiosk asks with the bearer of a session, and is answered.
const exchange = (method, path, { query = null, sent = null, status, headers = [], type, body = null }) => ({
    listener: 'kiosks', method, path, query, certificate: true,
    request: { headers: [['Authorization', 'Bearer'], ...(sent ? [['Content-Type', 'application/json']] : [])], body: sent && JSON.stringify(sent) },
    answer: { status, headers: [...every, ['Cache-Control', 'no-store'], ...headers, ...(type ? [['Content-Type', type]] : [])], body: typeof body === 'string' || body === null || body.bytes ? body : JSON.stringify(body) },
});
const json = 'application/json', problem = 'application/problem+json';
const right = {
    home: () => exchange('GET', '/kiosk/v1/home', { status: 200, type: json, body: { services: [], requests: [{ id: uuid, service: 'certificate-of-study', number: 'M-2026/004817', state: 'printed', at_s: 5 }], drafts: [] } }),
    report: () => exchange('PUT', `/kiosk/v1/print-jobs/${uuid}`, { sent: { epoch: 1, state: 'sent', no_byte_left: false, sheets: -1, printer_uuid: '', printer_job: 0 }, status: 200, type: json, body: { id: uuid, copy: uuid, epoch: 1, state: 'sent', sheets: 1 } }),
    page: () => exchange('GET', `/kiosk/v1/copies/${uuid}/page`, { query: 'epoch=1', status: 200, type: 'application/pdf', body: { bytes: 9000 } }),
    refused: () => exchange('GET', '/kiosk/v1/home', { status: 401, headers: [['WWW-Authenticate', 'Bearer']], type: problem, body: { type: '/problems/session-ended', title: 'No session', status: 401 } }),
    method: () => exchange('POST', '/kiosk/v1/catalogue', { status: 405, headers: [['Allow', 'GET, HEAD']], type: problem, body: { type: '/problems/method-not-allowed', title: 'No', status: 405 } }),
    nothing: () => exchange('GET', '/kiosk/v1/nothing', { status: 404, type: problem, body: { type: '/problems/not-found', title: 'No', status: 404 } }),
    malformed: () => exchange('POST', '/kiosk/v1/session', { sent: { number: 7 }, status: 400, type: problem, body: { type: '/problems/bad-request', title: 'No', status: 400 } }),
};

const open = (kiosks = document('kiosks')) => Judge.of({ kiosks: JSON.stringify(kiosks), people: JSON.stringify(document('people')) });
const usual = await open();
const look = async (one, kiosks) => {
    const judge = kiosks ? await open(kiosks) : usual;
    judge.forget();
    judge.look(one);
    return { undocumented: judge.count('undocumented'), unlike: judge.count('not as written'), words: [...judge.faults.undocumented.keys(), ...judge.faults['not as written'].keys()].join('\n') };
};
const change = (of, act) => {
    const one = right[of]();
    const before = one.answer.body;
    const body = typeof before === 'string' ? JSON.parse(before) : null;
    act(one, body);
    if (body && one.answer.body === before) one.answer.body = JSON.stringify(body);
    return one;
};

for (const name of Object.keys(right)) {
    test(`${name}: nothing is found where all is right`, async () => {
        const found = await look(right[name]());
        assert.equal(found.words, '');
    });
}

const planted = [
    ['a member that is missing', 'home', (one, body) => delete body.drafts],
    ['a member under another name', 'home', (one, body) => { body.draughts = body.drafts; delete body.drafts; }],
    ['a member more than is described', 'home', (one, body) => { body.student = 'Karimova'; }],
    ['a member more, further in', 'home', (one, body) => { body.requests[0].holder = 'Karimova'; }],
    ['a word that is none of the list', 'home', (one, body) => { body.requests[0].state = 'lost'; }],
    ['a number that is text', 'home', (one, body) => { body.requests[0].at_s = '5'; }],
    ['an id that is none', 'report', (one, body) => { body.id = '7'; }],
    ['no JSON', 'home', (one) => { one.answer.body = '{'; }],
    ['no body', 'home', (one) => { one.answer.body = null; }],
    ['another type', 'page', (one) => { one.answer.headers.find((header) => header[0] === 'Content-Type')[1] = 'image/png'; }],
    ['no type', 'page', (one) => { one.answer.headers = one.answer.headers.filter((header) => header[0] !== 'Content-Type'); }],
    ['a header that is missing', 'refused', (one) => { one.answer.headers = one.answer.headers.filter((header) => header[0] !== 'WWW-Authenticate'); }],
    ['a header of all answers that is missing', 'home', (one) => one.answer.headers.shift()],
    ['a header that nobody described', 'home', (one) => one.answer.headers.push(['Server', 'ours'])],
    ['a header that says something else', 'home', (one) => { one.answer.headers.find((header) => header[0] === 'Cache-Control')[1] = 'public'; }],
    ['a problem of another status', 'refused', (one, body) => { body.status = 403; }],
    ['a problem of another kind', 'refused', (one, body) => { body.type = '/problems/limit'; }],
    ['a problem that tells on somebody', 'refused', (one, body) => { body.detail = 'Karimova'; }],
    ['a method that is not allowed after all', 'method', (one) => { one.answer.headers.find((header) => header[0] === 'Allow')[1] = 'GET, HEAD, PUT'; }],
    ['a request accepted with a wrong member', 'report', (one) => { one.request.body = one.request.body.replace('"sent"', '"gone"'); }],
    ['a request accepted with a member more', 'report', (one) => { one.request.body = one.request.body.replace('{', '{"student":7,'); }],
    ['a request accepted without its query', 'page', (one) => { one.query = null; }],
    ['a request accepted with a query that is not described', 'home', (one) => { one.query = 'student=7'; }],
    ['a request accepted without a certificate', 'home', (one) => { one.certificate = false; }],
    ['a request accepted without a bearer', 'home', (one) => { one.request.headers = []; }],
];
for (const [name, of, act] of planted) {
    test(`found: ${name}`, async () => {
        const found = await look(change(of, act));
        assert.ok(found.unlike >= 1 && found.undocumented === 0, found.words || 'nothing was found');
    });
}

test('found: a status that is not described', async () => {
    const found = await look(change('home', (one) => { one.answer.status = 202; }));
    assert.equal(found.undocumented, 1, found.words);
});

test('found: a route that is not described', async () => {
    const kiosks = document('kiosks');
    delete kiosks.paths['/kiosk/v1/home'];
    const found = await look(right.home(), kiosks);
    assert.equal(found.undocumented, 1, found.words);
});

test('found: a route that nobody exercised', async () => {
    const judge = await open();
    judge.look(right.home());
    assert.ok(judge.unexercised().some((one) => one.path === '/kiosk/v1/heartbeat'));
    assert.ok(!judge.unexercised().some((one) => one.path === '/kiosk/v1/home'));
});

test('found: a document that is none', async () => {
    const kiosks = document('kiosks');
    delete kiosks.paths['/kiosk/v1/home'].get.responses['200'].description;
    await assert.rejects(open(kiosks), /no OpenAPI document/);
});

test('found: a reference that leads nowhere', async () => {
    const kiosks = document('kiosks');
    delete kiosks.components.schemas.Home;
    await assert.rejects(open(kiosks));
});

test('found: a word of JSON Schema that there is not', async () => {
    const kiosks = document('kiosks');
    kiosks.components.schemas.Home.propertys = {};
    await assert.rejects(open(kiosks), /propertys/);
});
