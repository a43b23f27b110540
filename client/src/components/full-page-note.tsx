import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

interface FullPageNoteProps {
  readonly icon?: IconName;
  /** Turns instead of an icon: something is under way. */
  readonly busy?: boolean;
  /** Nothing else stands on the page: the title is the heading of the page. */
  readonly whole?: boolean;
  readonly title: string;
  readonly text?: string | undefined;
  /** What can be done about it. */
  readonly children?: ComponentChildren;
}

/** A view that has nothing else to show: empty, loading, failed, not found. */
export function FullPageNote({
  icon = 'camera',
  busy = false,
  whole = false,
  title,
  text,
  children,
}: FullPageNoteProps) {
  return (
    <section class="page-note" aria-busy={busy}>
      {busy ? <span class="spinner" aria-hidden="true" /> : <Icon name={icon} />}
      {whole ? <h1>{title}</h1> : <h2>{title}</h2>}
      {text !== undefined && <p>{text}</p>}
      {children !== undefined && <div class="page-note-actions">{children}</div>}
    </section>
  );
}
