/** How long people wait while they type: from the key press to the frame that shows its answer, measured in the page itself. */

/** Installed once for each page, before anything is typed. */
export const watchTyping = (page) => page.evaluate(() => {
  window.typed = { pressed: 0, keys: [], waits: [] };
  addEventListener('keydown', (event) => {
    const at = event.timeStamp;
    window.typed.pressed = at;
    // The frame after the next one begins when that one is on the screen.
    requestAnimationFrame(() => requestAnimationFrame(() => window.typed.keys.push(performance.now() - at)));
  }, { capture: true });
});

/** Types as people do, letter by letter, and notes when exactly this connection is on the screen. */
export async function typeAndWait(page, text, delay) {
  await page.getByRole('searchbox').fill('');
  await page.evaluate((wanted) => {
    window.typed.answered = new Promise((resolve) => {
      const input = document.querySelector('input[type=search]');
      const look = () => {
        const [first, second] = document.querySelectorAll('article');
        const found = input.value === wanted && second === undefined && first?.getAttribute('aria-label') === wanted
          && document.querySelector('[aria-busy=true]') === null;
        requestAnimationFrame(found ? () => resolve(window.typed.waits.push(performance.now() - window.typed.pressed)) : look);
      };
      look();
    });
  }, text);
  await page.getByRole('searchbox').pressSequentially(text, { delay });
  await page.evaluate(() => window.typed.answered);
}

export const typed = (page) => page.evaluate(() => ({ keys: window.typed.keys, waits: window.typed.waits }));

export function quantile(values, part) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export const figures = (values) => `median ${Math.round(quantile(values, 0.5))}, p95 ${Math.round(quantile(values, 0.95))}, most ${Math.round(Math.max(...values))} ms of ${values.length}`;
