/** Single keys, as in an operations room. Panels add theirs by `onKey`. */
export type KeyAction = (event: KeyboardEvent) => void;

const actions = new Map<string, KeyAction[]>();

/** Do something on a key (`event.key`); the newest action of a key wins. Returns how to undo it. */
export function onKey(key: string, action: KeyAction): () => void {
  const known = actions.get(key) ?? [];
  actions.set(key, [...known, action]);
  return () => {
    actions.set(key, (actions.get(key) ?? []).filter((other) => other !== action));
  };
}

/** Whether an element takes letters itself, so that single keys must not act. */
export function takesLetters(tag: string, type: string, editable: boolean): boolean {
  if (editable || tag === 'TEXTAREA' || tag === 'SELECT') return true;
  return tag === 'INPUT' && !['checkbox', 'radio', 'button', 'submit'].includes(type);
}

function act(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  // An open dialog has the keys to itself; the browser closes it by Escape.
  if (document.querySelector('dialog[open]') !== null) return;
  const at = event.target;
  if (event.key !== 'Escape' && at instanceof HTMLElement) {
    const type = at instanceof HTMLInputElement ? at.type : '';
    if (takesLetters(at.tagName, type, at.isContentEditable)) return;
    // Space presses a focused button or link; it must not also start the clock.
    if (event.key === ' ' && at.closest('button, a, summary, [role="button"]')) return;
  }
  const newest = actions.get(event.key)?.at(-1);
  if (newest) {
    event.preventDefault();
    newest(event);
  }
}

/** Listen for keys; call once at the start. */
export function listenToKeys(): void {
  addEventListener('keydown', act);
}
