/** Where things are, seen from the repository. Whatever is made lies under `target`, which no commit and no fingerprint sees. */
export const WEBUI = new URL('../', import.meta.url);
export const REPOSITORY = new URL('../../../../', WEBUI);
export const TYPES = new URL('target/types/', WEBUI);
export const RESOURCES = new URL('target/resources/', WEBUI);
export const PROVIDERS = new URL('platform/provider-catalog/src/main/resources/providers/', REPOSITORY);

const document = (service) => new URL(`${service}/src/main/openapi/openapi.yaml`, REPOSITORY);

export const DOCUMENTS = {
  registry: document('connection-registry'),
  oauth: document('oauth-broker'),
  mcp: document('mcp-gateway'),
};
