/** One way to look at a page. */
export interface Look {
  readonly device: 'desktop' | 'phone';
  readonly scheme: 'light' | 'dark';
}

/** Each page is shown in all of these. */
export const looks: readonly Look[] = [
  { device: 'desktop', scheme: 'light' },
  { device: 'desktop', scheme: 'dark' },
  { device: 'phone', scheme: 'light' },
  { device: 'phone', scheme: 'dark' },
];

/** The windows, in CSS pixels. */
export const windows = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const;

/** Where a picture lies, as docs/README.md names it. */
export function pictureName(scene: string, { device, scheme }: Look): string {
  return `pictures/${scene}-${device}-${scheme}.webp`;
}
