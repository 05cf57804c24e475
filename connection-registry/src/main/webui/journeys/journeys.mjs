/** What people do with the UI, each in a browser of its own. Every one of them is also held to accessibility and to the content policy. */
import assert from 'node:assert/strict';
import { Visitor } from './browser.mjs';
import { embedding } from './embedding.mjs';
import { large } from './large.mjs';
import { mcpServer } from './mcp-server.mjs';
import { addButton, addOAuth, consent, consented, focusBy, journey, notice, overflow, signedIn } from './steps.mjs';

export const journeys = [
  {
    name: 'signing in, coming back and signing out',
    run: async ({ browser, url }) => {
      const visitor = await Visitor.arrive(browser, url);
      const { page } = visitor;
      await page.goto(`${url}/connections?q=slack`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await visitor.inspect('sign-in page');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await visitor.logIn(page, 'alice');
      await page.waitForURL(`${url}/connections?q=slack`);
      await page.getByRole('searchbox').waitFor();

      const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
      assert.doesNotMatch(kept, /eyJ/, 'a token is in the browser’s storage');

      await page.reload();
      await page.waitForURL(`${url}/connections?q=slack`);
      await page.getByRole('searchbox').waitFor();

      await page.getByRole('button', { name: /^Account/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL(`${url}/`);
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      for (const [old, target] of [['/credentials', '/connections'], ['/integrations', '/connections']]) {
        assert.equal(new URL((await page.goto(url + old)).url()).pathname, target);
      }
      await visitor.leave();
    },
  },

  journey('an API key: the first connection, a wrong key, saved, edited, deleted and brought back', async ({ page, visitor, suite }) => {
    await page.getByText('No connections yet').waitFor();
    await visitor.inspect('empty list');
    await addButton(page).click();
    const dialog = page.getByRole('dialog');
    await visitor.inspect('method step');
    await dialog.getByRole('button', { name: /^API key/ }).click();
    await dialog.getByRole('searchbox').fill('open');
    await visitor.inspect('provider step');
    await dialog.getByRole('button', { name: /OpenAI/ }).click();
    await dialog.getByLabel('Name').fill('Journey key');
    await dialog.getByLabel(/^API key/).fill('sk-canary-of-the-journey');
    await dialog.getByRole('button', { name: 'Test connection' }).click();
    // There is no way out of this machine in a test: what matters is that the reason is shown, whatever it is.
    await dialog.getByText(/The test failed|The test could not tell|It works/).waitFor({ timeout: 30_000 });
    await visitor.inspect('configure step');
    await dialog.getByRole('button', { name: 'Save connection' }).click();
    await notice(page, 'Journey key was added').waitFor();
    assert.doesNotMatch(await page.content(), /sk-canary/, 'the secret is still in the page');
    await visitor.inspect('list');

    await page.getByRole('button', { name: 'Actions for Journey key' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Renamed key');
    await visitor.inspect('edit dialog');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('link', { name: 'Renamed key' }).waitFor();

    await page.getByRole('button', { name: 'Actions for Renamed key' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No connections yet').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: 'Renamed key' }).click();
    await page.getByRole('heading', { level: 1, name: 'Renamed key' }).waitFor();
    await visitor.inspect('detail page');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Restored').waitFor();
    await visitor.inspect('history');
    assert.equal((await suite.call('GET', '/api/connections?limit=10')).length, 1);
  }),

  journey('an MCP server: discovered, saved, a tool tried', async ({ page, visitor, mcp }) => {
    const server = await mcpServer(mcp);
    try {
      await page.goto(`${visitor.url}/connections/new?method=mcp&provider=mcp-generic`);
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/Server URL/).fill(mcp);
      await dialog.getByRole('button', { name: 'Find tools' }).click();
      await dialog.getByText(/offers \d+ tools/).waitFor({ timeout: 30_000 });
      await dialog.getByText('echo', { exact: true }).waitFor();
      await visitor.inspect('tools found');
      await dialog.getByRole('button', { name: 'Save connection' }).click();
      await page.getByRole('link', { name: 'mcp-servers/everything' }).click();
      await page.getByRole('button', { name: 'Try echo' }).click();
      const form = page.getByRole('form', { name: 'Try echo' });
      await form.getByLabel('message').fill('hello from the page');
      await form.getByRole('button', { name: 'Run' }).click();
      await form.getByText('Echo: hello from the page').waitFor({ timeout: 30_000 });
      await visitor.inspect('tool tried');
      await page.getByRole('button', { name: 'Refresh tools' }).click();
      await notice(page, /offers \d+ tools/).waitFor();
    } finally {
      server.stop();
    }
  }),

  journey('OAuth in a window: allowed, then reconnected', async ({ page, visitor }) => {
    await consented(page, () => addOAuth(page), 'Allow');
    await notice(page, /was added/).waitFor();
    const card = page.getByRole('article').first();
    await card.getByText('OAuth', { exact: true }).waitFor();

    await card.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Reconnect' }).click();
    await visitor.inspect('reconnect dialog');
    await consented(page, () => page.getByRole('dialog').getByRole('button', { name: /^Continue to/ }).click(), 'Allow');
    await notice(page, /is connected again/).waitFor();
    assert.equal(await page.getByRole('article').count(), 1);
  }),

  journey('OAuth in a window: denied, closed and blocked', async ({ page, visitor }) => {
    await consented(page, () => addOAuth(page), 'Deny');
    await page.getByText('No access was given').waitFor();
    await visitor.inspect('OAuth denied');

    const [popup] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Start again' }).click()]);
    await popup.waitForURL(/interaction|auth/);
    await popup.close();
    await page.getByText('The window was closed').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.evaluate(() => { window.open = () => null; });
    await page.getByRole('button', { name: /^Continue to/ }).click();
    await page.getByText('Your browser blocked the window').waitFor();
    await visitor.inspect('OAuth blocked');
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Open the sign-in page' }).click()]);
    await consent(tab, 'Allow');
    // The other tab has no opener: the broadcast and the broker tell this one.
    await notice(page, /was added/).waitFor();
  }),

  journey('the keyboard alone: a connection added', async ({ page }) => {
    const press = async (...keys) => { for (const key of keys) { await page.keyboard.press(key); } };
    await focusBy(page, /Add connection/);
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await focusBy(page, /^API key/);
    await press('Enter');
    await page.getByRole('searchbox', { name: 'Search providers' }).waitFor();
    await page.keyboard.type('stripe');
    await focusBy(page, /^Stripe/);
    await press('Enter');
    await page.getByLabel(/^Name/).waitFor();
    await focusBy(page, undefined, 'api_key');
    await page.keyboard.type('sk_test_by_keyboard');
    await press('Enter');
    await notice(page, /was added/).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }),

  journey('a phone of 360 pixels', async ({ browser, url, suite }) => {
    await suite.add('On the phone');
    const { visitor, page } = await signedIn({ browser, url }, 'alice', { viewport: { width: 360, height: 740 }, hasTouch: true });
    await page.getByRole('link', { name: 'On the phone' }).waitFor();
    assert.equal(await overflow(page), 0, 'the list scrolls sideways');
    await visitor.inspect('list on a phone');
    await addButton(page).click();
    await page.getByRole('dialog').waitFor();
    assert.equal(await overflow(page), 0, 'the dialog scrolls sideways');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'On the phone' }).click();
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    assert.equal(await overflow(page), 0, 'the detail page scrolls sideways');
    await visitor.inspect('detail page on a phone');
    await visitor.leave();
  }, { person: 'alice' }),

  journey('a session that ended, and a server that is away', async ({ page, visitor, suite }) => {
    await suite.add('Kept');
    await page.reload();
    await page.getByRole('link', { name: 'Kept' }).waitFor();
    await page.route('**/api/connections?**', (route) => route.abort());
    await page.locator('label').filter({ hasText: /^MCP$/ }).click();
    await page.getByRole('alert').getByText(/cannot be reached/).waitFor();
    await visitor.inspect('error banner');
    await page.unroute('**/api/connections?**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nothing matches').waitFor();

    await refuseSession(page);
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await page.getByText('Your session has ended').waitFor();
    await visitor.inspect('session ended');
    await acceptSession(page);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Kept' }).waitFor();
  }),

  journey('another application’s picker: no such origin is told anything', async ({ page, visitor, url }) => {
    await page.goto(`${url}/connect?provider=openai&origin=https://evil.example`);
    await page.getByText(/not on the list/).waitFor();
    await visitor.inspect('connect page refused');
    await page.goto(`${url}/connect?provider=openai&methods=api_key`);
    await page.getByLabel(/^API key/).fill('sk-of-the-connect-page');
    await page.getByRole('button', { name: 'Save connection' }).click();
    await page.getByText(/^Connected/).waitFor();
    await visitor.inspect('connect page done');
  }),

  journey('a session that ends while a form is open', async ({ page, visitor, suite }) => {
    const dialog = page.getByRole('dialog', { name: 'Add a connection' });
    const ended = page.getByRole('dialog', { name: 'Your session has ended' });
    const signInThere = async (name) => {
      const [popup] = await Promise.all([page.waitForEvent('popup'), ended.getByRole('button', { name: 'Sign in', exact: true }).click()]);
      await visitor.logIn(popup, name);
      return popup;
    };
    await page.goto(`${visitor.url}/connections/new?method=api_key&provider=openai`);
    await dialog.getByLabel('Name').fill('Half typed');
    await dialog.getByLabel(/^API key/).fill('sk-typed-before-the-end');
    await page.context().clearCookies();
    await refuseSession(page);
    await dialog.getByRole('button', { name: 'Save connection' }).click();
    await ended.waitFor();
    await visitor.inspect('session ended over a form');
    await page.evaluate(() => { window.openWindow = window.open; window.open = () => null; });
    await ended.getByRole('button', { name: 'Sign in', exact: true }).click();
    await ended.getByText('Your browser blocked the window').waitFor();
    await visitor.inspect('sign-in window blocked');
    await page.evaluate(() => { window.open = window.openWindow; });
    await acceptSession(page);

    const popup = await signInThere('alice');
    await notice(page, 'Half typed was added').waitFor();
    if (!popup.isClosed()) {
      await popup.waitForEvent('close');
    }
    assert.equal((await suite.call('GET', '/api/connections?limit=10')).length, 1, 'what was asked for meanwhile went twice, or not at all');

    await page.context().clearCookies();
    await refuseSession(page);
    await page.getByRole('searchbox').fill('half');
    await ended.waitFor();
    await acceptSession(page);
    await signInThere('bob');
    await page.getByRole('button', { name: /^Account: .*bob/i }).waitFor();
    assert.equal(await page.getByText('Half typed').count(), 0, 'bob sees what alice had on the screen');
  }),

  embedding,
  large,
];

/** As when the access token has ended, and the refresh token, too. */
async function refuseSession(page) {
  await page.route('**/api/**', (route) => route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"code": "unauthorized", "detail": "expired"}' }));
  await page.route('**/token', (route) => route.fulfill({ status: 400, contentType: 'application/json', headers: { 'Access-Control-Allow-Origin': '*' }, body: '{"error": "invalid_grant"}' }));
}

async function acceptSession(page) {
  await page.unroute('**/api/**');
  await page.unroute('**/token');
}
