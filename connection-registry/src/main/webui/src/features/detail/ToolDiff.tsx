import { strings } from '@/strings';
import classes from './Tools.module.css';

interface Change {
  before?: unknown;
  after?: unknown;
}

/** What a server changed about a tool: each field before and now, whether the registry lists the fields or names them. */
export function ToolDiff({ diff }: { diff: unknown }) {
  const changes = changesOf(diff);
  if (changes.length === 0) {
    return null;
  }
  return (
    <div className={classes.diff}>
      {changes.map(([field, { before, after }]) => (
        <div key={field} className={classes.change}>
          <h3>{field.replaceAll('_', ' ')}</h3>
          <div><span>{strings.tools.before}</span><pre data-side="before" tabIndex={0}>{shown(before)}</pre></div>
          <div><span>{strings.tools.after}</span><pre data-side="after" tabIndex={0}>{shown(after)}</pre></div>
        </div>
      ))}
    </div>
  );
}

function changesOf(diff: unknown): [field: string, change: Change][] {
  if (Array.isArray(diff)) {
    return diff.map((one: Change & { field?: string; path?: string }) => [one.field ?? one.path ?? '', one]);
  }
  if (typeof diff === 'object' && diff !== null) {
    return Object.entries(diff).filter((entry): entry is [string, Change] => typeof entry[1] === 'object' && entry[1] !== null);
  }
  return [];
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : value === undefined || value === null ? '–' : JSON.stringify(value, null, 2));
