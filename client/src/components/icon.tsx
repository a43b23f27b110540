/** SVG path data in a 24 x 24 field, drawn as strokes. */
const paths = {
  plus: 'M12 5v14M5 12h14',
  webcam: 'M12 14a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM8 21h8M12 17v4',
  edit: 'M4 20h4L19 9l-4-4L4 16ZM13 7l4 4',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
  expand: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  shrink: 'M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5',
  zone: 'M5 7l13-2 2 11-9 4-6-4ZM5 7v.1M18 5v.1M20 16v.1M11 20v.1',
  keyboard: 'M3 6h18v12H3ZM7 10v.2M11 10v.2M15 10v.2M18 10v.2M7 14h9',
  back: 'M11 6l-6 6 6 6M5 12h14',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  globe:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9S9.5 5.6 12 3',
  device: 'M4 5h16v11H4ZM9 20h6M12 16v4',
  warning: 'M12 3.5 2.5 20.5h19ZM12 10v5M12 17.4v.4',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.6 1.6M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.6-1.6',
  bell: 'M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15L6 16ZM10 20.5h4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0',
  close: 'M6 6l12 12M18 6 6 18',
  history: 'M4 20V10M9 20V4M14 20v-7M19 20V8',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7Z',
  models: 'M12 3 3 8l9 5 9-5ZM3 12.5l9 5 9-5M3 17l9 5 9-5',
  picture: 'M4 5h16v14H4ZM4 16l5-5 4 4 2-2 5 4M15 9v.2',
  replay: 'M4 4v5h5M4.6 9A8 8 0 1 1 4 13M10.5 9.5l4.5 3-4.5 3Z',
  board: 'M3 4h18v12H3ZM8 20h8M12 16v4M8 12.5v-2M12 12.5v-5M16 12.5v-3',
  sliders:
    'M4 7h9M19 7h1M4 17h1M11 17h9M16 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 20a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  upload: 'M12 16V4M7 9l5-5 5 5M4 16v4h16v-4',
  menu: 'M4 6h16M4 12h16M4 18h16',
  bolt: 'M13 2 4 14h7l-1 8 9-12h-7Z',
  camera: 'M3 7h12v10H3ZM15 11l6-3.5v9L15 13',
} as const;

/** A named drawing. */
export type IconName = keyof typeof paths;

/** A drawing beside words; hidden from screen readers, who get the words. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
