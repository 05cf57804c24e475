import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSession } from '@/auth/session';
import { Alert } from '@/components/Alert';
import { Icon, type IconName } from '@/components/icons';
import { strings } from '@/strings';
import { Logo } from './Logo';
import classes from './SignInPage.module.css';
import { ThemeToggle } from './ThemeToggle';

const ICONS: readonly IconName[] = ['shield', 'pulse', 'tool'];

export function SignInPage() {
  const { signIn, problem } = useSession();
  const [leaving, setLeaving] = useState(false);
  const isLeaving = leaving && problem === null;
  useEffect(() => {
    document.title = strings.product;
  }, []);
  return (
    <div className={classes.page}>
      <header className={classes.header}><Logo /><ThemeToggle /></header>
      <main className={classes.main} id="content">
        <h1 className={classes.title}>{strings.signIn.title}</h1>
        <p className={classes.lead}>{strings.signIn.lead}</p>
        {problem && <Alert tone="bad" title={strings.signIn.failed}>{problem}</Alert>}
        <Button size="md" loading={isLeaving} onClick={() => { setLeaving(true); void signIn(); }}>{strings.signIn.action}</Button>
        <ul className={classes.points}>
          {strings.signIn.points.map(([title, text], index) => (
            <li key={title} className={classes.point}>
              <span className={classes.icon}><Icon name={ICONS[index] ?? 'check'} size={20} /></span>
              <h2 className={classes.pointTitle}>{title}</h2>
              <p className={classes.pointText}>{text}</p>
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}
