// Two clerks, each in a browser of their own, want the same thing at the same moment: RACES times one print job, RACES times one application.  One of
// them does it, the other is told in words, and the register has it once.  Not among the parts of every run: the promise two-clerks-one-winner plays it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { kiosk, sessionOf } from './kiosk.mjs';

const races = Number(process.env.RACES || 200);
const TOLD = /^(Somebody else changed it meanwhile|It has gone on meanwhile)/;

const count = (office, sql) => Number(office.rows(`SELECT count(*) FROM ${sql}`));
const handIn = async (bearer, service, answers) => {
    const key = randomUUID();
    const { status, json, bytes } = await kiosk('PUT', `/kiosk/v1/requests/${key}`, { service, language: 'uz', answers, again: false }, bearer);
    assert.equal(status, 201, String(bytes));
    return { key, ...json };
};

// The page's own form is sent by its reader's browser, with the deed of one of its buttons.
const send = async (page, selector, fields) => {
    await Promise.all([page.waitForNavigation(), page.evaluate(([wanted, more]) => {
        const form = document.querySelector(wanted);
        for (const [name, value] of Object.entries(more)) {
            form.querySelectorAll(`[name="${name}"]`).forEach((node) => node.removeAttribute('name'));
            form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
        }
        form.noValidate = true;
        form.target = '_self';
        form.requestSubmit();
    }, [selector, fields])]);
    const said = page.locator('.said').first();
    return { done: await said.evaluate((node) => node.classList.contains('well')), words: (await said.innerText()).trim() };
};

// Both read the page, then both send; who won.
async function race(office, clerks, address, selector, wants) {
    await Promise.all(clerks.map((page) => office.go(page, address)));
    const came = await Promise.all(clerks.map((page, i) => send(page, selector, wants[i])));
    const said = came.map((one) => one.words).join(' | ');
    assert.equal(came.filter((one) => one.done).length, 1, `one wins: ${said}`);
    assert.match(came.find((one) => !one.done).words, TOLD, `the other is told: ${said}`);
    return came.findIndex((one) => one.done);
}

// Held, moved, released, again and again; the last time one cancels what the other holds.
async function jobs(office, clerks, bearer) {
    const { print_job: { id } } = await handIn(bearer, 'certificate-of-study', { receiver: 'any' });
    const deeds = () => count(office, `act WHERE object = 'print-job:${id}' AND act LIKE 'print-job.staff-%'`);
    const epoch = () => Number(office.rows(`SELECT epoch FROM print_job WHERE id = '${id}'`));
    const wins = [0, 0];
    for (let i = 0; i < races; i++) {
        const [state, by, owner] = office.rows(`SELECT state, coalesce(hold_by, ''), coalesce(owner, '') FROM print_job WHERE id = '${id}'`).split('|');
        const held = state === 'held' && by;
        let wants = [{ deed: 'hold', reason: 'check' }, { deed: 'hold', reason: 'student-comes' }];
        if (held) wants = [i % 3 && owner !== '@window' ? { deed: 'move', to: '@window' } : { deed: 'release' }, { deed: 'release' }];
        else if (i === races - 1) wants = [{ deed: 'cancel', reason: 'mistake' }, { deed: 'hold', reason: 'check' }];
        const before = [deeds(), epoch()];
        const winner = await race(office, clerks, `/office/prints?l=en&job=${id}`, 'aside form', wants);
        wins[winner]++;
        const step = wants[winner].deed === 'cancel' ? 0 : 1; // what is over for ever keeps its epoch
        assert.deepEqual([deeds(), epoch()], [before[0] + 1, before[1] + step], `race ${i}: one deed in the log, one step of the job`);
    }
    assert.equal(deeds(), races);
    return wins;
}

async function applications(office, clerks, bearer) {
    const { key } = await handIn(bearer, 'name-correction', { surname: 'Karimova', given: 'Dilnoza' });
    const id = office.rows(`SELECT id FROM request WHERE client_key = '${key}'`);
    const now = () => [Number(office.rows(`SELECT epoch FROM request WHERE id = '${id}'`)), count(office, `act WHERE object = 'request:${id}' AND actor LIKE 'staff:%'`)];
    const wins = [0, 0];
    for (let i = 0; i < races; i++) {
        const before = now();
        wins[await race(office, clerks, `/office/requests/${id}?l=en`, '#approve', [{ act: 'claim' }, { act: 'claim' }])]++;
        assert.deepEqual(now(), before.map((one) => one + 1), `race ${i}: one step, one act in the log`);
    }
    return wins;
}

export default async function play(office) {
    const clerks = [];
    for (const [name, browser] of [['barno', office.browser], ['zamira', await office.launch()]])
        clerks.push(await office.signIn(office.addStaff(name, 'front-office,back-office'), { browser }));
    await kiosk('POST', '/kiosk/v1/heartbeat', { version: '0.1.0', screen: 'home', printer: 'ready', uptime_s: 5 });
    const bearer = await sessionOf(['401241111939', 'qish8038']);
    for (const [what, raced] of [['job', jobs], ['application', applications]]) {
        const [one, other] = await raced(office, clerks, bearer);
        console.log(`${what}: ${races} races, won by one ${one} times, by the other ${other} times`);
    }
}
