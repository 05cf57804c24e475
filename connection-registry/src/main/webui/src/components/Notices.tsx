import { Button, CloseButton } from '@mantine/core';
import { useEffect } from 'react';
import { strings } from '@/strings';
import { useNotices, type Notice } from '@/stores/notices';
import { Icon } from './icons';
import classes from './Notices.module.css';

const SHOWN_MS = 6_000;
/** What can be taken back, and what went wrong, needs reading. */
const SHOWN_LONG_MS = 12_000;

export function Notices() {
  const notices = useNotices((store) => store.notices);
  return (
    <section className={classes.stack} aria-label={strings.notices.region} aria-live="polite">
      {notices.map((notice) => <One key={notice.id} notice={notice} />)}
    </section>
  );
}

function One({ notice }: { notice: Notice }) {
  const dismiss = useNotices((store) => store.dismiss);
  const { id, tone, title, text, action, lasting } = notice;
  useEffect(() => {
    if (lasting) {
      return undefined;
    }
    const timer = setTimeout(() => dismiss(id), action || tone === 'bad' ? SHOWN_LONG_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, action, tone, lasting, dismiss]);
  return (
    <div className={classes.notice} data-tone={tone}>
      <Icon name={tone === 'good' ? 'check' : tone === 'bad' ? 'alert' : 'info'} className={classes.icon} />
      <div className={classes.body}>
        <p className={classes.title}>{title}</p>
        {text && <p className={classes.text}>{text}</p>}
      </div>
      {action && (
        <Button size="compact-sm" variant="default" onClick={() => { dismiss(id); action.run(); }}>{action.label}</Button>
      )}
      <CloseButton aria-label={strings.dismiss} onClick={() => dismiss(id)} />
    </div>
  );
}
