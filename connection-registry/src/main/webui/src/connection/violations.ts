import { ApiError } from '@/api/client';

/** The server's words beside the fields they are about; `data.api_key` is the field `api_key`. */
export function violationsByField(failure: unknown): Record<string, string> {
  if (!(failure instanceof ApiError)) {
    return {};
  }
  return Object.fromEntries(failure.violations.map(({ field, message }) => [field.replace(/^(data|metadata)\./, ''), message]));
}
