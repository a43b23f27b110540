import type { MaskLabel } from '../../../models/mask-classifier.js';
import { formatShare } from '../format/numbers.js';
import { useServices } from '../services.js';

interface ShareBarProps {
  readonly name: string;
  /** 0..1 */
  readonly share: number;
  /** Whose colour the bar has. */
  readonly look: MaskLabel;
}

/** A share as a bar with its name before and its value behind: one pair of a list of definitions. */
export function ShareBar({ name, share, look }: ShareBarProps) {
  const { locale } = useServices();
  return (
    <div class="share-bar">
      <dt>{name}</dt>
      <dd>
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <rect class="share-bar-ground" width="100" height="8" />
          <rect class={`share-bar-${look}`} width={100 * share} height="8" />
        </svg>
        <span>{formatShare(share, locale)}</span>
      </dd>
    </div>
  );
}
