import { signal } from '@preact/signals';

/** What the user wants; `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const key = 'maskwatch.theme';

/** The look of the page, remembered by this browser. */
export class Theme {
  readonly #storage: Storage;
  readonly #root: HTMLElement;
  readonly choice = signal<ThemeChoice>('system');
  /** Grows with every change of the look, also the device's: canvases read their colours anew. */
  readonly revision = signal(0);

  /** Applies the remembered choice at once. */
  constructor(storage: Storage, root: HTMLElement, device: MediaQueryList) {
    this.#storage = storage;
    this.#root = root;
    device.addEventListener('change', () => (this.revision.value += 1));
    const stored = storage.getItem(key);
    if (stored === 'light' || stored === 'dark') this.choose(stored);
  }

  /** Changes the look and remembers it. */
  choose(choice: ThemeChoice): void {
    this.choice.value = choice;
    this.#storage.setItem(key, choice);
    if (choice === 'system') delete this.#root.dataset.theme;
    else this.#root.dataset.theme = choice;
    this.revision.value += 1;
  }
}
