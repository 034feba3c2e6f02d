// @ts-check
/**
 * The line to the server. Whether there is one is told by answers alone: a browser that calls itself online may be
 * talking to nobody. Nobody waits for the line; what it brings is added to what the desk knows already.
 */

const ROOT = "/api/v1/gates/";
const PATIENCE = 10_000;
const LONG = 120_000;

/** No answer came that could be the server's. */
export class NoLine extends Error {}

/** The server said no. */
export class Refused extends Error {
  /** @param {number} status @param {{ type?: string, detail?: string }} problem */
  constructor(status, problem) {
    super(problem.detail ?? String(status));
    this.status = status;
    this.type = problem.type ?? "";
  }
}

export class Link {
  /** @param {string} language of what the server says to people */
  constructor(language) {
    this.language = language;
    /** @type {{ id: string | number, key: string } | null} */ this.device = null;
    /** @type {boolean | null} */ this.isUp = null;
    /** @type {() => void} */ this.onchange = () => {};
    /** @type {() => void} */ this.onrevoked = () => {};
  }

  /** @param {string} path @param {object} [body] @param {number} [patience] @returns {Promise<any>} */
  async ask(path, body, patience = PATIENCE) {
    const answer = await this.fetch(path, body, patience);
    try {
      return answer.status === 204 ? null : await answer.json();
    } catch {
      throw this.lost();
    }
  }

  /** @param {string} path @param {object} [body] @param {number} [patience] */
  async fetch(path, body, patience = PATIENCE) {
    const headers = new Headers({ Accept: "application/json", "Accept-Language": this.language });
    if (this.device) headers.set("Authorization", `Device ${this.device.id}.${this.device.key}`);
    if (body) headers.set("Content-Type", "application/json");
    let answer;
    try {
      answer = await fetch(ROOT + path, {
        method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), cache: "no-store", credentials: "omit",
        redirect: "error", signal: AbortSignal.timeout(patience),
      });
    } catch {
      throw this.lost();
    }
    if (answer.ok) this.become(true);
    else await this.refused(answer);
    return answer;
  }

  /** The whole roster, with how far it has come. @param {string} path @param {(share: number | null) => void} tell @returns {Promise<any>} */
  async load(path, tell) {
    const answer = await this.fetch(path, undefined, LONG);
    const whole = answer.headers.has("Content-Encoding") ? 0 : Number(answer.headers.get("Content-Length"));
    const chunks = [];
    let read = 0;
    try {
      for (const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (answer.body).getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) break;
        chunks.push(value);
        read += value.length;
        tell(whole ? read / whole : null);
      }
      return JSON.parse(await new Blob(chunks).text());
    } catch {
      throw this.lost();
    }
  }

  /** An error page of somebody in between is no answer of ours. @param {Response} answer @returns {Promise<never>} */
  async refused(answer) {
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/problem+json");
    if (!isOurs && answer.status !== 500) throw this.lost();
    const problem = isOurs ? await answer.json().catch(() => ({})) : {};
    this.become(true);
    if (answer.status === 401 && this.device) this.onrevoked();
    throw new Refused(answer.status, problem);
  }

  lost() {
    this.become(false);
    return new NoLine();
  }

  /** @param {boolean} isUp */
  become(isUp) {
    const isNew = this.isUp !== isUp;
    this.isUp = isUp;
    if (isNew) this.onchange();
  }
}
