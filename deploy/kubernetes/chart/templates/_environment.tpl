{{/* The environment of {root, name, facts, own}. Only what the service reads: a test holds that. */}}
{{- define "connections.environment" -}}
{{- $root := .root -}}
{{- $values := .root.Values -}}
{{- $secret := printf "%s-%s" $values.secrets.prefix .name -}}
- name: JAVA_TOOL_OPTIONS
  value: {{ $values.pods.javaOptions | quote }}
- name: QUARKUS_HTTP_HOST
  value: 0.0.0.0
- name: QUARKUS_HTTP_PORT
  value: "8080"
# Whoever routes to this pod learns of its end a moment after it does: until then it serves on, and says that it is going.
- name: CONNECTIONS_SHUTDOWN_DELAY
  value: 5s
- name: QUARKUS_SHUTDOWN_TIMEOUT
  value: {{ .facts.shutdownSeconds }}s
{{- if $values.tls.enabled }}
{{ include "connections.tlsEnvironment" . }}
{{- else }}
# The services refuse to speak in the clear unless somebody else encrypts it.
- name: CONNECTIONS_MESH
  value: "true"
{{- end }}
{{ include "connections.setting" (dict "root" $root "name" "CONNECTIONS_ISSUER" "key" "issuer") }}
{{ include "connections.setting" (dict "root" $root "name" "CONNECTIONS_AUDIENCE" "key" "audience") }}
- name: CONNECTIONS_USER_CLAIM
  value: {{ $values.userClaim | quote }}
