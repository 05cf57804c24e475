let address = globalThis.location?.origin ?? '';

export const configureEmbedding = (baseUrl: string): void => {
  address = baseUrl;
};

/** The suite's public address: of our own pages their origin, of others what they configured. */
export const suiteAddress = (): string => address;
