/** What the report of a refused credential came to. In each case `getCredential` now answers the one to use. */
export type Refusal =
  /** It had been replaced already. */
  | 'superseded'
  /** The token was renewed. */
  | 'renewed'
  /** There is nothing to renew; the connection was tested, and found to work. The refusal may be about something else. */
  | 'tested';

/** What a tool answered. A tool that failed is an answer, too. */
export interface ToolResult {
  /** The text parts of the content, joined by line feeds. */
  readonly text: string;
  /** Whether the tool says that it failed (`isError`); the text says why. */
  readonly failed: boolean;
  /** What a tool with an output schema answers beside its text. */
  readonly structured: Record<string, unknown> | undefined;
  /** The MCP result whole: `content`, `structuredContent`, `_meta`. */
  readonly result: Record<string, unknown>;
}
