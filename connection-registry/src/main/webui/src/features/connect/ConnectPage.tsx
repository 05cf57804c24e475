import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { METHODS, type Connection, type ConnectionMethod } from '@/api/types';
import { Alert } from '@/components/Alert';
import { Icon } from '@/components/icons';
import { providerName, useCatalog } from '@/stores/catalogStore';
import { strings } from '@/strings';
import classes from './ConnectPage.module.css';

interface FlowProps {
  provider: string | undefined;
  method: ConnectionMethod | undefined;
  allowedMethods: readonly ConnectionMethod[];
  onAdded: (connection: Connection) => void;
}

interface ConnectProps {
  search: URLSearchParams;
  /** Who may open this page and be told how it went. */
  origins: readonly string[];
  renderFlow: (flow: FlowProps) => React.ReactNode;
}

/** Nothing else may be the target of a message: an asterisk would tell anybody. */
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;

/** The page that other applications open in a window: everything secret stays on our own origin, they get a summary. */
export function ConnectPage({ search, origins, renderFlow }: ConnectProps) {
  const providers = useCatalog((catalog) => catalog.providers);
  const [done, setDone] = useState<Connection | null>(null);
  const origin = search.get('origin');
  const provider = search.get('provider') ?? undefined;
  const asked = (search.get('methods') ?? '').split(',').filter((one): one is ConnectionMethod => METHODS.includes(one as ConnectionMethod));
  const allowedMethods = asked.length > 0 ? asked : METHODS;
  const title = provider ? strings.connect.title(providerName(providers, provider)) : strings.connect.any;
  const listed = [...new Set([location.origin, ...origins.filter(isOrigin)])];
  const known = origin === null || listed.includes(origin);

  useEffect(() => {
    document.title = title;
  }, [title]);

  function added(connection: Connection) {
    setDone(connection);
    const opener = window.opener as Window | null;
    if (opener) {
      // An origin that is not on the list never gets here. The browser delivers to the opener's own origin and drops the
      // rest, so an application that did not say which it is hears of it once, and one that is not on the list never.
      for (const target of origin === null ? listed : [origin]) {
        opener.postMessage({ type: 'oauth_success', provider: connection.provider, connection }, target);
      }
      window.close();
    }
  }

  return (
    <main className={classes.page} id="content">
      <div className={classes.card}>
        <h1 className={classes.title}>{title}</h1>
        {origin !== null && origin !== location.origin && known && <p className={classes.site}>{strings.connect.forSite(new URL(origin).host)}</p>}
        {!known && <Alert tone="bad">{strings.connect.noSite}</Alert>}
        {known && !done && renderFlow({ provider, method: allowedMethods.length === 1 ? allowedMethods[0] : undefined, allowedMethods, onAdded: added })}
        {done && (
          <div className={classes.done} role="status">
            <span className={classes.mark}><Icon name="check" size={28} /></span>
            <p><strong>{strings.connect.done}: {done.name}</strong></p>
            <p>{strings.connect.doneText}</p>
            <Button variant="default" onClick={() => window.close()}>{strings.connect.closeWindow}</Button>
          </div>
        )}
      </div>
    </main>
  );
}
