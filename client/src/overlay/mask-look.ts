import type { MaskLabel } from '../../../models/mask-classifier.js';

/** How a state looks, on the video and off it: never by colour alone. */
export interface MaskLook {
  /** From the palette of Okabe and Ito, which stays apart for all common kinds of colour vision. */
  readonly colour: string;
  /** Colour of text and icon on `colour`; contrast at least 4.5:1. */
  readonly ink: string;
  /** Dash pattern of the box in CSS pixels; empty for an unbroken line. */
  readonly dash: readonly number[];
  /** SVG path data in a 24 x 24 field, drawn as a stroke. */
  readonly icon: string;
}

/** The look of each state. */
export const maskLooks: Readonly<Record<MaskLabel, MaskLook>> = {
  mask: {
    colour: '#0072b2',
    ink: '#ffffff',
    dash: [],
    icon: 'M12 2.5 4.5 5.5v6c0 4.7 3.1 8.2 7.5 10 4.4-1.8 7.5-5.3 7.5-10v-6ZM8.3 12.2l2.7 2.7 4.9-5.3',
  },
  no_mask: {
    colour: '#d55e00',
    ink: '#000000',
    dash: [10, 5],
    icon: 'M5.5 5.5l13 13M18.5 5.5l-13 13',
  },
  incorrect: {
    colour: '#f0e442',
    ink: '#000000',
    dash: [12, 4, 2, 4],
    icon: 'M12 3.5 2.5 20.5h19ZM12 10v5M12 17.4v.4',
  },
  unknown: {
    colour: '#b9bec4',
    ink: '#000000',
    dash: [2, 4],
    icon: 'M7.8 8.6a4.2 4.2 0 1 1 6.3 3.7c-1.4.8-2.1 1.6-2.1 3.2M12 19.3v.5',
  },
};

/** The states in the order in which they are listed everywhere. */
export const labelOrder: readonly MaskLabel[] = ['mask', 'no_mask', 'incorrect', 'unknown'];
