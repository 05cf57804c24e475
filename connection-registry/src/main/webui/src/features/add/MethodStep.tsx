import type { ConnectionMethod } from '@/api/types';
import { Icon } from '@/components/icons';
import { METHOD_ICONS } from '@/connection/methodIcons';
import { strings } from '@/strings';
import classes from './Choices.module.css';

export function MethodStep({ methods, onChoose }: { methods: readonly ConnectionMethod[]; onChoose: (method: ConnectionMethod) => void }) {
  return (
    <section aria-labelledby="method-question">
      <p className={classes.question} id="method-question">{strings.add.methodQuestion}</p>
      <ul className={classes.methods}>
        {methods.map((method, index) => {
          const [label, text] = strings.add.methods[method];
          return (
            <li key={method}>
              <button type="button" className={classes.choice} onClick={() => onChoose(method)} data-autofocus={index === 0 || undefined}>
                <span className={classes.icon}><Icon name={METHOD_ICONS[method]} size={20} /></span>
                <span className={classes.words}><strong>{label}</strong><small>{text}</small></span>
                <Icon name="arrowRight" size={16} className={classes.arrow} />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
