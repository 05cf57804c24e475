/**
 * Takes the pictures of docs/ui.md from a running suite, in both themes: `npm run screenshots -- --url http://localhost:8080`.
 * They are bob's: what bob has is replaced by examples.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch, Visitor } from './browser.mjs';
import { mcpServer } from './mcp-server.mjs';
import { Suite } from './suite.mjs';

const options = process.argv.slice(2);
const option = (name, otherwise) => (options.includes(name) ? options[options.indexOf(name) + 1] : otherwise);
const url = option('--url', 'http://localhost:8080').replace(/\/$/, '');
const folder = option('--out', fileURLToPath(new URL('../../../../../docs/images/ui/', import.meta.url)));
const mcp = `http://localhost:${Number(new URL(url).port) + 8}/mcp`;

const EXAMPLES = [
  ['Production key', 'openai'], ['Evaluation key', 'openai'], ['Claude', 'anthropic'], ['Payments', 'stripe'], ['Repositories', 'github'],
  ['Sales database', 'postgres', 'basic_auth', { username: 'reader', password: 'example', host: 'db.example.com', port: 5432, database: 'sales' }],
  ['Internal billing', 'billing', 'custom', { headers: { 'X-Api-Key': 'example' } }],
];

await mkdir(folder, { recursive: true });
const browser = await launch();
const server = await mcpServer(mcp);
try {
  await prepare();
  for (const scheme of ['light', 'dark']) {
    await pictures(scheme);
  }
} finally {
  server.stop();
  await browser.close();
}

async function prepare() {
  const { visitor, suite } = await arrive('light');
  await suite.clear();
  for (const example of EXAMPLES) {
    await suite.add(...example);
  }
  await suite.add('Everything', 'mcp-generic', 'mcp', { server_url: mcp });
  await visitor.context.close();
}

async function arrive(colorScheme, viewport = { width: 1200, height: 760 }) {
  const visitor = await Visitor.arrive(browser, url, { colorScheme, viewport });
  const authorized = visitor.context.waitForEvent('request', { predicate: (request) => request.headers().authorization?.startsWith('Bearer ') ?? false });
  await visitor.page.goto(url);
  await visitor.page.getByRole('button', { name: 'Sign in' }).waitFor();
  await picture(visitor.page, `sign-in-${colorScheme}`);
  await visitor.signIn('bob');
  return { visitor, page: visitor.page, suite: new Suite(url, (await authorized).headers().authorization) };
}

async function pictures(scheme) {
  const { visitor, page } = await arrive(scheme);
  const take = (name) => picture(page, `${name}-${scheme}`);
  await page.getByRole('article').first().waitFor();
  await take('connections');
  await page.getByRole('button', { name: 'Add connection' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await take('add-method');
  await dialog.getByRole('button', { name: /^API key/ }).click();
  await dialog.getByRole('button', { name: /^Airtable/ }).waitFor();
  await take('add-provider');
  await dialog.getByRole('button', { name: /^OpenAI/ }).click();
  await dialog.getByLabel(/^API key/).fill('sk-example');
  await take('add-configure');
  await page.goto(`${url}/connections/new?method=mcp&provider=mcp-generic`);
  await dialog.getByLabel(/Server URL/).fill(mcp);
  await dialog.getByRole('button', { name: 'Find tools' }).click();
  await dialog.getByText(/offers \d+ tools/).waitFor();
  await take('add-mcp');
  await page.goto(`${url}/connections`);
  await page.getByRole('link', { name: 'Everything' }).click();
  await page.getByRole('button', { name: 'Try echo' }).click();
  const form = page.getByRole('form', { name: 'Try echo' });
  await form.getByLabel('message').fill('hello');
  await form.getByRole('button', { name: 'Run' }).click();
  await form.getByText('Echo: hello').waitFor();
  await take('tools');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByText('Everything works').waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('tab', { name: 'Overview' }).click();
  await take('overview');
  await page.getByRole('tab', { name: 'History' }).click();
  await take('history');
  await page.goto(`${url}/connect?provider=openai&methods=api_key`);
  await page.getByLabel(/^API key/).waitFor();
  await take('connect');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${url}/connections`);
  await page.getByRole('article').first().waitFor();
  await take('phone');
  await visitor.context.close();
}

async function picture(page, name) {
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/${name}.png` });
}
