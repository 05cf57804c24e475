import type { ConnectionMethod, ConnectionStatus } from '@/api/types';
import { strings } from '@/strings';
import classes from './Badges.module.css';

export function MethodBadge({ method }: { method: ConnectionMethod }) {
  return <span className={classes.method}>{strings.methods[method]}</span>;
}

export function StatusBadge({ status }: { status: ConnectionStatus }) {
  return <span className={classes.status} data-status={status}>{strings.statuses[status]}</span>;
}

export function Tag({ children, tone = 'neutral' }: { children: React.ReactNode; tone?: 'neutral' | 'good' | 'warn' | 'bad' }) {
  return <span className={classes.tag} data-tone={tone}>{children}</span>;
}
