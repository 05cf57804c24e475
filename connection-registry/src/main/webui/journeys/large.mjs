import assert from 'node:assert/strict';
import { figures, quantile, typeAndWait, typed, watchTyping } from './typing.mjs';
import { journey } from './steps.mjs';

const COUNT = 5_000;
const AT_A_TIME = 50;
const SEARCHES = 30;
const ANSWERED_WITHIN_MS = 100;
const BETWEEN_KEYS_MS = 90;

/** Spread over all of them, in no order that a page could have loaded. */
const wanted = (search) => `Load ${1_000 + ((search * 1_237) % 4_000)}`;

export const large = journey('five thousand connections', async ({ page, suite }) => {
  for (let at = 0; at < COUNT; at += AT_A_TIME) {
    await Promise.all(Array.from({ length: AT_A_TIME }, (_none, index) => suite.add(`Load ${at + index}`, ['openai', 'stripe', 'github', 'notion'][index % 4])));
  }
  await page.reload();
  await page.getByRole('article').first().waitFor();
  await page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => { window.longest = Math.max(window.longest, duration); })).observe({ type: 'longtask' });
  });
  for (let round = 0; round < 8; round += 1) {
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.mouse.wheel(0, 4_000);
    await page.waitForTimeout(250);
  }
  await page.getByRole('searchbox').focus();
  await watchTyping(page);
  for (let search = 0; search < SEARCHES; search += 1) {
    await typeAndWait(page, wanted(search), BETWEEN_KEYS_MS);
  }
  const { keys, waits } = await typed(page);
  const longest = await page.evaluate(() => window.longest);
  await suite.clear();
  const told = `${COUNT} connections, longest task ${Math.round(longest)} ms, search answered on the screen: ${figures(waits)}, each key on the screen: ${figures(keys)}`;
  assert.ok(longest < 200, `a task took too long: ${told}`);
  assert.ok(quantile(waits, 0.95) <= ANSWERED_WITHIN_MS, `searches take too long: ${told}`);
  return told;
}, { long: true, person: 'bob' });
