import { Button } from '@mantine/core';
import { METHODS } from '@/api/types';
import { Icon, type IconName } from '@/components/icons';
import { METHOD_ICONS } from '@/connection/methodIcons';
import { useDialogs } from '@/stores/dialogs';
import { strings } from '@/strings';
import classes from './EmptyState.module.css';

export function EmptyState() {
  const open = useDialogs((dialogs) => dialogs.open);
  return (
    <div className={classes.empty}>
      <span className={classes.icon}><Icon name="link" size={28} /></span>
      <h2 className={classes.title}>{strings.list.emptyTitle}</h2>
      <p className={classes.text}>{strings.list.emptyText}</p>
      <Button leftSection={<Icon name="plus" />} onClick={() => open({ kind: 'add' })}>{strings.list.add}</Button>
      <ul className={classes.starts}>
        {METHODS.slice(0, 3).map((method) => (
          <li key={method}>
            <button type="button" className={classes.start} onClick={() => open({ kind: 'add', method })}>
              <Icon name={METHOD_ICONS[method] satisfies IconName} />
              {strings.add.methods[method][0]}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon}><Icon name="search" size={26} /></span>
      <h2 className={classes.title}>{strings.list.noMatchTitle}</h2>
      <p className={classes.text}>{strings.list.noMatchText}</p>
      <Button variant="default" onClick={onClear}>{strings.list.clearFilters}</Button>
    </div>
  );
}
