import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Box } from '../../../models/image.js';
import { containedRect, type Size } from '../overlay/picture-rect.js';

/**
 * Where the picture lies on its stage, in CSS pixels: by the same rule as the boxes of the overlay, so that what is drawn in it
 * lies exactly where they do.
 *
 * @param told size of the camera's picture, for as long as the video has not told its own
 */
export function usePictureRect(
  stage: RefObject<HTMLElement | null>,
  video: RefObject<HTMLVideoElement | null>,
  told: Size,
): Box {
  const { width, height } = told;
  const [rect, setRect] = useState<Box>({ x: 0, y: 0, width: 0, height: 0 });
  useEffect(() => {
    const element = stage.current;
    const picture = video.current;
    if (!element || !picture) return undefined;
    const measure = (): void => {
      const size = { width: element.clientWidth, height: element.clientHeight };
      const own = { width: picture.videoWidth, height: picture.videoHeight };
      setRect(containedRect(size, own.width > 0 ? own : { width, height }));
    };
    const resizing = new ResizeObserver(measure);
    resizing.observe(element);
    picture.addEventListener('resize', measure);
    measure();
    return () => {
      resizing.disconnect();
      picture.removeEventListener('resize', measure);
    };
  }, [stage, video, width, height]);
  return rect;
}
