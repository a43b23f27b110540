import type { Box } from '../../../models/image.js';
import type { MaskLabel } from '../../../models/mask-classifier.js';
import type { DrawnBox } from './drawn-box.js';
import { maskLooks } from './mask-look.js';
import type { Size } from './picture-rect.js';

/** What the drawing needs to know besides the boxes. */
export interface OverlayScene {
  /** Size of the canvas in CSS pixels. */
  readonly size: Size;
  /** Canvas pixels for one CSS pixel. */
  readonly pixelRatio: number;
  /** Where the picture lies on the canvas, in CSS pixels. */
  readonly picture: Box;
  /** The word for each state, in the user's language. */
  readonly words: Readonly<Record<MaskLabel, string>>;
}

const iconPx = 14;
const chipPx = 20;
const font = '600 12px system-ui, sans-serif';

/** Clears the canvas and draws the boxes on it. */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  scene: OverlayScene,
  boxes: readonly DrawnBox[],
): void {
  context.setTransform(scene.pixelRatio, 0, 0, scene.pixelRatio, 0, 0);
  context.clearRect(0, 0, scene.size.width, scene.size.height);
  if (scene.picture.width === 0) return;
  for (const drawn of boxes) {
    const place: Box = {
      x: scene.picture.x + drawn.box.x * scene.picture.width,
      y: scene.picture.y + drawn.box.y * scene.picture.height,
      width: drawn.box.width * scene.picture.width,
      height: drawn.box.height * scene.picture.height,
    };
    context.globalAlpha = Math.min(1, Math.max(0, drawn.alpha)) * (drawn.confirmed ? 1 : 0.55);
    strokeBox(context, place, drawn);
    if (drawn.confirmed) drawChip(context, scene, place, drawn);
  }
  context.globalAlpha = 1;
}

function strokeBox(context: CanvasRenderingContext2D, place: Box, drawn: DrawnBox): void {
  const look = maskLooks[drawn.label];
  context.lineJoin = 'round';
  context.beginPath();
  context.roundRect(place.x, place.y, place.width, place.height, 4);
  // A dark line beneath keeps the coloured one visible on a bright or like-coloured background.
  context.setLineDash([]);
  context.lineWidth = drawn.confirmed ? 4 : 2.5;
  context.strokeStyle = 'rgb(0 0 0 / 55%)';
  context.stroke();
  context.setLineDash([...look.dash]);
  context.lineWidth = drawn.confirmed ? 2.5 : 1.5;
  context.strokeStyle = look.colour;
  context.stroke();
  context.setLineDash([]);
}

/** Icon and word above the box, or inside it where there is no room above. */
function drawChip(context: CanvasRenderingContext2D, scene: OverlayScene, place: Box, drawn: DrawnBox): void {
  const look = maskLooks[drawn.label];
  context.font = font;
  const word = scene.words[drawn.label];
  const percent = ` ${Math.round(drawn.confidence * 100)} %`;
  const roomy = scene.picture.width >= 420 && drawn.label !== 'unknown';
  const text = roomy ? word + percent : word;
  const width = context.measureText(text).width + iconPx + 14;
  const rightmost = scene.picture.x + scene.picture.width - width;
  const x = Math.max(scene.picture.x, Math.min(place.x - 1, rightmost));
  const above = place.y - chipPx - 2;
  const y = above >= scene.picture.y ? above : Math.max(scene.picture.y, place.y + 2);
  context.beginPath();
  context.roundRect(x, y, width, chipPx, 4);
  context.fillStyle = look.colour;
  context.fill();
  context.save();
  context.translate(x + 4, y + (chipPx - iconPx) / 2);
  context.scale(iconPx / 24, iconPx / 24);
  context.lineWidth = 2.8;
  context.lineCap = 'round';
  context.strokeStyle = look.ink;
  context.stroke(new Path2D(look.icon));
  context.restore();
  context.fillStyle = look.ink;
  context.textBaseline = 'middle';
  context.fillText(text, x + iconPx + 9, y + chipPx / 2 + 0.5);
}
