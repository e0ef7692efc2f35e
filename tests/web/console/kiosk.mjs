// The kiosk's interface, with the certificate of the office's kiosk: a door of its own for rows that a page then shows.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';

const env = process.env;

export const kiosk = (method, target, body, bearer) => new Promise((resolve, reject) => {
    const of = (name) => readFileSync(path.join(env.OFFICE_KIOSK, name));
    const request = https.request(env.OFFICE_KIOSKS + target, { method, ca: readFileSync(env.OFFICE_CA), cert: of('certificate.pem'), key: of('key.pem'),
        headers: { ...(body && { 'Content-Type': 'application/json' }), ...(bearer && { Authorization: `Bearer ${bearer}` }) } }, (response) => {
        const parts = [];
        response.on('data', (bytes) => parts.push(bytes));
        response.on('end', () => {
            const bytes = Buffer.concat(parts);
            resolve({ status: response.statusCode, bytes, json: bytes[0] === 0x7b ? JSON.parse(bytes) : null });
        });
    });
    request.on('error', reject);
    request.end(body ? JSON.stringify(body) : undefined);
});

export const sessionOf = async ([number, password]) => (await kiosk('POST', '/kiosk/v1/session', { number, password })).json.token;

// A certificate of a student's, printed whole: what was issued, and its PDF.
export const printed = async (student) => {
    const bearer = await sessionOf(student);
    const { json: paper } = await kiosk('PUT', `/kiosk/v1/requests/${randomUUID()}`, { service: 'certificate-of-study', language: 'uz', answers: { receiver: 'any' }, again: true }, bearer);
    assert.ok(paper?.print_job, JSON.stringify(paper));
    const page = await kiosk('GET', `/kiosk/v1/copies/${paper.copy}/page?epoch=${paper.print_job.epoch}`, null, bearer);
    assert.equal(page.status, 200);
    const { json: job } = await kiosk('PUT', `/kiosk/v1/print-jobs/${paper.print_job.id}`, { epoch: paper.print_job.epoch, state: 'printed', sheets: paper.print_job.sheets, printer_uuid: 'urn:uuid:test', printer_job: 1, no_byte_left: false });
    assert.equal(job.state, 'printed', JSON.stringify(job));
    await kiosk('DELETE', '/kiosk/v1/session', null, bearer);
    return { ...paper, pdf: page.bytes };
};
