import { lazy, Suspense, useEffect, useState } from 'react';
import { configure } from '@/app/start';
import { Alert } from '@/components/Alert';
import { Notices } from '@/components/Notices';
import type { UiConfig } from '@/config/config';
import { navigate, usePlace } from '@/router';
import { useSession } from '@/auth/session';
import { strings } from '@/strings';
import { ConnectionsPage } from '@/features/connections/ConnectionsPage';
import { Dialogs } from './Dialogs';
import { ErrorBoundary } from './ErrorBoundary';
import { SessionEnded } from './SessionEnded';
import { Shell } from './Shell';
import { SignInPage } from './SignInPage';
import { Waiting } from './Waiting';

const DetailPage = lazy(() => import('@/features/detail/DetailPage').then((module) => ({ default: module.DetailPage })));
const ConnectPage = lazy(() => import('./ConnectRoute').then((module) => ({ default: module.ConnectRoute })));

const DETAIL = /^\/connections\/([^/]+)$/;

export function App() {
  const [config, setConfig] = useState<UiConfig | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const status = useSession((session) => session.status);

  useEffect(() => {
    configure().then(setConfig, () => setProblem(strings.errors.settings));
  }, []);

  if (problem) {
    return <main className="page-narrow"><Alert tone="bad" title={strings.errors.title}>{problem}</Alert></main>;
  }
  if (status === 'handed-over') {
    return <main className="page-narrow"><Alert tone="good" title={strings.signIn.againDone}>{strings.connect.doneText}</Alert></main>;
  }
  if (!config || status === 'starting') {
    return <Waiting />;
  }
  return (
    <ErrorBoundary>
      <Suspense fallback={<Waiting />}>
        {status === 'signed-out' ? <SignInPage /> : <Pages config={config} />}
      </Suspense>
      {status === 'expired' && <SessionEnded />}
      <Notices />
    </ErrorBoundary>
  );
}

function Pages({ config }: { config: UiConfig }) {
  const { path } = usePlace();
  const home = path === '/' || path === '/credentials' || path === '/integrations' || path === '/callback';
  useEffect(() => {
    if (home) {
      navigate('/connections', { replace: true });
    }
  }, [home]);

  if (path === '/connect') {
    return <ConnectPage config={config} />;
  }
  const detail = DETAIL.exec(path)?.[1];
  return (
    <Shell>
      <ErrorBoundary key={path}>
        <Suspense fallback={<Waiting />}>
          {detail && detail !== 'new' ? <DetailPage id={detail} key={detail} /> : null}
          {path === '/connections' || path === '/connections/new' || home ? <ConnectionsPage /> : null}
          {!detail && !home && path !== '/connections' ? <Missing /> : null}
        </Suspense>
      </ErrorBoundary>
      <Dialogs />
    </Shell>
  );
}

function Missing() {
  return <Alert tone="neutral" title={strings.errors.notFound}><a href="/connections">{strings.detail.back}</a></Alert>;
}
