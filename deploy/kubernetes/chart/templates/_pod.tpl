{{/* The pod of {root, name, facts, own}. */}}
{{- define "connections.pod" -}}
{{- $values := .root.Values -}}
{{- $keys := compact (list (ternary "" $values.encryptionKey.secretKey (ne $values.encryptionKey.uri "")) $values.encryptionKey.next.secretKey) -}}
{{- $vaultKeys := and (eq .name "credential-vault") $keys -}}
{{- $token := and (eq .name "credential-vault") $values.encryptionKey.tokenAudience -}}
{{- $ca := and .facts.schema (eq (include "connections.sealed" .root) "true") -}}
metadata:
  labels:
    {{- include "connections.labels" . | nindent 4 }}
  annotations:
    checksum/settings: {{ include (print .root.Template.BasePath "/settings.yaml") .root | sha256sum }}
    {{- with $values.pods.annotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "connections.prefix" .root }}-{{ .name }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ .facts.graceSeconds }}
  securityContext:
    {{- include "connections.podSecurity" . | nindent 4 }}
  {{- with $values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.pods.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $values.pods.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.pods.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    {{- range $key, $when := dict "kubernetes.io/hostname" $values.pods.spread.nodes "topology.kubernetes.io/zone" $values.pods.spread.zones }}
    - maxSkew: 1
      topologyKey: {{ $key }}
      whenUnsatisfiable: {{ $when }}
      labelSelector:
        matchLabels:
          {{- include "connections.selector" $ | nindent 10 }}
      matchLabelKeys: [{{ ternary "controller-revision-hash" "pod-template-hash" $.stateful }}]
    {{- end }}
  containers:
    - name: {{ .name }}
      image: {{ include "connections.image" (dict "root" .root "name" .name "digest" .own.digest) }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      ports:
        - name: http
          containerPort: 8080
      env:
        {{- include "connections.environment" . | nindent 8 }}
      {{- if eq .name "oauth-broker" }}
      envFrom:
        - secretRef:
            name: {{ $values.secrets.providerClients }}
            optional: true
      {{- end }}
      # A JVM without its cache takes a few seconds, more on a busy node: three minutes, then it is started anew.
      startupProbe:
        httpGet: {path: /q/health/started, port: http, scheme: {{ include "connections.scheme" .root | upper }}}
        periodSeconds: 2
        failureThreshold: 90
        timeoutSeconds: 2
      livenessProbe:
        httpGet: {path: /q/health/live, port: http, scheme: {{ include "connections.scheme" .root | upper }}}
        periodSeconds: 10
        failureThreshold: 6
        timeoutSeconds: 3
      readinessProbe:
        httpGet: {path: /q/health/ready, port: http, scheme: {{ include "connections.scheme" .root | upper }}}
        periodSeconds: 5
        failureThreshold: 2
        timeoutSeconds: 3
      resources:
        {{- toYaml .own.resources | nindent 8 }}
      securityContext:
        {{- include "connections.containerSecurity" . | nindent 8 }}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
        {{- if $values.tls.enabled }}
        - {name: tls, mountPath: /etc/connections/tls, readOnly: true}
        {{- end }}
        {{- if $ca }}
        - {name: database-ca, mountPath: /etc/connections/database, readOnly: true}
        {{- end }}
        {{- if $vaultKeys }}
        - {name: keys, mountPath: /etc/connections/keys, readOnly: true}
        {{- end }}
        {{- if $token }}
        - {name: identity, mountPath: /var/run/secrets/connections, readOnly: true}
        {{- end }}
        {{- if eq .name "oauth-broker" }}
        - {name: journal, mountPath: /var/lib/connections}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {sizeLimit: 64Mi}
    {{- if $values.tls.enabled }}
    - name: tls
      secret:
        secretName: {{ $values.tls.secretPrefix }}-{{ .name }}
        defaultMode: 0440
        items:
          - {key: tls.crt, path: tls.crt}
          - {key: tls.key, path: tls.key}
          - {key: ca.crt, path: ca.crt}
    {{- end }}
    {{- if $ca }}
    - name: database-ca
      secret:
        secretName: {{ $values.database.tls.caSecret }}
        items:
          - {key: {{ $values.database.tls.caKey }}, path: {{ $values.database.tls.caKey }}}
    {{- end }}
    {{- if $vaultKeys }}
    - name: keys
      secret:
        secretName: {{ $values.secrets.prefix }}-{{ .name }}
        defaultMode: 0440
        items:
          {{- range $keys }}
          - {key: {{ . }}, path: {{ . }}}
          {{- end }}
    {{- end }}
    {{- if $token }}
    - name: identity
      projected:
        defaultMode: 0440
        sources:
          - serviceAccountToken: {audience: {{ $values.encryptionKey.tokenAudience | quote }}, expirationSeconds: 3600, path: token}
    {{- end }}
    {{- if and (eq .name "oauth-broker") (not $values.journal.persistence.enabled) }}
    - name: journal
      emptyDir: {sizeLimit: 256Mi}
    {{- end }}
{{- end -}}
