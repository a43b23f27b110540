/**
 * The address that a session description's `a=control` gives. As players do it: what is no whole address is put behind the base,
 * without regard to slashes in it.
 */
export function resolveControl(base: string, control: string): string {
  if (isRtspAddress(control)) return control;
  if (control === '*' || control === '') return base;
  const plain = control.replaceAll(/[\s\p{Cc}]/gu, '');
  return base.endsWith('/') ? base + plain : `${base}/${plain}`;
}

/** Whether a text is a whole RTSP address that may stand in a request. */
export function isRtspAddress(text: string): boolean {
  return /^rtsps?:\/\/[^\s\p{Cc}]+$/iu.test(text);
}
