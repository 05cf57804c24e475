/**
 * What Lighthouse says of the web UI as it is served: `node lighthouse.mjs --url http://localhost:8080 [--lenient]`. Each page in
 * a browser of its own, those behind the sign-in after one. Prints a line for each page; exit code 1 when a score is below
 * the bar. With `--lenient` the machine's speed is no reason to fail: performance is shown only, and one page is looked at.
 */
import { existsSync } from 'node:fs';
import lighthouse, { desktopConfig } from 'lighthouse';
import puppeteer from 'puppeteer-core';

const BAR = 95;
const PROGRAMS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const CATEGORIES = { performance: 'performance', accessibility: 'accessibility', 'best-practices': 'best practices' };
const PAGES = [
  { name: 'sign-in page', path: '/', signedIn: false },
  { name: 'connections', path: '/connections', signedIn: true },
];

const options = process.argv.slice(2);
const url = options[options.indexOf('--url') + 1].replace(/\/$/, '');
const strict = !options.includes('--lenient');
const judged = strict ? Object.keys(CATEGORIES) : ['accessibility', 'best-practices'];

let failed = false;
for (const page of strict ? PAGES : PAGES.slice(1)) {
  const { categories, audits } = await look(page);
  const scores = Object.entries(CATEGORIES).map(([key, label]) => `${label} ${score(categories[key])}`);
  const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
    .map((id) => `${id} ${audits[id]?.displayValue?.replaceAll('\u00a0', ' ')}`);
  console.log(`proof ui: lighthouse, ${page.name}: ${scores.join(', ')} (${times.join(', ')})`);
  for (const key of judged.filter((one) => score(categories[one]) < BAR)) {
    failed = true;
    console.error(`ui: lighthouse, ${page.name}: ${key} is below ${BAR}: ${lost(categories[key], audits)}`);
  }
}
process.exit(failed ? 1 : 0);

async function look({ path, signedIn }) {
  const executablePath = PROGRAMS.find((program) => program && existsSync(program));
  if (!executablePath) {
    throw new Error('Chromium was not found. Install it (for example apt-get install chromium), or set CHROMIUM to its path.');
  }
  const browser = await puppeteer.launch({ executablePath, args: FLAGS });
  try {
    const page = await browser.newPage();
    if (signedIn) {
      await signIn(page);
    }
    // What the sign-in left in the browser is what brings the page back to its user.
    const { lhr } = await lighthouse(url + path, { onlyCategories: Object.keys(CATEGORIES), disableStorageReset: true, logLevel: 'error' }, desktopConfig, page);
    if (lhr.runtimeError) {
      throw new Error(`Lighthouse could not look at ${path}: ${lhr.runtimeError.message}`);
    }
    if (signedIn && !(await page.$('input[type=search]'))) {
      throw new Error(`Lighthouse did not see the signed-in page but ${page.url()}`);
    }
    return lhr;
  } finally {
    await browser.close();
  }
}

async function signIn(page) {
  await page.goto(`${url}/connections`);
  await page.locator('main button').click();
  await page.locator('#login').fill('alice');
  await page.locator('#password').fill('alice');
  await page.locator('button.primary').click();
  await page.waitForSelector('input[type=search]');
}

function score({ score: part }) {
  return Math.round((part ?? 0) * 100);
}

function lost({ auditRefs }, audits) {
  return auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 0.9).map(({ id }) => `${id} ${audits[id].displayValue ?? ''}`.trim()).join(', ');
}
