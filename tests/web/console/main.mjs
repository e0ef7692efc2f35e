// Plays one part of the console's test in the office that is open: node main.mjs PART
import { Office } from './office.mjs';

const name = process.argv[2], began = Date.now();
const office = await Office.open();
let said = 'ok    ', failed = 0;
try {
    const { default: play } = await import(`./${name}.mjs`);
    await play(office);
} catch (error) {
    said = 'FAILED';
    failed = 1;
    console.log(error.stack);
    await office.picture(`failed-${name}`);
}
await office.close();
console.log(`${said} ${name}  ${Math.round((Date.now() - began) / 1000)} s, pages judged: ${office.judged}, the largest with all it loads: ${office.largest} bytes`);
process.exitCode = failed;
