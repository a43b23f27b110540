import type { ZoneInput } from '../../../server/http/zone-api.js';
import { useServices } from '../services.js';
import { nudged, withMiddle, withoutPoint, withPoint } from './zone-draft.js';

/** What becomes of a zone. Keys may come faster than pictures of them, so each change starts from the newest. */
export type ZoneChange = (zone: ZoneInput) => ZoneInput | undefined;

/** In CSS pixels: large enough for a finger together with what lies around it. */
const pointRadius = 10;
const middleRadius = 7;

interface ZoneHandlesProps {
  readonly zone: ZoneInput;
  /** Of the picture, in the units of the drawing. */
  readonly width: number;
  readonly height: number;
  readonly onChange: (change: ZoneChange, step: boolean) => void;
}

/** A handle on each point, by pointer and keyboard, and one on each edge that makes a point. */
export function ZoneHandles({ zone, width, height, onChange }: ZoneHandlesProps) {
  const t = useServices().strings.watch.zones;
  const drag = (index: number) => (event: PointerEvent) => {
    const handle = event.currentTarget as SVGCircleElement;
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const matrix = handle.getScreenCTM()?.inverse();
    if (!matrix) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    onChange((now) => withPoint(now, index, at.x / width, at.y / height), false);
  };
  const press = (index: number) => (event: KeyboardEvent) => {
    const step = event.shiftKey ? 0.002 : 0.02;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const move = moves[event.key];
    if (move) onChange((now) => nudged(now, index, move), true);
    else if (event.key === 'Delete' || event.key === 'Backspace')
      onChange((now) => withoutPoint(now, index), true);
    else return;
    event.preventDefault();
  };
  const middles = zone.kind === 'line' || zone.points.length >= 32 ? [] : zone.points;
  return (
    <>
      {middles.map((a, index) => {
        const b = zone.points[(index + 1) % zone.points.length] ?? a;
        const insert = () => onChange((now) => withMiddle(now, index), true);
        return (
          <circle
            key={`middle ${index}`}
            class="zone-middle"
            cx={((a.x + b.x) / 2) * width}
            cy={((a.y + b.y) / 2) * height}
            r={middleRadius}
            role="button"
            tabindex={0}
            aria-label={t.addPoint(zone.name, index + 1)}
            onClick={insert}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === ' ') insert();
            }}
          />
        );
      })}
      {zone.points.map(({ x, y }, index) => (
        <circle
          key={`point ${index}`}
          class="zone-point"
          cx={x * width}
          cy={y * height}
          r={pointRadius}
          role="button"
          tabindex={0}
          aria-label={t.point(zone.name, index + 1, Math.round(x * 100), Math.round(y * 100))}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            onChange((now) => now, true);
          }}
          onPointerMove={drag(index)}
          onKeyDown={press(index)}
        />
      ))}
    </>
  );
}
