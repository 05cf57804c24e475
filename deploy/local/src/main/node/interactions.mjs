/**
 * The pages between an authorization request and its answer. Each prompt ("login", "consent") is an object
 * {page(interaction, problem), submit(interaction, form, provider)}; submit gives {result} to go on, or {problem} to
 * show again. A prompt without a page is answered at once.
 */
import { errors } from 'oidc-provider';
import { html, page, pageHeaders } from './pages.mjs';

const PATH = /^\/interaction\/[\w-]+$/;
const MAX_FORM_BYTES = 8 * 1024;

export function interactionHandler(provider, prompts) {
  return {
    handles: (request) => PATH.test(request.url),
    async handle(request, response) {
      try {
        await answer(provider, prompts, request, response);
      } catch (failure) {
        fail(response, failure);
      }
    },
  };
}

async function answer(provider, prompts, request, response) {
  const interaction = await provider.interactionDetails(request, response);
  const prompt = prompts[interaction.prompt.name];
  if (prompt === undefined) {
    throw new errors.InvalidRequest(`this provider has no page for the prompt ${interaction.prompt.name}`);
  }
  switch (request.method) {
    case 'GET':
      return prompt.page ? show(response, interaction, prompt.page(interaction)) : submit({});
    case 'POST':
      return submit(await formOf(request));
    default:
      throw new errors.InvalidRequest('use GET or POST');
  }

  async function submit(form) {
    const { result, problem } = await prompt.submit(interaction, form, provider);
    if (problem) {
      return show(response, interaction, prompt.page(interaction, problem), 400);
    }
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: !('error' in result) });
  }
}

function show(response, interaction, body, status = 200) {
  response.writeHead(status, pageHeaders([new URL(interaction.params.redirect_uri).origin]));
  response.end(body);
}

function fail(response, failure) {
  if (!(failure instanceof errors.OIDCProviderError)) {
    console.error(`interaction failed: ${failure.stack}`);
  }
  const expired = failure instanceof errors.SessionNotFound;
  response.writeHead(failure instanceof errors.OIDCProviderError ? failure.statusCode : 500, pageHeaders());
  response.end(page('This did not work', html`
<p role="alert">${expired ? 'This page has expired, or was opened in another browser.' : 'The request could not be handled.'}</p>
<p>Go back to the application and start again.</p>`));
}

async function formOf(request) {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) {
    throw new errors.InvalidRequest('send the form as application/x-www-form-urlencoded');
  }
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES) {
      throw new errors.InvalidRequest('the form is too large');
    }
    chunks.push(chunk);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
}
