import { text } from '@/api/client';
import type { Connection } from '@/api/types';

/** Saves what happened to a connection as a file. A link would carry no token, so the file is fetched first. */
export async function exportEvents({ id, name }: Connection): Promise<void> {
  const csv = await text(`/api/connections/events/export?format=csv&connection_id=${id}`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
  link.download = `${name.replace(/[^\w.-]+/g, '-')}-events.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
