/** What journeys have in common. */
import { Visitor } from './browser.mjs';
import { Suite } from './suite.mjs';

export async function signedIn({ browser, url }, name = 'alice', options = {}) {
  const visitor = await Visitor.arrive(browser, url, options);
  const authorized = visitor.context.waitForEvent('request', { predicate: (request) => request.headers().authorization?.startsWith('Bearer ') ?? false });
  await visitor.signIn(name);
  const suite = new Suite(url, (await authorized).headers().authorization);
  return { visitor, page: visitor.page, suite };
}

/** A journey whose person is signed in and has no connections. */
export const journey = (name, steps, { long = false, person = 'alice' } = {}) => ({
  name, long,
  run: async (setting) => {
    const { visitor, page, suite } = await signedIn(setting, person);
    let figures;
    try {
      await suite.clear();
      await page.reload();
      await page.getByRole('heading', { name: 'Connections', exact: true }).waitFor();
      figures = await steps({ ...setting, visitor, page, suite });
    } catch (failure) {
      await page.screenshot({ path: `target/failed-${name.replaceAll(/\W+/g, '-')}.png` }).catch(() => undefined);
      await visitor.leave().catch((faults) => { failure.message += `\nand: ${faults.message}`; });
      throw failure;
    }
    await visitor.leave();
    return figures;
  },
});

export const addButton = (page) => page.getByRole('button', { name: 'Add connection' }).first();
export const notice = (page, text) => page.getByRole('region', { name: 'Messages' }).getByText(text);

export async function addOAuth(page) {
  await page.goto(page.url().replace(/\/connections.*$/, '/connections/new?method=oauth2&provider=demo'));
  await page.getByRole('dialog').getByRole('button', { name: /^Continue to/ }).click();
}

export async function consented(page, start, decision) {
  const [popup] = await Promise.all([page.waitForEvent('popup'), start()]);
  await consent(popup, decision);
  // It closes by itself, whatever the provider's opener policy made of it.
  if (!popup.isClosed()) {
    await popup.waitForEvent('close');
  }
}

/** At the demo provider; a second time in one browser it does not ask who one is. */
export async function consent(popup, decision) {
  const name = popup.getByLabel('Name');
  const button = popup.getByRole('button', { name: decision, exact: true });
  await name.or(button).first().waitFor();
  if (await name.isVisible()) {
    await name.fill('alice');
    await popup.getByRole('button', { name: 'Sign in' }).click();
  }
  await button.click();
}

/** Goes on by Tab until what is focused has this name; nobody needs a hundred steps. */
export async function focusBy(page, name, field) {
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press('Tab');
    const [text, input] = await page.evaluate(() => {
      const { activeElement: at } = document;
      return [at?.getAttribute('aria-label') ?? at?.textContent ?? '', at?.getAttribute('name') ?? ''];
    });
    if (field ? input === field : name.test(text.trim())) {
      return;
    }
  }
  throw new Error(`nothing named ${name ?? field} can be reached by keyboard`);
}

export const overflow = (page) => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
