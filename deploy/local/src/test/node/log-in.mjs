/** Has the user log in for an MCP server, and prints the id of the connection: `node log-in.mjs <server URL>`. */
import { authorize } from './suite.mjs';

console.log(await authorize({ server_url: process.argv[2] }));
