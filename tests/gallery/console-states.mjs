// Every page of the console and every state of it that looks different: who sees it, where, and what they did there.  list: pictured on a large panel, too;
// raw: machines' words are its business.
const key = (...keys) => async (page) => { for (const one of keys) await page.keyboard.press(one); };
const fill = (selector, value, button) => async (page) => {
    await page.fill(selector, value);
    await Promise.all([page.waitForNavigation(), button ? page.click(button) : page.press(selector, 'Enter')]);
};
const first = async (page) => { await Promise.all([page.waitForNavigation(), page.locator('tr[data-href] a').first().click()]); };
const job = (name) => (made) => `/office/prints?job=${made.jobs[name].print_job.id}`;
const request = (name) => (made) => `/office/requests/${made.applications[name].id}`;

export const states = [
    { name: 'sign-in', who: null, at: '/office/sign-in' },
    { name: 'sign-in-wrong', who: null, at: '/office/sign-in', then: async (page) => {
        await page.fill('input[name=name]', 'malika');
        await page.fill('input[name=password]', 'not-the-password');
        await page.fill('input[name=code]', '123456');
        await Promise.all([page.waitForNavigation(), page.press('input[name=code]', 'Enter')]);
    } },
    { name: 'me', who: 'front-office', at: '/office/me' },
    { name: 'refused', who: 'front-office', at: '/office/audit', status: 403 },
    { name: 'staff', who: 'administrator', at: '/office/staff', list: true },
    { name: 'staff-one', who: 'administrator', at: '/office/staff/sobir' },

    { name: 'prints', who: 'front-office', at: '/office/prints', list: true },
    ...['unknown', 'partly', 'failed', 'waiting3', 'sent', 'held', 'window', 'collected', 'cancelled'].map((name) => ({ name: `prints-${name}`, who: 'front-office', at: job(name) })),
    { name: 'prints-hold', who: 'front-office', at: job('waiting3'), then: key('H') },
    { name: 'prints-over', who: 'front-office', at: '/office/prints?state=over' },
    { name: 'prints-none', who: 'front-office', at: '/office/prints?q=zzzz' },
    { name: 'printers', who: 'front-office', at: '/office/printers', list: true },

    { name: 'applications', who: 'front-office', at: '/office/requests', list: true },
    { name: 'applications-back', who: 'back-office', at: '/office/requests' },
    { name: 'applications-returned', who: 'front-office', at: '/office/requests?list=returned' },
    { name: 'applications-over', who: 'front-office', at: '/office/requests?list=over' },
    { name: 'applications-many', who: 'front-office', at: '/office/requests?service=name-correction', then: async (page) => {
        await page.locator('.inbox input[name=pick]').first().check();
        await page.click('summary[data-key=M]');
    } },
    { name: 'application-absence', who: 'front-office', at: request('absence') },
    { name: 'application-photo', who: 'front-office', at: request('photo') },
    { name: 'application-name', who: 'front-office', at: request('name40') },
    { name: 'application-leave', who: 'dean', at: request('leave') },
    { name: 'application-card', who: 'front-office', at: request('card-paid') },
    { name: 'application-unpaid', who: 'front-office', at: request('card') },
    { name: 'application-declined', who: 'front-office', at: request('name43') },
    { name: 'templates', who: 'front-office', at: '/office/templates' },
    { name: 'templates-new', who: 'front-office', at: '/office/templates', then: key('N') },
    { name: 'orders', who: 'back-office', at: '/office/orders' },
    { name: 'visitors', who: 'back-office', at: '/office/visitors' },

    { name: 'hall-choose', who: (made) => made.newcomer, at: '/office/hall?window=0' },
    { name: 'hall', who: 'front-office', at: '/office/hall?window=1', list: true },
    { name: 'hall-closed', who: 'front-office', at: '/office/hall?window=3' },

    { name: 'students', who: 'front-office', at: '/office/students' },
    { name: 'students-found', who: 'front-office', at: '/office/students?q=dilnoza' },
    { name: 'students-none', who: 'front-office', at: '/office/students?q=zzyzx' },
    { name: 'student', who: 'front-office', at: '/office/students/401241100873' },
    { name: 'student-suspended', who: 'back-office', at: (made) => `/office/students/${made.papers[0].student}` },
    { name: 'student-change', who: 'back-office', at: (made) => `/office/students/${made.papers[3].student}`, then: async (page) => { await page.locator('article.card summary').first().click(); } },
    { name: 'student-services', who: 'front-office', at: '/office/students/401241100873/services' },
    { name: 'student-ask', who: 'front-office', at: '/office/students/401241100873/services/certificate-of-study' },
    { name: 'student-ask-leave', who: 'front-office', at: '/office/students/401241111939/services/excused-absence' },
    { name: 'check', who: 'front-office', at: '/office/check' },
    { name: 'check-good', who: 'front-office', at: (made) => `/office/check?q=${made.papers[2].code}` },
    { name: 'check-revoked', who: 'front-office', at: (made) => `/office/check?q=${made.papers[1].code}` },
    { name: 'check-nothing', who: 'front-office', at: '/office/check?q=7K3M-9QXD-2HVT' },
    { name: 'revocations', who: 'back-office', at: '/office/revocations' },
    { name: 'revocations-one', who: 'back-office', at: '/office/revocations', then: async (page) => { await Promise.all([page.waitForNavigation(), page.click('.lines a')]); } },

    { name: 'money', who: 'accounting', at: '/office/invoices', list: true },
    { name: 'money-one', who: 'accounting', at: '/office/invoices', then: first },
    { name: 'money-refund', who: 'accounting', at: '/office/invoices?list=refund', then: first },
    { name: 'money-none', who: 'accounting', at: '/office/invoices?q=zzzz' },
    { name: 'blanks', who: 'back-office', at: '/office/blanks', list: true },
    { name: 'blanks-one', who: 'back-office', at: '/office/blanks?list=received', then: first },
    { name: 'blanks-doubted', who: 'back-office', at: '/office/blanks?list=doubted', then: first },

    { name: 'content-services', who: 'back-office', at: '/office/content/services' },
    { name: 'content-service', who: 'back-office', at: '/office/content/services/certificate-of-study' },
    { name: 'content-pages', who: 'back-office', at: '/office/content/pages' },
    { name: 'content-page', who: 'back-office', at: '/office/content/pages/admission' },
    { name: 'content-notices', who: 'back-office', at: '/office/content/notices' },
    { name: 'content-notice', who: 'back-office', at: '/office/content/notices/1' },
    { name: 'content-notice-new', who: 'back-office', at: '/office/content/notices/new' },
    { name: 'content-wrong', who: 'back-office', at: '/office/content/notices/new', then: fill('[name="f:until"]', '2020-01-01T10:00', '.acts button[value=keep]') },
    { name: 'content-history', who: 'back-office', at: '/office/content/notices/1/history' },
    { name: 'content-calendar', who: 'back-office', at: '/office/content/calendar', raw: true },
    { name: 'content-campaigns', who: 'back-office', at: '/office/content/campaigns' },

    ...['service', 'hour', 'day', 'promises', 'refusals', 'staff', 'printer'].map((by) => ({ name: `statistics-${by}`, who: 'back-office', at: `/office/statistics?by=${by}`, list: by === 'service' })),
    { name: 'audit', who: 'auditor', at: '/office/audit', list: true },
    { name: 'audit-one', who: 'auditor', at: '/office/audit?act=document.issued', raw: true, then: async (page) => { await Promise.all([page.waitForNavigation(), page.locator('tr[data-entry] a').first().click()]); } },
];
