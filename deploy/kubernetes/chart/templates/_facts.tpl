{{/*
What the services are, as docs/architecture.md says: tests hold both equal. Nothing of it is for an operator to change.
pool: it has a pool of connections, and one for jobs; listens: it hears of changes, past any pooler.
*/}}
{{- define "connections.facts" -}}
connection-registry:
  url: CONNECTIONS_REGISTRY_URL
  schema: registry
  pool: true
  listens: false
  calls: [credential-vault, mcp-gateway, oauth-broker]
  internet: true
  public: true
  workers: false
  graceSeconds: 45
  shutdownSeconds: 20
credential-vault:
  url: CONNECTIONS_VAULT_URL
  schema: vault
  pool: true
  listens: false
  calls: []
  internet: false
  public: false
  workers: false
  graceSeconds: 45
  shutdownSeconds: 10
oauth-broker:
  url: CONNECTIONS_BROKER_URL
  schema: oauth
  pool: true
  listens: true
  calls: [connection-registry, credential-vault]
  internet: true
  public: true
  workers: true
  # It waits for its providers up to 25 seconds before it goes.
  graceSeconds: 60
  shutdownSeconds: 10
mcp-gateway:
  url: CONNECTIONS_GATEWAY_URL
  schema: mcp
  pool: false
  listens: true
  calls: [connection-registry, credential-vault, oauth-broker]
  internet: true
  public: true
  workers: true
  graceSeconds: 60
  shutdownSeconds: 40
{{- end -}}

{{/* The routing table of the front door: the longest prefix wins; "" is refused. */}}
{{- define "connections.routes" -}}
/api/connections/mcp: mcp-gateway
/api/mcp: mcp-gateway
/mcp: mcp-gateway
/.well-known/oauth-protected-resource: mcp-gateway
/api/oauth: oauth-broker
/api/connections: connection-registry
/api/providers: connection-registry
/api/webhooks: connection-registry
/api/users: connection-registry
/: connection-registry
/api: ""
/api/credentials: ""
/internal: ""
/q: ""
{{- end -}}
