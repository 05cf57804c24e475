import { Menu, UnstyledButton } from '@mantine/core';
import { useSession } from '@/auth/session';
import { isPlainClick, navigate } from '@/router';
import { strings } from '@/strings';
import { Icon } from '@/components/icons';
import { MenuBox } from '@/components/MenuBox';
import { Logo } from './Logo';
import classes from './Shell.module.css';
import { ThemeToggle } from './ThemeToggle';

export function Shell({ children }: { children: React.ReactNode }) {
  return (
    <>
      <a className={classes.skip} href="#content">{strings.skip}</a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <a
            href="/connections" className={classes.home}
            onClick={(event) => { if (isPlainClick(event)) { event.preventDefault(); navigate('/connections'); } }}
          >
            <Logo />
          </a>
          <div className={classes.tools}><ThemeToggle /><AccountMenu /></div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>{children}</main>
    </>
  );
}

function AccountMenu() {
  const { person, signOut } = useSession();
  const name = person?.name ?? '?';
  const target = (
    <UnstyledButton className={classes.account} aria-label={`${strings.account.menu}: ${name}`}>{name.slice(0, 1).toUpperCase()}</UnstyledButton>
  );
  return (
    <MenuBox target={target} width={240}>
      <Menu.Label>{strings.account.signedInAs} <strong>{name}</strong>{person?.email && ` (${person.email})`}</Menu.Label>
      <Menu.Item leftSection={<Icon name="arrowRight" size={16} />} onClick={() => void signOut()}>{strings.account.signOut}</Menu.Item>
    </MenuBox>
  );
}
