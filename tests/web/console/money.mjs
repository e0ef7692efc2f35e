// Payments: an invoice made by a request at a kiosk, confirmed here; declined after it was paid, its money goes back.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { kiosk, sessionOf } from './kiosk.mjs';
import { sees, words } from './office.mjs';

const STUDENTS = [['401241100873', 'bahor2026'], ['401241111939', 'qish8038']];
const asks = async (student) => {
    const bearer = await sessionOf(student);
    const { status, json } = await kiosk('PUT', `/kiosk/v1/requests/${randomUUID()}`, { service: 'student-card-duplicate', language: 'uz', answers: { why: 'lost', language: 'uz' }, again: false }, bearer);
    assert.equal(status, 201, JSON.stringify(json));
    return json;
};
const opens = async (page, who) => {
    await page.click(`tr[data-href]:has-text("${who}") a`);
    await page.waitForSelector('aside.details p.sum');
};

export default async function play(office) {
    const accountant = await office.signIn('accounting'), other = await office.signIn(office.addStaff('lola', 'accounting'));
    const made = [];
    for (const student of STUDENTS) made.push(await asks(student));
    await office.go(accountant, '/office/invoices?l=en');
    await sees(accountant, 'To be paid 2', 'Karimova', 'Duplicate student card', '30 000');
    assert.equal(await accountant.locator('tr[data-href]').count(), 2);
    await opens(accountant, 'Karimova');
    await office.judge(accountant, 'money');

    const address = accountant.url();
    await other.goto(address);
    await accountant.fill('input[name=reference]', 'MUNIS 4711');
    await Promise.all([accountant.waitForNavigation(), accountant.press('input[name=reference]', 'Enter')]);
    await sees(accountant, 'The payment is confirmed.', 'MUNIS 4711', 'accounting', 'Paid');
    await other.fill('input[name=reference]', 'CLICK 12');
    await Promise.all([other.waitForNavigation(), other.press('input[name=reference]', 'Enter')]);
    assert.equal(await other.locator('.said.well').count(), 0, 'the other hears that it is paid already');
    await sees(other, 'MUNIS 4711');

    await refunds(office, accountant, other, made[0].number);
    await office.go(accountant, `/office/invoices?l=en&q=${STUDENTS[1][0]}`);
    assert.equal(await accountant.locator('tr[data-href]').count(), 1);
    await office.go(accountant, '/office/invoices?l=en&q=karimova');
    await sees(accountant, 'Karimova');
    await languages(office);
}

async function refunds(office, accountant, other, number) {
    const clerk = await office.signIn('front-office');
    await office.go(clerk, `/office/requests?l=en&q=${number}`);
    const row = clerk.locator('.inbox a[data-row]').first();
    await clerk.goto(office.people + (await row.getAttribute('href')));
    await clerk.fill('#words', 'The card was found.');
    await Promise.all([clerk.waitForNavigation(), clerk.click('button[form=say][value=decline]')]);

    await office.go(accountant, '/office/invoices?l=en&list=refund');
    await sees(accountant, 'Give the money back', 'To refund 1');
    await opens(accountant, 'Karimova');
    await office.judge(accountant, 'money-refund');
    await other.goto(accountant.url());
    await accountant.fill('input[name=reference]', 'R-1');
    await Promise.all([accountant.waitForNavigation(), accountant.click('button[value=refund]')]);
    await sees(accountant, 'The refund is written down.', 'Refunded', 'R-1');
    await other.fill('input[name=reference]', 'R-2');
    await Promise.all([other.waitForNavigation(), other.click('button[value=refund]')]);
    assert.equal(await other.locator('.said.well').count(), 0, 'money goes back once');
    await sees(other, 'R-1');
    await office.go(accountant, '/office/invoices?l=en&list=refund');
    assert.equal(await accountant.locator('tr[data-href]').count(), 0);
}

async function languages(office) {
    const plain = await office.signIn('accounting', { scripts: false });
    for (const language of ['uz', 'uz-Cyrl', 'ru', 'en']) {
        await office.go(plain, `/office/invoices?l=${language}`);
        await sees(plain, words('money.strike-how', language));
        await plain.screenshot({ path: `${office.pictures}/money-${language}.png` });
    }
    await plain.context().close();
}
