export { clientCredentials, type ClientCredentialsOptions } from './client-credentials.js';
export { ConnectionsClient, type ConnectionsClientOptions, type UserConnections } from './client.js';
export type {
  ApiKeyCredential,
  BasicAuthCredential,
  Credential,
  CustomCredential,
  Fields,
  McpCredential,
  OAuth2Credential,
} from './credential.js';
export { Apply } from './apply.js';
export {
  ConnectionsError,
  ProblemError,
  UnexpectedAnswerError,
  UnreachableError,
  WrongCredentialError,
  type Violation,
} from './errors.js';
export { Secret } from './secret.js';
export type { TokenSupplier } from './token-supplier.js';
export type { Refusal, ToolResult } from './answers.js';
