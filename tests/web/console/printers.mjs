// The printers' page: an office printer that was added by a command and is hurt while the page stands open, a kiosk's as its heartbeats say; and the
// channel that tells pages of changes, with and without a session.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';

const env = process.env;

const startPrinter = async (dir) => {
    const child = spawn(path.join(env.OFFICE_BUILD, 'fault_printer'), ['--dir', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const uri = await new Promise((resolve, reject) => {
        child.stdout.once('data', (bytes) => resolve(String(bytes).trim()));
        child.once('exit', () => reject(new Error('the printer ended')));
    });
    return { uri, end: () => child.kill(), fault: (...words) => execFileSync('printers/fault', [dir, ...words]) };
};

const rowOf = (page, name) => page.locator(`tr[data-printer="${name}"]`);
const says = (page, name, words) => rowOf(page, name).getByText(words).first().waitFor();

// One answer of the channel, as this browser asks it.
const asks = (page, query, last) => page.evaluate(async ([q, id]) => {
    const answer = await fetch(`/office/live?${q}`, { headers: id ? { 'Last-Event-ID': id } : {}, redirect: 'manual' });
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}, [query, last]);
const idOf = (answer) => /^id: (.*)$/m.exec(answer.text)[1];

export default async function play(office) {
    const printer = await startPrinter(path.join(env.OFFICE_WORK, 'front-printer'));
    try {
        await office.visit('expect screen attract');
        const page = await office.signIn('front-office');
        await office.go(page, '/office/printers?l=en');
        assert.equal(await rowOf(page, 'Front-1').count(), 0);
        assert.ok(await page.locator('tr[data-printer]').count() >= 1, 'the kiosk that was heard of');

        // Added by a command, taken by the registrar, told by the channel: nobody reloads anything.
        office.registrar('printer', 'add', office.data, 'Front-1', printer.uri, '--place', '1-oyna');
        await says(page, 'Front-1', 'Ready');
        assert.match(await rowOf(page, 'Front-1').innerText(), /1-oyna/);
        printer.fault('stopped', 'media-empty');
        await says(page, 'Front-1', 'Out of paper');
        await says(page, 'Front-1', 'Put paper in');
        await page.waitForFunction(() => /^\([1-9]\d*\) /.test(document.title));
        await office.judge(page, 'printers');
        printer.fault('clear');
        await says(page, 'Front-1', 'Ready');

        for (const [language, words] of [['uz', 'Tayyor'], ['ru', 'Готов'], ['uz-Cyrl', 'Тайёр']]) {
            await office.go(page, `/office/printers?l=${language}`);
            await says(page, 'Front-1', words);
        }
        const plain = await office.signIn('front-office', { scripts: false });
        await office.go(plain, '/office/printers?l=en');
        await says(plain, 'Front-1', 'Ready');
        await channel(office, page, printer);
    } finally {
        printer.end();
    }
}

async function channel(office, page, printer) {
    const first = await asks(page, 'topics=printers');
    assert.equal(first.status, 200);
    assert.match(first.type, /^text\/event-stream/);
    assert.match(first.text, /^retry: \d+$/m);
    assert.doesNotMatch(first.text, /^data:/m, 'nothing has changed for who comes first');
    const answer = asks(page, 'topics=printers', idOf(first));
    printer.fault('stopped', 'media-jam');
    assert.match((await answer).text, /^data: printers$/m);
    assert.match((await asks(page, 'topics=printers', '1.2')).text, /^data: printers$/m, 'a cursor of another registrar');
    printer.fault('clear');

    const auditor = await office.signIn('archive');
    const other = await auditor.evaluate(async () => (await fetch('/office/live?topics=hall', { redirect: 'manual' })).status);
    assert.equal(other, 403, 'a topic that this role does not see');
    const nobody = await (await office.browser.newContext({ ignoreHTTPSErrors: true })).request.get(`${office.people}/office/live?topics=prints`, { maxRedirects: 0 });
    assert.ok([303, 401, 403].includes(nobody.status()), `nobody is told anything: ${nobody.status()}`);
}
