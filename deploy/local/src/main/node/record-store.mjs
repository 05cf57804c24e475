/**
 * A small durable map: everything in memory, every change in an append-only log that is on disk before the change is
 * acknowledged. One process per folder.
 *
 * A crash may tear the last write. What was torn was never acknowledged, so loading stops at the first line that is not
 * whole. If anything readable follows it, the file was damaged some other way: the rest is set aside, never thrown away.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

const LOG = 'records.jsonl';

/** Below this many lines a log is not worth rewriting. */
const SMALL_LOG = 2000;

const SWEEP_EVERY_MS = 60_000;

export class RecordStore {
  #folder;
  #clock;
  #warn;
  #smallLog;
  #file;
  #records = new Map();
  #indexes = new Map();
  #lines = 0;
  #pending = [];
  #draining;
  #failure;
  #sweeper;

  /** Opens the folder, creating it if need be, and loads what is still alive. */
  static async open(folder, { clock = Date.now, warn = console.warn, smallLog = SMALL_LOG } = {}) {
    const store = new RecordStore(folder, clock, warn, smallLog);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await store.#load();
    await store.#rewrite();
    store.#sweeper = setInterval(() => store.#sweep(), SWEEP_EVERY_MS).unref();
    return store;
  }

  constructor(folder, clock, warn, smallLog) {
    this.#folder = folder;
    this.#clock = clock;
    this.#warn = warn;
    this.#smallLog = smallLog;
  }

  get size() {
    return this.#records.size;
  }

  /** A copy: a caller that changes it changes nothing here. */
  get(key) {
    const record = this.#records.get(key);
    if (record === undefined || this.#expired(record)) {
      return undefined;
    }
    return structuredClone(record.value);
  }

  expiresAt(key) {
    return this.#records.get(key)?.expiresAt;
  }

  keysIndexedBy(index) {
    return [...(this.#indexes.get(index) ?? [])];
  }

  /**
   * @param key        the record's name
   * @param value      any JSON value
   * @param indexes    further names under which the key can be looked up
   * @param expiresAt  epoch milliseconds, or undefined for a record that stays
   */
  put(key, value, { indexes = [], expiresAt } = {}) {
    return this.#append({ put: key, value, indexes, expiresAt });
  }

  delete(keys) {
    const present = keys.filter((key) => this.#records.has(key));
    return present.length === 0 ? Promise.resolve() : this.#append({ delete: present });
  }

  /** Waits for what is under way, then closes the log. */
  async close() {
    clearInterval(this.#sweeper);
    await this.#draining;
    await this.#file?.close();
    this.#file = undefined;
  }

  /** Memory first, so that two racing requests see each other's change; the promise settles when it is on disk. */
  #append(change) {
    if (this.#failure) {
      return Promise.reject(this.#failure);
    }
    // Frozen as text now: the caller may go on changing its object.
    const line = JSON.stringify(change);
    this.#apply(JSON.parse(line));
    return new Promise((resolve, reject) => {
      this.#pending.push({ line, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** One write and one sync serve everything that queued up during the previous ones. */
  async #drain() {
    // Lets every change of the current turn join the first batch.
    await undefined;
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await (this.#worthRewriting() ? this.#rewrite() : this.#write(batch.map(({ line }) => line)));
        batch.forEach(({ resolve }) => resolve());
      } catch (cause) {
        // Memory is now ahead of the disk: answering further requests would promise what a restart forgets.
        this.#failure = new Error(`Cannot write to ${join(this.#folder, LOG)}: ${cause.message}`, { cause });
        [...batch, ...this.#pending].forEach(({ reject }) => reject(this.#failure));
        this.#pending = [];
      }
    }
    this.#draining = undefined;
  }

  async #write(lines) {
    await this.#file.appendFile(`${lines.join('\n')}\n`);
    await this.#file.datasync();
    this.#lines += lines.length;
  }

  #worthRewriting() {
    return this.#lines > this.#smallLog && this.#lines > 4 * this.#records.size;
  }

  /** Replaces the log by one line per live record. The rename is the commit point: a crash leaves the old log or the new one. */
  async #rewrite() {
    this.#sweep();
    const path = join(this.#folder, LOG);
    const lines = [...this.#records].map(([key, record]) => JSON.stringify({ put: key, ...record }));
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      await file.appendFile(lines.map((line) => `${line}\n`).join(''));
      await file.sync();
      await rename(`${path}.new`, path);
      await syncFolder(this.#folder);
    } catch (failure) {
      await file.close();
      throw failure;
    }
    await this.#file?.close();
    this.#file = file;
    this.#lines = lines.length;
  }

  async #load() {
    const path = join(this.#folder, LOG);
    const text = await readFile(path, 'utf8').catch((failure) => {
      if (failure.code === 'ENOENT') {
        return '';
      }
      throw failure;
    });
    const lines = text.split('\n');
    // Whole lines end with a newline, so the piece after the last one is empty, or torn.
    const torn = lines.pop();
    const damaged = lines.findIndex((line) => !this.#replay(line));
    if (damaged >= 0) {
      await this.#setAside(path, [...lines.slice(damaged), torn].join('\n'), damaged + 1);
    }
  }

  #replay(line) {
    try {
      this.#apply(JSON.parse(line));
      return true;
    } catch {
      return false;
    }
  }

  async #setAside(path, rest, lineNumber) {
    const aside = `${path}.damaged-${this.#clock()}`;
    const file = await open(aside, 'w', 0o600);
    try {
      await file.appendFile(rest);
      await file.sync();
    } finally {
      await file.close();
    }
    this.#warn(`${path} is damaged from line ${lineNumber} on; went on with the lines before it and kept the rest in ${aside}.`);
  }

  #apply(change) {
    if (Array.isArray(change.delete)) {
      change.delete.forEach((key) => this.#forget(key));
      return;
    }
    if (typeof change.put !== 'string') {
      throw new TypeError('neither a put nor a delete');
    }
    const { put: key, value, indexes = [], expiresAt } = change;
    this.#forget(key);
    this.#records.set(key, { value, indexes, expiresAt });
    indexes.forEach((index) => {
      const keys = this.#indexes.get(index) ?? new Set();
      this.#indexes.set(index, keys.add(key));
    });
  }

  #forget(key) {
    this.#records.get(key)?.indexes.forEach((index) => {
      const keys = this.#indexes.get(index);
      keys.delete(key);
      if (keys.size === 0) {
        this.#indexes.delete(index);
      }
    });
    this.#records.delete(key);
  }

  #expired({ expiresAt }) {
    return expiresAt !== undefined && expiresAt <= this.#clock();
  }

  /** Needs no line in the log: the expiry is in the record's own line, so a restart forgets it as well. */
  #sweep() {
    for (const [key, record] of this.#records) {
      if (this.#expired(record)) {
        this.#forget(key);
      }
    }
  }
}

async function syncFolder(folder) {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
