// What other files put into the page, for the type check of our own browser modules.

interface Window {
  htmx: {
    process(element: Element): void;
    trigger(element: Element, event: string, detail?: unknown): void;
    ajax(method: string, path: string, context: object): Promise<void>;
    config: Record<string, unknown>;
  };
}

// What the server writes before the lines of a service worker, and what such a worker has of its surroundings.
declare const KEPT: { version: string; shell: string; page: string; files: string[]; flags: string };

interface DeskWorkerEvent extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
}

interface DeskWorker {
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: string, handler: (event: DeskWorkerEvent) => void): void;
}

// The desk, for its own parts: a type imported in one of them would make a circle of names with hashes.
type Desk = import("../src/summitry/foundation/static/summitry/js/desk.js").Desk;
