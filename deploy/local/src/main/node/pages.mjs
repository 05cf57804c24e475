/** The few HTML pages, without scripts. Every value is escaped by the `html` tag; nested fragments pass as they are. */
import { createHash } from 'node:crypto';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { display: grid; place-items: center; min-height: 100vh; margin: 0; background: Canvas; color: CanvasText }
main { width: min(24rem, 90vw); padding: 2rem 0 }
label { display: block; margin-top: 1rem; font-weight: 600 }
input { box-sizing: border-box; width: 100%; padding: .6rem; font: inherit; border: 1px solid GrayText; border-radius: .4rem }
button { margin-top: 1.5rem; margin-inline-end: .5rem; padding: .6rem 1.2rem; font: inherit; border: 1px solid GrayText; border-radius: .4rem; cursor: pointer }
button.primary { background: #1f4fd8; border-color: #1f4fd8; color: #fff }
:focus-visible { outline: 3px solid #1f4fd8; outline-offset: 2px }
[role=alert] { margin: 1rem 0 0; padding: .6rem .8rem; border-inline-start: .3rem solid #b3261e }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

class Fragment {
  constructor(text) {
    this.text = text;
  }
}

export function html(strings, ...values) {
  return new Fragment(String.raw({ raw: strings }, ...values.map(rendered)));
}

function rendered(value) {
  if (value instanceof Fragment) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return value.map(rendered).join('');
  }
  return value === undefined || value === null ? '' : escaped(String(value));
}

function escaped(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A fragment that another party rendered and escaped already. */
export function trusted(text) {
  return new Fragment(text);
}

export function page(title, body) {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text;
}

/**
 * @param formTargets  origins a form may lead to besides this one: browsers apply form-action to the redirects that
 *                     follow a submit, and signing in ends at the client's callback
 */
export function pageHeaders(formTargets = []) {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src 'sha256-${STYLE_HASH}'`,
      `form-action ${["'self'", ...formTargets].join(' ')}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  };
}

/** oidc-provider's `renderError`: its fields are the OAuth error's, made for the end user's eyes. */
export function renderError(ctx, { error, error_description: description }) {
  ctx.set(pageHeaders());
  ctx.body = page('This did not work', html`
<p role="alert">${description ?? error} <small>(${error})</small></p>
<p>Go back to the application and start again.</p>`);
}
