// What other files put into the page, for the type check of our own browser modules.

interface Window {
  htmx: {
    process(element: Element): void;
    trigger(element: Element, event: string, detail?: unknown): void;
    ajax(method: string, path: string, context: object): Promise<void>;
    config: Record<string, unknown>;
  };
}
