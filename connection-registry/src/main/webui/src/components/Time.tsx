import { ago, exactly } from './time';

export function Time({ at, text }: { at: string; text?: (when: string) => string }) {
  const when = ago(at);
  return <time dateTime={at} title={exactly(at)}>{text ? text(when) : when}</time>;
}
