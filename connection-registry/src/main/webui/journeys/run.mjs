/**
 * Drives the UI of a running suite in a real browser: `node journeys/run.mjs --url http://localhost:8080 [--only NAME] [--short]`.
 * `--embed ORIGIN` is one of CONNECTIONS_UI_ORIGINS at 127.0.0.1 where nobody listens, `--stranger ORIGIN` one that is not on that list.
 * Prints a line for each journey; exit code 1 when one fails. `--short` leaves out the long ones, and looks at one theme.
 */
import { launch, Visitor } from './browser.mjs';
import { journeys } from './journeys.mjs';

const options = process.argv.slice(2);
const option = (name) => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
const url = (option('--url') ?? 'http://localhost:8080').replace(/\/$/, '');
const only = option('--only');
const short = options.includes('--short');
const mcp = option('--mcp') ?? `http://localhost:${Number(new URL(url).port) + 8}/mcp`;
const [embed, stranger] = [option('--embed'), option('--stranger')];

if (short) {
  Visitor.schemes = ['light'];
}
const browser = await launch();
let failed = 0;
for (const { name, long, run } of journeys) {
  if ((only && !name.includes(only)) || (short && long)) {
    continue;
  }
  const began = performance.now();
  try {
    const figures = await run({ browser, url, mcp, embed, stranger });
    console.log(`proof ui: ${name}: ${Math.round(performance.now() - began)} ms${figures ? `, ${figures}` : ''}`);
  } catch (failure) {
    failed += 1;
    console.error(`ui: ${name} FAILED\n${failure.stack ?? failure}`);
  }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
