/** Shown where there is no value: nobody decided is not 0 % and not 100 %. */
export const noValue = '–';

/**
 * @param ratio 0..1, or null for no value
 * @returns for example "87%" in English and "87 %" in German; never rounded up to 100 % or down to 0 %
 */
export function formatRatio(ratio: number | null, locale: string): string {
  if (ratio === null || Number.isNaN(ratio)) return noValue;
  let percent = Math.round(ratio * 100);
  if (percent === 100 && ratio < 1) percent = 99;
  if (percent === 0 && ratio > 0) percent = 1;
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(percent / 100);
}

/** A count with the locale's grouping. */
export function formatCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(count);
}

/** A number with one decimal at most, as for frames a second. */
export function formatDecimal(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}

/**
 * @param share 0..1
 * @returns with one decimal at most: "85.6%", for figures that are compared with each other
 */
export function formatShare(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
