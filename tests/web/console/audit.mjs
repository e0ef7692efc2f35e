// The audit log: what a kiosk's visit and a clerk did, found by person, record, act and time; who looked is found, too; the chain is checked.
import assert from 'node:assert/strict';

const STUDENT = '401241100873';
const address = '/office/audit?l=en';
const rows = (page) => page.locator('tr[data-entry]');
const acts = (page) => rows(page).evaluateAll((all) => all.map((row) => row.dataset.act));
const look = async (office, page, query) => { await office.go(page, `${address}${query}`); return acts(page); };

export default async function play(office) {
    await office.visit('expect screen attract', 'tap language.uz', `type ${STUDENT}`, 'tap sign-in.password', 'type bahor2026', 'tap sign-in.enter', 'expect screen home',
        'tap home.service.certificate-of-study', 'tap service.continue', 'tap form.receiver.any', 'tap form.next', 'expect screen preview', 'expect preview.page',
        'tap preview.print', 'expect screen done', 'tap done.finish', 'expect screen attract');
    const page = await office.signIn('auditor');
    await office.go(page, address);
    assert.ok(await rows(page).count() > 5);
    await page.getByText('never checked').waitFor();

    // By person: what they did, and what was done with their papers.
    const own = await look(office, page, `&q=${STUDENT}`);
    for (const act of ['session.begun', 'document.issued', 'print-job.printed']) assert.ok(own.includes(act), `${act} of ${own}`);
    assert.match(await rows(page).first().innerText(), /Karimova/);
    assert.ok((await look(office, page, '&q=A-2')).length + (await look(office, page, '&q=A-1')).length > 0, 'a kiosk');
    assert.deepEqual(await look(office, page, '&q=nobody-of-this-name'), []);
    await page.getByText('Nobody and nothing is called so.').waitFor();
    await office.go(page, `${address}&q=Karimova`);
    assert.ok(await page.locator('.candidates a').count() >= 1, 'by a name');
    await Promise.all([page.waitForNavigation(), page.locator('.candidates a').first().click()]);
    assert.match(page.url(), /q=\d+/);

    // By record: the number as its row says it, and everything that came of it.
    await office.go(page, `${address}&q=${STUDENT}&act=document.issued`);
    const number = /M-\d{4}\/\d{6}/.exec(await rows(page).first().innerText())[0];
    const paper = await look(office, page, `&q=${encodeURIComponent(number)}`);
    for (const act of ['document.issued', 'print-job.printed']) assert.ok(paper.includes(act), `${act} of ${paper}`);
    assert.ok(!paper.includes('session.begun'));

    // By act and time.
    assert.deepEqual([...new Set(await look(office, page, '&act=kiosk.added'))], ['kiosk.added']);
    assert.deepEqual(await look(office, page, '&to=2020-01-01'), []);
    const today = new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10);
    assert.ok((await look(office, page, `&from=${today}&to=${today}`)).length > 5);

    // Looking is in the log: each search, the entry that was opened, the export.
    const searched = await look(office, page, '&act=audit.searched');
    assert.ok(searched.length >= 8, `${searched.length} searches`);
    assert.match(await rows(page).first().innerText(), /Audit log: searched/);
    await office.go(page, `${address}&act=document.issued`);
    await Promise.all([page.waitForNavigation(), rows(page).first().locator('a').click()]);
    await page.locator('aside .written').first().waitFor();
    assert.match(await page.locator('aside').innerText(), /document\.issued/);
    await office.judge(page, 'audit');
    const file = await page.request.get(`${office.people}/office/audit.csv?l=en&q=${STUDENT}`);
    const lines = (await file.text()).split('\r\n');
    assert.match(file.headers()['content-disposition'], /audit\.csv/);
    assert.ok(lines[0].startsWith('\uFEFF"Position";"Time"'));
    assert.ok(lines.some((line) => line.includes('"document.issued"') && line.includes(number)));
    assert.ok((await look(office, page, '&act=audit.exported')).length >= 1);
    assert.ok((await look(office, page, '&act=audit.opened')).length >= 1);

    // The chain, as somebody has it checked; nothing that happens has no words, in any language.
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Check the whole log' }).click()]);
    assert.match(await page.locator('[data-check]').innerText(), /Whole: no fault in \d+ entries/);
    for (const language of ['uz', 'ru', 'uz-Cyrl', 'en']) {
        await office.go(page, `/office/audit?l=${language}`);
        const bare = await page.locator('select[name=act] option').evaluateAll((all) => all.filter((one) => one.value && one.value === one.textContent).map((one) => one.value));
        assert.deepEqual(bare, [], `acts without words in ${language}`);
        if (language !== 'en') await office.judge(page, `audit-${language}`);
    }
    const plain = await office.signIn('auditor', { scripts: false });
    assert.ok((await look(office, plain, `&q=${STUDENT}`)).includes('document.issued'));
    const clerk = await office.signIn('front-office');
    for (const path of ['/office/audit', '/office/audit.csv'])
        assert.equal((await clerk.request.get(office.people + path)).status(), 403, path);
}