- name: CONNECTIONS_ROLES_CLAIM
  value: {{ $values.rolesClaim | quote }}
{{ include "connections.secret" (dict "name" "CONNECTIONS_SERVICE_SECRET" "secret" $secret "key" "service-secret") }}
{{- if .facts.public }}
{{ include "connections.setting" (dict "root" $root "name" "CONNECTIONS_PUBLIC_URL" "key" "public-url") }}
{{- end }}
{{- if $values.tracing.endpoint }}
- name: CONNECTIONS_TRACES_SAMPLER
  value: {{ $values.tracing.sampler }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ $values.tracing.endpoint | quote }}
{{- end }}
{{- $facts := include "connections.facts" $root | fromYaml }}
{{- range $peer := .facts.calls }}
- name: {{ (index $facts $peer).url }}
  value: {{ include "connections.scheme" $root }}://{{ include "connections.prefix" $root }}-{{ $peer }}:8080
{{- end }}
{{- if eq (include "connections.replicas" .) "true" }}
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
- name: CONNECTIONS_MCP_REPLICA_URL
  value: {{ include "connections.scheme" $root }}://{{ eq $values.mcp.replicas "ipv6" | ternary "[$(POD_IP)]" "$(POD_IP)" }}:8080
{{- if $values.tls.enabled }}
# A certificate names the Service, and no address: by this name one replica knows another.
- name: {{ .facts.url }}
  value: {{ include "connections.scheme" $root }}://{{ include "connections.prefix" $root }}-{{ .name }}:8080
{{- end }}
{{- end }}
{{- if .facts.schema }}
{{ include "connections.databaseEnvironment" . }}
{{- end }}
{{- if .facts.internet }}
- name: CONNECTIONS_EGRESS_PORTS
  value: {{ join "," $values.egress.ports | quote }}
{{- if $values.egress.allow }}
- name: CONNECTIONS_EGRESS_ALLOW
  value: {{ join "," $values.egress.allow | quote }}
{{- end }}
{{- end }}
{{- if has .name (list "oauth-broker" "mcp-gateway") }}
{{- if $values.mcp.hosts.allow }}
- name: CONNECTIONS_MCP_HOSTS_ALLOW
  value: {{ join "," $values.mcp.hosts.allow | quote }}
{{- end }}
{{- if $values.mcp.hosts.deny }}
- name: CONNECTIONS_MCP_HOSTS_DENY
  value: {{ join "," $values.mcp.hosts.deny | quote }}
{{- end }}
{{- end }}
{{- if eq .name "connection-registry" }}
{{ include "connections.registryEnvironment" (dict "root" $root "secret" $secret) }}
{{- else if eq .name "credential-vault" }}
{{ include "connections.vaultEnvironment" $root }}
{{- else if eq .name "oauth-broker" }}
- name: CONNECTIONS_JOURNAL_DIR
  value: /var/lib/connections/journal
{{- else if $values.ui.origins }}
- name: CONNECTIONS_UI_ORIGINS
  value: {{ join "," $values.ui.origins | quote }}
{{- end }}
{{- range $variable, $value := .own.env }}
- name: {{ $variable }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* The one port speaks TLS, and nothing speaks anything else. Peers are trusted by the CA that made this service's certificate. */}}
{{- define "connections.tlsEnvironment" -}}
- name: QUARKUS_HTTP_SSL_PORT
  value: "8080"
- name: QUARKUS_HTTP_INSECURE_REQUESTS
  value: disabled
- name: QUARKUS_HTTP_SSL_CERTIFICATE_FILES
  value: /etc/connections/tls/tls.crt
- name: QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES
  value: /etc/connections/tls/tls.key
- name: QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD
  value: {{ .root.Values.tls.reloadPeriod }}
{{- if .facts.calls }}
- name: QUARKUS_REST_CLIENT_TLS_CONFIGURATION_NAME
  value: peers
- name: QUARKUS_TLS__PEERS__TRUST_STORE_PEM_CERTS
  value: /etc/connections/tls/ca.crt
- name: QUARKUS_TLS__PEERS__RELOAD_PERIOD
  value: {{ .root.Values.tls.reloadPeriod }}
{{- end }}
{{- end -}}

{{- define "connections.databaseEnvironment" -}}
{{- $root := .root -}}
{{- $secret := printf "%s-%s" .root.Values.secrets.prefix .name -}}
{{ include "connections.setting" (dict "root" $root "name" "CONNECTIONS_DATABASE_URL" "key" "database-url") }}
- name: CONNECTIONS_DATABASE_USER
  value: {{ .facts.schema }}_app
{{ include "connections.secret" (dict "name" "CONNECTIONS_DATABASE_PASSWORD" "secret" $secret "key" "database-password") }}
{{- if .facts.listens }}
{{- if $root.Values.database.pooler }}
{{ include "connections.setting" (dict "root" $root "name" "CONNECTIONS_DIRECT_DATABASE_URL" "key" "direct-database-url") }}
{{- end }}
{{- if eq (include "connections.sealed" $root) "true" }}
- name: CONNECTIONS_DATABASE_CA
  value: {{ include "connections.databaseCa" $root }}
{{- end }}
{{- end }}
{{- if .facts.pool }}
{{ include "connections.poolEnvironment" (dict "root" $root "facts" .facts "secret" $secret) }}
{{- end }}
{{- end -}}

{{- define "connections.poolEnvironment" -}}
{{- $root := .root -}}
- name: CONNECTIONS_JOBS_DATABASE_USER
  value: {{ .facts.schema }}_jobs
{{ include "connections.secret" (dict "name" "CONNECTIONS_JOBS_DATABASE_PASSWORD" "secret" .secret "key" "jobs-database-password") }}
{{- range $pool := list "QUARKUS_DATASOURCE" "QUARKUS_DATASOURCE_JOBS" }}
{{- if eq (include "connections.sealed" $root) "true" }}
- name: {{ $pool }}_REACTIVE_POSTGRESQL_SSL_MODE
  value: {{ $root.Values.database.tls.mode }}
- name: {{ $pool }}_REACTIVE_TRUST_CERTIFICATE_PEM
  value: "true"
- name: {{ $pool }}_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS
  value: {{ include "connections.databaseCa" $root }}
- name: {{ $pool }}_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM
  value: HTTPS
{{- end }}
{{- if $root.Values.database.pooler }}
- name: {{ $pool }}_REACTIVE_CACHE_PREPARED_STATEMENTS
  value: "false"
- name: {{ $pool }}_REACTIVE_POSTGRESQL_USE_LAYER7_PROXY
  value: "true"
{{- end }}
{{- end }}
{{- end -}}

{{- define "connections.registryEnvironment" -}}
{{- $values := .root.Values -}}
- name: CONNECTIONS_UI_CLIENT_ID
  value: {{ $values.ui.clientId | quote }}
- name: CONNECTIONS_UI_SCOPE
  value: {{ $values.ui.scope | quote }}
{{- if $values.ui.origins }}
- name: CONNECTIONS_UI_ORIGINS
  value: {{ join "," $values.ui.origins | quote }}
{{- end }}
{{- if $values.ui.identityOrigins }}
- name: CONNECTIONS_UI_IDENTITY_ORIGINS
  value: {{ join "," $values.ui.identityOrigins | quote }}
{{- end }}
{{- if $values.smtp.host }}
- name: CONNECTIONS_SMTP_HOST
  value: {{ $values.smtp.host | quote }}
- name: CONNECTIONS_SMTP_PORT
  value: {{ $values.smtp.port | quote }}
- name: CONNECTIONS_SMTP_START_TLS
  value: {{ $values.smtp.startTls }}
- name: CONNECTIONS_MAIL_FROM
  value: {{ $values.smtp.from | quote }}
{{- if $values.smtp.authenticated }}
{{ include "connections.secret" (dict "name" "CONNECTIONS_SMTP_USER" "secret" .secret "key" "smtp-user") }}
{{ include "connections.secret" (dict "name" "CONNECTIONS_SMTP_PASSWORD" "secret" .secret "key" "smtp-password") }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Keys are read from files: a variable shows in whatever lists a process's environment. */}}
{{- define "connections.vaultEnvironment" -}}
{{- with .Values.encryptionKey -}}
{{- if .uri }}
- name: ENCRYPTION_KEY_URI
  value: {{ .uri | quote }}
{{- else }}
- name: ENCRYPTION_KEY_FILE
  value: /etc/connections/keys/{{ .secretKey }}
{{- end }}
{{- if .next.uri }}
- name: ENCRYPTION_KEY_NEXT_URI
  value: {{ .next.uri | quote }}
{{- else if .next.secretKey }}
- name: ENCRYPTION_KEY_NEXT_FILE
  value: /etc/connections/keys/{{ .next.secretKey }}
{{- end }}
{{- if .tokenAudience }}
- name: VAULT_K8S_TOKEN_FILE
  value: /var/run/secrets/connections/token
{{- end }}
{{- end }}
{{- end -}}
