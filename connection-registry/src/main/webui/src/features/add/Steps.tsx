import { ActionIcon } from '@mantine/core';
import { Icon } from '@/components/icons';
import { strings } from '@/strings';
import classes from './Steps.module.css';

export function Steps({ current, onBack }: { current: number; onBack: (() => void) | undefined }) {
  return (
    <div className={classes.steps}>
      {onBack && (
        <ActionIcon variant="subtle" color="gray" aria-label={strings.back} onClick={onBack}><Icon name="arrowLeft" /></ActionIcon>
      )}
      <ol className={classes.list} aria-label={strings.add.stepOf(current + 1)}>
        {strings.add.steps.map((label, index) => (
          <li key={label} className={classes.step} data-done={index < current || undefined} aria-current={index === current ? 'step' : undefined}>
            <span className={classes.label}>{label}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
