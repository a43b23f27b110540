import type { MaskLabel } from '../../../models/mask-classifier.js';
import { maskLooks } from '../overlay/mask-look.js';

/** The sign of a mask state: its icon on its colour, the same as on the video. The word stands beside it. */
export function StateSwatch({ label }: { readonly label: MaskLabel }) {
  return (
    <svg class={`swatch swatch-${label}`} viewBox="-3 -3 30 30" aria-hidden="true" focusable="false">
      <rect x="-2.5" y="-2.5" width="29" height="29" rx="7" />
      <path d={maskLooks[label].icon} />
    </svg>
  );
}
