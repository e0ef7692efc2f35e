// The desk's figures: each is what it was before and what a kiosk's visit added, on the page, in CSV and in a workbook; what a clerk did is told of them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const env = process.env;
const number = (text) => Number(text.replace(/[^\d-]/g, ''));
const card = async (page, id) => number(await page.locator(`[data-card="${id}"] .figure`).innerText());

// The table as arrays of cells, by what a row is called.
const table = (page) => page.evaluate(() => {
    const rows = [...document.querySelectorAll('table.figures-table tbody tr')];
    const names = [...document.querySelectorAll('table.figures-table thead th')].slice(1).map((one) => one.innerText.trim());
    return Object.fromEntries(rows.map((row) => [row.querySelector('th').innerText.trim(),
        Object.fromEntries([...row.querySelectorAll('td:not(.share)')].map((cell, i) => [names[i], cell.innerText.trim()]))]));
});
const figure = (rows, row, column) => number(rows[row]?.[column] ?? '0');

const download = async (page, target) => {
    const answer = await page.request.get(env.OFFICE_PEOPLE + target);
    return { status: answer.status(), headers: answer.headers(), body: await answer.body() };
};

const address = '/office/statistics?l=en';
const SERVICE = 'Certificate of study';

export default async function play(office) {
    const page = await office.signIn('back-office');
    const today = new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10);
    const period = `&from=${today}&to=${today}`;
    await office.go(page, address + period);
    const before = { papers: await card(page, 'papers'), sheets: await card(page, 'sheets'), services: await table(page) };
    await office.go(page, `${address}${period}&by=hour`);
    const hours = await table(page);

    await office.visit('expect screen attract', 'tap language.uz', 'type 401241100873', 'tap sign-in.password', 'type bahor2026', 'tap sign-in.enter', 'expect screen home',
        'tap home.service.certificate-of-study', 'tap service.continue', 'tap form.receiver.employer', 'tap form.next', 'expect screen preview', 'expect preview.page',
        'tap preview.print', 'expect screen done', 'tap done.finish', 'expect screen attract');
    await office.go(page, address + period);
    assert.equal(await card(page, 'papers'), before.papers + 1, 'the paper of the kiosk');
    assert.ok(await card(page, 'sheets') > before.sheets, 'its sheets, as the printer counted');
    const after = await table(page);
    assert.equal(figure(after, SERVICE, 'Printed'), figure(before.services, SERVICE, 'Printed') + 1);
    assert.equal(figure(after, SERVICE, 'Failed'), figure(before.services, SERVICE, 'Failed'));
    await office.go(page, `${address}${period}&by=hour`);
    const later = await table(page);
    assert.equal(Object.keys(later).length, 24);
    assert.equal(Object.keys(later).reduce((sum, hour) => sum + figure(later, hour, 'On paper') - figure(hours, hour, 'On paper'), 0), 1);
    assert.equal(await page.locator('.columns-chart rect').count(), 24);
    await office.judge(page, 'statistics-hours');

    // Filters that name something else count nothing of it; a period that was not has nothing.
    await office.go(page, `${address}${period}&service=name-correction`);
    assert.equal(await card(page, 'papers'), 0);
    await office.go(page, `${address}&from=2020-01-01&to=2020-01-07`);
    assert.equal(await card(page, 'papers'), 0);
    await page.getByText('Nothing happened in this period.').waitFor();

    // Sorted by a link, which keeps what is asked for.
    await office.go(page, `${address}${period}&by=weekday`);
    await page.getByRole('link', { name: 'On paper', exact: true }).click();
    assert.equal(await page.locator('th[aria-sort=descending]').innerText(), 'On paper');
    assert.match(page.url(), new RegExp(`from=${today}`));
    const order = Object.values(await table(page)).map((row) => number(row['On paper']));
    assert.deepEqual(order, [...order].sort((a, b) => b - a));
    assert.ok(order[0] >= 1);

    // The same figures in a file, and all tables in a workbook.
    const csv = await download(page, `/office/statistics.csv?l=en&by=service${period}`);
    assert.match(csv.headers['content-disposition'], /attachment; filename="service-/);
    assert.deepEqual([...csv.body.subarray(0, 3)], [0xEF, 0xBB, 0xBF]);
    const line = csv.body.toString('utf8').split('\r\n').find((one) => one.startsWith(`"${SERVICE}"`));
    assert.equal(line.split(';')[2], String(figure(after, SERVICE, 'On paper')));
    const book = await download(page, `/office/statistics.xlsx?l=ru${period}`);
    const file = path.join(env.OFFICE_WORK, 'statistics.xlsx');
    writeFileSync(file, book.body);
    const parts = execFileSync('python3', ['-c', 'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nprint(z.read("xl/workbook.xml").decode(), z.read("xl/sharedStrings.xml").decode())', file],
        { encoding: 'utf8' });
    assert.equal(parts.match(/<sheet /g).length, 10);
    assert.match(parts, /Работа сотрудников/);

    // A dean of another faculty counts none of it; who has no right sees nothing.
    const dean = await office.signIn(office.addStaff('stranger', 'dean', 'faculty:999'));
    await office.go(dean, address + period);
    assert.equal(await card(dean, 'papers'), 0);
    await dean.getByText('Your faculties only').waitFor();
    const clerk = await office.signIn('front-office');
    assert.equal((await clerk.request.get(`${env.OFFICE_PEOPLE}/office/statistics`)).status(), 403);
    assert.equal((await clerk.request.get(`${env.OFFICE_PEOPLE}/office/statistics.xlsx`)).status(), 403);

    for (const language of ['uz', 'ru', 'uz-Cyrl']) {
        await office.go(page, `/office/statistics?l=${language}&by=place`);
        await office.judge(page, `statistics-${language}`);
    }
    for (const by of ['day', 'printer', 'faculty', 'promises', 'refusals', 'staff']) {
        await office.go(page, `${address}&by=${by}`);
        assert.doesNotMatch(await page.locator('body').innerText(), /say\.|undefined|\{0\}/);
        await office.picture(`statistics-${by}`);
    }
    const plain = await office.signIn('back-office', { scripts: false });
    await office.go(plain, address + period);
    assert.equal(await card(plain, 'papers'), before.papers + 1);
}
