// Numbered forms: received by a program and here, given out, spoiled by two people, and their account.
import assert from 'node:assert/strict';
import { sees, words } from './office.mjs';

const opens = async (page, number) => {
    await page.click(`tr[data-href]:has-text("${number}") a`);
    await page.waitForSelector(`aside.details h2:has-text("${number}")`);
};
const sends = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const spoils = async (page, words) => {
    await page.keyboard.press('x');
    await page.fill('details.act[open] textarea[name=words]', words);
    await sends(page, 'details.act[open] button[value=spoil]');
};

export default async function play(office) {
    const keeper = await office.signIn('back-office'), second = await office.signIn(office.addStaff('sobir', 'back-office'));
    await office.go(keeper, '/office/blanks?l=en');
    await sees(keeper, 'No forms were received yet');
    await office.judge(keeper, 'blanks-empty');
    const token = office.registrar('token', 'add', office.data, 'store', '--for', 'blanks').trim();
    const received = await keeper.context().request.post(`${office.people}/office/v1/blanks`, { headers: { Authorization: `Bearer ${token}` },
        data: { kind: 'academic-record', series: 'AM', first: 101, count: 5 } });
    assert.equal(received.status(), 204, await received.text());
    await receives(keeper);
    await office.go(keeper, '/office/blanks?l=en&list=received');
    assert.equal(await keeper.locator('tr[data-href]').count(), 7);
    await opens(keeper, 'AM-0000102');
    await office.judge(keeper, 'blanks');
    await keeper.fill('form:has(button[value=issue]) input[name=holder]', 'nobody-here');
    await sends(keeper, 'button[value=issue]');
    assert.equal(await keeper.locator('.said.well').count(), 0, 'nobody of this name works here');
    await keeper.fill('form:has(button[value=issue]) input[name=holder]', 'sobir');
    await sends(keeper, 'button[value=issue]');
    await sees(keeper, 'issued', 'sobir');

    await second.goto(keeper.url());
    await spoils(keeper, 'Torn in the printer');
    await sees(keeper, 'Another member of staff has to confirm it.');
    assert.equal(await keeper.locator('[data-key=X]').count(), 0, 'one person does not say it twice');
    await spoils(second, 'I saw it, too'); // with what was seen before: told, and nothing changed
    assert.equal(await second.locator('.said.well').count(), 0);
    await sees(second, 'called spoiled');
    await office.go(second, '/office/blanks?l=en&list=doubted');
    await opens(second, 'AM-0000102');
    await office.judge(second, 'blanks-doubted');
    await spoils(second, 'Torn in the printer');
    await sees(second, 'Done.', 'spoiled');

    await office.go(keeper, '/office/blanks?l=en');
    assert.deepEqual(await keeper.locator('section.account tbody tr').first().locator('td').allTextContents(),
        ['Academic reference', 'AM', '0000101–0000105', '5', '4', '0', '0', '0', '1', '0', '4']);
    await office.judge(keeper, 'blanks-account');
    await languages(office);
}

async function receives(keeper) {
    await keeper.fill('input[name=series]', 'BM');
    await keeper.fill('input[name=first]', '7');
    await keeper.fill('input[name=count]', '2');
    await sends(keeper, 'form:has(input[value=receive]) button');
    await sees(keeper, 'Done.');
}

async function languages(office) {
    const plain = await office.signIn('back-office', { scripts: false });
    for (const language of ['uz', 'uz-Cyrl', 'ru', 'en']) {
        await office.go(plain, `/office/blanks?l=${language}`);
        await sees(plain, words('blanks.left', language));
        await plain.screenshot({ path: `${office.pictures}/blanks-${language}.png` });
    }
    await plain.context().close();
}
