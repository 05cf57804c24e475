/** A real Chromium against a running suite, and what every journey needs of it. */
import AxeBuilder from '@axe-core/playwright';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PROGRAMS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-dev-shm-usage',
];

export async function launch() {
  const executablePath = PROGRAMS.find((program) => program && existsSync(program));
  if (!executablePath) {
    throw new Error('Chromium was not found. Install it (for example apt-get install chromium), or set CHROMIUM to its path.');
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

/** One person in a browser of their own. Whatever the page must never do is noted, and fails the journey at its end. */
export class Visitor {
  static schemes = ['light', 'dark'];

  static async arrive(browser, url, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce', ...options });
    const visitor = new Visitor(context, url);
    await context.addInitScript(() => {
      window.violations = [];
      addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
    });
    await visitor.open();
    return visitor;
  }

  constructor(context, url) {
    this.context = context;
    this.url = url;
    this.faults = [];
  }

  async open() {
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(15_000);
    this.page.on('pageerror', (failure) => this.faults.push(`script error: ${failure.message}`));
    this.page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (4|5)\d\d/.test(message.text()) && !/ERR_/.test(message.text())) {
        this.faults.push(`console: ${message.text()}`);
      }
    });
    const local = new Set([new URL(this.url).hostname, '127.0.0.1']);
    this.context.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && !local.has(hostname)) {
        this.faults.push(`request to a third party: ${hostname}`);
      }
    });
  }

  async signIn(name = 'alice', path = '/connections') {
    const { page } = this;
    await page.goto(this.url + path);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await this.logIn(page, name);
    await page.waitForURL((url) => url.origin === new URL(this.url).origin && url.pathname !== '/callback');
  }

  /** At the local identity provider. */
  async logIn(page, name) {
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Password').fill(name);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  token() {
    return this.context.waitForEvent('request', { predicate: (request) => request.headers().authorization !== undefined });
  }

  /** No accessibility fault, in either theme; the short round looks at one. */
  async inspect(what) {
    for (const scheme of Visitor.schemes) {
      await this.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await this.page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: 'attached' });
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 200)))));
      const { violations } = await new AxeBuilder({ page: this.page }).analyze();
      for (const { id, nodes } of violations) {
        this.faults.push(`axe, ${what}, ${scheme}: ${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ').slice(0, 700)}`);
      }
    }
    await this.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  }

  async leave() {
    for (const page of this.context.pages()) {
      const violations = await page.evaluate(() => window.violations ?? []).catch(() => []);
      this.faults.push(...violations.map((one) => `content policy: ${one}`));
    }
    await this.context.close();
    if (this.faults.length > 0) {
      throw new Error([...new Set(this.faults)].join('\n'));
    }
  }
}
