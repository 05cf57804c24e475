import type { ConnectionStats } from '@/api/types';
import { strings } from '@/strings';
import classes from './StatsFooter.module.css';

export function StatsFooter({ stats }: { stats: ConnectionStats | null }) {
  if (!stats || stats.total === 0) {
    return null;
  }
  const active = stats.by_status['active'] ?? 0;
  const figures: [label: string, value: number][] = [
    [strings.list.stats.total, stats.total],
    [strings.list.stats.active, active],
    [strings.list.stats.mcp, stats.by_method['mcp'] ?? 0],
    [strings.list.stats.attention, stats.total - active],
  ];
  return (
    <footer className={classes.footer} aria-label={strings.list.statsLabel}>
      <dl className={classes.figures}>
        {figures.map(([label, value]) => (
          <div key={label} className={classes.figure}><dt>{label}</dt><dd>{value.toLocaleString()}</dd></div>
        ))}
      </dl>
    </footer>
  );
}
