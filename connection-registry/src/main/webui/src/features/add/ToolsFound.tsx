import type { MCPToolsResponse } from '@/api/types';
import { Alert } from '@/components/Alert';
import { strings } from '@/strings';
import classes from './ToolsFound.module.css';

export function ToolsFound({ discovery }: { discovery: MCPToolsResponse }) {
  const { server_info: server, tools } = discovery;
  const label = [server.name, server.version].filter(Boolean).join(' ') || strings.detail.facts.server;
  return (
    <div>
      <Alert tone="good" title={strings.add.mcp.found(label, tools.length)}>{strings.add.mcp.protocol(server.protocol_version)}</Alert>
      <ul className={classes.tools} tabIndex={0} aria-label={strings.detail.tools}>
        {tools.map((tool) => (
          <li key={tool.name} className={classes.tool}>
            <code className={classes.name}>{tool.name}</code>
            <span className={classes.text}>{String(tool['description'] ?? '')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
