/** Another application, on another origin, with our picker in its page. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Visitor } from './browser.mjs';
import { consent, journey } from './steps.mjs';

const page = (url) => `<!doctype html><html lang="en"><title>Another application</title><main><h1>Another application</h1>
<connection-picker id="keys" provider="openai" label="Model"></connection-picker>
<connection-picker id="accounts" provider="demo" label="Account" allowed-methods="oauth2"></connection-picker>
<iframe title="Framed" src="${url}/connections"></iframe></main>
<script type="module" src="${url}/embed/connection-picker.js"></script>
<script type="module">
window.changes = [];
addEventListener('change', (event) => event.detail && changes.push([event.target.id, event.detail.id, event.detail.connection.name]));
</script></html>`;

/** A page at this origin, until it is stopped. */
async function application(origin, url) {
  const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(page(url)));
  await new Promise((resolve, reject) => server.once('error', reject).listen(Number(new URL(origin).port), '127.0.0.1', resolve));
  return { stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
}

/** The application has its user's token from wherever it signs people in. */
const giveToken = (visited, authorization) => visited.evaluate((token) => {
  document.querySelectorAll('connection-picker').forEach((picker) => { picker.getToken = () => token; });
}, authorization.replace('Bearer ', ''));

async function pickAndConnect({ browser, url, embed, suite }) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  const visited = await context.newPage();
  await visited.goto(embed);
  await giveToken(visited, suite.authorization);
  const changes = () => visited.evaluate(() => window.changes);

  const key = await suite.call('GET', '/api/connections?q=Picked').then(([first]) => first);
  await visited.getByRole('combobox', { name: 'Model' }).selectOption({ label: 'Picked (API key)' });
  assert.deepEqual(await changes(), [['keys', key.id, 'Picked']]);

  await visited.getByText('No active connection for demo yet.').waitFor();
  const [popup] = await Promise.all([visited.waitForEvent('popup'), visited.locator('#accounts').getByRole('button').click()]);
  assert.equal(new URL(popup.url()).origin, new URL(url).origin, 'secrets and OAuth stay on our own origin');
  await popup.getByRole('button', { name: 'Sign in' }).click();
  await new Visitor(context, url).logIn(popup, 'alice');
  const [provider] = await Promise.all([popup.waitForEvent('popup'), popup.getByRole('button', { name: /^Continue to/ }).click()]);
  await consent(provider, 'Allow');
  await visited.waitForFunction(() => window.changes.length === 2);
  const [made] = await suite.call('GET', '/api/connections?connection_method=oauth2');
  assert.deepEqual((await changes())[1], ['accounts', made.id, made.name]);
  assert.equal(await visited.getByRole('combobox', { name: 'Account' }).inputValue(), made.id);
  assert.ok(popup.isClosed(), 'the window stayed open');
  assert.equal(await framed(visited), false, 'our page lets itself be framed');
  await context.close();
}

/** An origin that nobody has listed, with a token that works. */
async function refused({ browser, url, stranger, suite }) {
  const server = await application(stranger, url);
  const context = await browser.newContext();
  try {
    const visited = await context.newPage();
    await visited.goto(stranger);
    await giveToken(visited, suite.authorization);
    await visited.locator('#keys').getByRole('alert').waitFor();
    assert.equal(await visited.locator('#keys').getByRole('option', { name: /Picked/ }).count(), 0, 'a stranger reads connections');
    const [popup] = await Promise.all([visited.waitForEvent('popup'), visited.locator('#accounts').getByRole('button').click()]);
    await popup.getByRole('button', { name: 'Sign in' }).click();
    await new Visitor(context, url).logIn(popup, 'alice');
    await popup.getByText(/not on the list/).waitFor();
    assert.deepEqual(await visited.evaluate(() => window.changes), [], 'a stranger is told something');
    assert.equal(await framed(visited), false, 'our page lets itself be framed');
  } finally {
    await context.close();
    await server.stop();
  }
}

/** Whether the page of ours in the frame came to show itself. */
const framed = async (visited) => {
  const frame = visited.frames().find((one) => one !== visited.mainFrame());
  return (await frame?.locator('#root').count()) > 0;
};

export const embedding = journey('another application: picks, connects by OAuth, and a stranger gets nothing', async ({ browser, url, embed, stranger, suite }) => {
  if (!embed) {
    return 'not tried: start the suite with CONNECTIONS_UI_ORIGINS and name that origin by --embed';
  }
  await suite.add('Picked');
  const server = await application(embed, url);
  try {
    await pickAndConnect({ browser, url, embed, suite });
  } finally {
    await server.stop();
  }
  await refused({ browser, url, stranger, suite });
  return undefined;
});
