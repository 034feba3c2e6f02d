// @ts-check
/**
 * What a desk keeps: everything that could say who somebody is, sealed with a key that never leaves this browser.
 * The log of scans is only ever added to; what the server answered stands beside it.
 */

const NAME = "summitry-desk";
const VERSION = 1;
const STORES = ["keys", "facts", "roster", "photos", "scans", "answers"];
const FLUSH = 2_000;
const LASTING = ["keys", "scans", "answers"];

/** @typedef {{ iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer }} Sealed */

export class Store {
  /** @param {IDBDatabase} base @param {CryptoKey} key */
  constructor(base, key) {
    this.base = base;
    this.key = key;
    this.flushing = 0;
  }

  /** Open the store, with its key; both are made at the first time. */
  static async open() {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name));
    const base = await done(asked);
    base.onversionchange = () => base.close();
    const kept = await done(base.transaction("keys").objectStore("keys").get("seal"));
    if (kept) return new Store(base, kept);
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const change = base.transaction("keys", "readwrite", { durability: "strict" });
    change.objectStore("keys").put(key, "seal");
    await finished(change);
    return new Store(base, key);
  }

  /** @param {BufferSource} bytes @returns {Promise<Sealed>} */
  async sealBytes(bytes) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, bytes) };
  }

  /** @param {Sealed} sealed */
  openBytes({ iv, data }) {
    return crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.key, data);
  }

  /** @param {unknown} value */
  seal(value) {
    return this.sealBytes(new TextEncoder().encode(JSON.stringify(value)));
  }

  /** @param {Sealed} sealed @returns {Promise<any>} */
  async unseal(sealed) {
    return JSON.parse(new TextDecoder().decode(await this.openBytes(sealed)));
  }

  /** @param {string} store @param {IDBValidKey} key @returns {Promise<any>} the value, or undefined */
  async get(store, key) {
    const sealed = await done(this.base.transaction(store).objectStore(store).get(key));
    return sealed && (await this.unseal(sealed));
  }

  /** @param {string} store @returns {Promise<Map<IDBValidKey, any>>} everything in it, by key */
  async all(store) {
    const objects = this.base.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]);
    const opened = await Promise.all(values.map((sealed) => this.unseal(sealed)));
    return new Map(keys.map((key, place) => [key, opened[place]]));
  }

  /** @param {string} store @returns {Promise<IDBValidKey[]>} */
  keys(store) {
    return done(this.base.transaction(store).objectStore(store).getAllKeys());
  }

  /** Write several values at once. @param {string} store @param {Iterable<[IDBValidKey, unknown]>} rows @param {boolean} [anew] without what was there */
  async put(store, rows, anew = false) {
    const sealed = await Promise.all([...rows].map(async ([key, value]) => /** @type {const} */ ([key, await this.seal(value)])));
    const change = this.base.transaction(store, "readwrite");
    if (anew) change.objectStore(store).clear();
    for (const [key, value] of sealed) change.objectStore(store).put(value, key);
    await finished(change);
  }

  /**
   * Add a row to a log; a number that is taken is refused. When this returns the row survives the end of the browser, however
   * it ends; a moment later it is on the disk and survives that of the device.
   * @param {string} store @param {number} number @param {unknown} value
   */
  async append(store, number, value) {
    const sealed = await this.seal(value);
    const change = this.base.transaction(store, "readwrite", { durability: "relaxed" });
    change.objectStore(store).add(sealed, number);
    await finished(change);
    this.flushing ||= window.setTimeout(() => this.flush(), FLUSH);
  }

  /** Whatever was written before is on the disk when this is. */
  flush() {
    this.flushing = 0;
    const change = this.base.transaction("keys", "readwrite", { durability: "strict" });
    change.objectStore("keys").put(Date.now(), "flushed");
  }

  /** @param {string} guest @param {ArrayBuffer} bytes */
  async putPhoto(guest, bytes) {
    const sealed = await this.sealBytes(bytes);
    const change = this.base.transaction("photos", "readwrite");
    change.objectStore("photos").put(sealed, guest);
    await finished(change);
  }

  /** @param {string} guest @returns {Promise<ArrayBuffer | null>} */
  async photo(guest) {
    const sealed = await done(this.base.transaction("photos").objectStore("photos").get(guest));
    return sealed ? this.openBytes(sealed) : null;
  }

  /** @param {string} store @param {Iterable<IDBValidKey>} keys */
  async remove(store, keys) {
    const change = this.base.transaction(store, "readwrite");
    for (const key of keys) change.objectStore(store).delete(key);
    await finished(change);
  }

  /** Forget who the guests are. With `all`, also the log and the key, so that nothing that was kept can be read again. @param {boolean} all */
  async wipe(all) {
    const names = STORES.filter((name) => all || !LASTING.includes(name));
    const change = this.base.transaction(names, "readwrite", { durability: "strict" });
    for (const name of names) change.objectStore(name).clear();
    await finished(change);
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} change @returns {Promise<void>} */
function finished(change) {
  return new Promise((resolve, reject) => {
    change.oncomplete = () => resolve();
    change.onerror = change.onabort = () => reject(change.error);
  });
}
