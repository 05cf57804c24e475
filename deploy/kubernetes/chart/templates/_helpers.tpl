{{- define "connections.prefix" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* Of {root, name}: what finds the pods of a service. */}}
{{- define "connections.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{- define "connections.labels" -}}
{{ include "connections.selector" . }}
app.kubernetes.io/part-of: connections
app.kubernetes.io/version: {{ include "connections.tag" .root | quote }}
{{- end -}}

{{/* Images are made with a tag of version and commit, and with no other: there is none to assume. */}}
{{- define "connections.tag" -}}
{{- required "image.tag is missing: the tag that deploy/images/build printed, <version>-<commit>, e.g. --set image.tag=0.1.0-0123456789ab." .Values.image.tag -}}
{{- end -}}

{{/* Of {root, name, digest}. */}}
{{- define "connections.image" -}}
{{- $repository := printf "%s/%s" .root.Values.image.repository .name -}}
{{- if .digest -}}
{{ $repository }}@{{ .digest }}
{{- else -}}
{{ $repository }}:{{ include "connections.tag" .root }}
{{- end -}}
{{- end -}}

{{- define "connections.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "connections.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Of {name, key, from}: a variable out of the settings that all share. */}}
{{- define "connections.setting" -}}
- name: {{ .name }}
  valueFrom:
    configMapKeyRef:
      name: {{ include "connections.prefix" .root }}-settings
      key: {{ .key }}
{{- end -}}

{{/* Of {name, secret, key}. */}}
{{- define "connections.secret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end -}}

{{- define "connections.databaseCa" -}}
/etc/connections/database/{{ .Values.database.tls.caKey }}
{{- end -}}

{{- define "connections.sealed" -}}
{{- ne .Values.database.tls.mode "disable" -}}
{{- end -}}

{{/* Of {root, name}: whether replicas of the service call each other. */}}
{{- define "connections.replicas" -}}
{{- and (eq .name "mcp-gateway") (ne .root.Values.mcp.replicas "none") -}}
{{- end -}}

{{- define "connections.scheme" -}}
{{- ternary "https" "http" .Values.tls.enabled -}}
{{- end -}}
