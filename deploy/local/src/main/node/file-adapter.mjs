/**
 * What oidc-provider keeps (sessions, grants, codes, tokens), in a RecordStore. A restart or a kill loses nothing that was
 * answered: the provider awaits each of these calls before it answers.
 */
import { errors } from 'oidc-provider';

/** The models that end with their grant. The session's and the grant's own records are not among them. */
const BOUND_TO_GRANT = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken', 'DeviceCode', 'BackchannelAuthenticationRequest']);

/** Kept this long past its end, so that the provider itself can say "expired" rather than "not found". */
const GRACE_SECONDS = 15;

/** Gives the factory that the provider's `adapter` setting wants. */
export function fileAdapter(store, { clock = Date.now } = {}) {
  return (model) => new FileAdapter(model, store, clock);
}

class FileAdapter {
  #model;
  #store;
  #clock;

  constructor(model, store, clock) {
    this.#model = model;
    this.#store = store;
    this.#clock = clock;
  }

  upsert(id, payload, expiresIn) {
    const expiresAt = expiresIn === undefined ? undefined : this.#clock() + (expiresIn + GRACE_SECONDS) * 1000;
    return this.#store.put(this.#key(id), payload, { indexes: this.#indexes(payload), expiresAt });
  }

  async find(id) {
    return this.#store.get(this.#key(id));
  }

  async findByUid(uid) {
    return this.#findIndexed(uidIndex(uid));
  }

  async findByUserCode(userCode) {
    return this.#findIndexed(userCodeIndex(userCode));
  }

  /**
   * The provider looks a code or refresh token up and consumes it in two steps, so two requests may both have found it
   * fresh. The change in memory is immediate: the second of them gets invalid_grant, and a token is redeemed once.
   */
  async consume(id) {
    const key = this.#key(id);
    const payload = this.#store.get(key);
    if (payload === undefined || payload.consumed) {
      throw new errors.InvalidGrant('already used');
    }
    payload.consumed = Math.floor(this.#clock() / 1000);
    await this.#store.put(key, payload, {
      indexes: this.#indexes(payload),
      expiresAt: this.#store.expiresAt(key),
    });
  }

  destroy(id) {
    return this.#store.delete([this.#key(id)]);
  }

  /** Takes the whole family in one write. The provider calls this per model; the first call does the work of all. */
  revokeByGrantId(grantId) {
    return this.#store.delete(this.#store.keysIndexedBy(grantIndex(grantId)));
  }

  #key(id) {
    return `${this.#model}:${id}`;
  }

  #findIndexed(index) {
    const [key] = this.#store.keysIndexedBy(index).filter((candidate) => candidate.startsWith(`${this.#model}:`));
    return key === undefined ? undefined : this.#store.get(key);
  }

  #indexes({ grantId, uid, userCode }) {
    const indexes = [];
    if (grantId && BOUND_TO_GRANT.has(this.#model)) {
      indexes.push(grantIndex(grantId));
    }
    if (uid && this.#model === 'Session') {
      indexes.push(uidIndex(uid));
    }
    if (userCode) {
      indexes.push(userCodeIndex(userCode));
    }
    return indexes;
  }
}

const grantIndex = (grantId) => `grant:${grantId}`;
const uidIndex = (uid) => `uid:${uid}`;
const userCodeIndex = (userCode) => `user-code:${userCode}`;
