// What the registrar said of itself (assets/openapi) beside what it said: node openapi-judge.mjs [--whole] [--report FILE] RECORD...
//
// --whole: every route that is described must have been exercised.  RECORD: of `registrar serve --record`.  Exit code 1 where anything is not so.
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Judge } from './openapi.mjs';

const args = process.argv.slice(2);
const whole = args[0] === '--whole' && args.shift();
const report = args[0] === '--report' ? args.splice(0, 2)[1] : null;
const document = (name) => readFileSync(new URL(`../../assets/openapi/${name}.json`, import.meta.url), 'utf8');

const judge = await Judge.of({ kiosks: document('kiosks'), people: document('people') });
for (const file of args) {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
        try {
            judge.look(JSON.parse(line));
        } catch (error) {
            console.log(`${file}: a line that can't be read: ${error.message}: ${line.slice(0, 100)}`);
            process.exitCode = 1;
        }
    }
}
if (report) writeFileSync(report, `${judge.report()}\n`);
for (const kind of ['undocumented', 'not as written'])
    for (const [fault, count] of [...judge.faults[kind]].slice(0, 40)) console.log(`${kind} (${count}): ${fault}`);
const missing = judge.unexercised();
if (whole) for (const route of missing) console.log(`never exercised: ${route.listener} ${route.method.toUpperCase()} ${route.path}`);
if (judge.exchanges === 0 || (whole && missing.length) || judge.count('undocumented') || judge.count('not as written')) process.exitCode = 1;
console.log(judge.summary());
