import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { useServices } from '../services.js';
import { Icon } from './icon.js';

interface ModalProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal dialog on the browser's own `<dialog>`: it traps the focus, closes on Escape and gives the focus back. */
export function Modal({ title, onClose, children }: ModalProps) {
  const { strings } = useServices();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // In the same step as the dialog comes and goes: whoever types on meanwhile must not lose a key.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      // Behind an open dialog nothing takes the focus.
      shown?.close();
      if (opener instanceof HTMLElement) opener.focus();
      // Where what opened it goes together with it, the keyboard goes on at the beginning of the page.
      queueMicrotask(() => {
        if (opener?.isConnected !== true) document.querySelector('main')?.focus();
      });
    };
  }, []);
  // The browser tells of a close only some time after it: a key that opens it again meanwhile would be lost. So what
  // may be prevented is taken in hand at once; the rest, a second Escape in a row, the browser does by itself.
  const cancel = (event: Event): void => {
    // A file chooser inside tells of its own end by the same name.
    if (event.target !== dialog.current) return;
    event.preventDefault();
    onClose();
  };
  // Not the one that comes late, of our own close when it was taken away.
  const close = (): void => {
    if (dialog.current !== null) onClose();
  };
  return (
    <dialog ref={dialog} class="modal" aria-labelledby={titleId} onCancel={cancel} onClose={close}>
      <header>
        <h2 id={titleId}>{title}</h2>
        <button type="button" class="icon-button" aria-label={strings.form.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
