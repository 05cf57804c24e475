import type { ToolResult } from '@/api/types';
import { Tag } from '@/components/Badges';
import { strings } from '@/strings';
import classes from './Tools.module.css';

export function ToolOutput({ result, milliseconds }: { result: ToolResult; milliseconds: number }) {
  const pictures = (result.content ?? []).filter((part) => part['type'] === 'image' && /^image\/(png|jpeg|gif|webp)$/.test(String(part['mimeType'])));
  return (
    <figure className={classes.output} data-error={result.isError || undefined} aria-live="polite">
      <figcaption>
        {result.isError ? strings.tools.failed : strings.tools.result}
        <Tag>{strings.tools.took(milliseconds)}</Tag>
      </figcaption>
      {result.text && <pre tabIndex={0}>{result.text}</pre>}
      {pictures.map((part, index) => (
        <img key={index} className={classes.picture} alt={strings.tools.result} src={`data:${String(part['mimeType'])};base64,${String(part['data'])}`} />
      ))}
      {result.structuredContent && <pre tabIndex={0}>{JSON.stringify(result.structuredContent, null, 2)}</pre>}
      {!result.text && pictures.length === 0 && !result.structuredContent && <pre tabIndex={0}>{JSON.stringify(result.content ?? [], null, 2)}</pre>}
    </figure>
  );
}
