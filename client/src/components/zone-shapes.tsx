import type { ZoneInput } from '../../../server/http/zone-api.js';
import { useServices } from '../services.js';
import { nudged, withMiddle, withoutPoint, withPoint } from './zone-draft.js';

/** What becomes of a zone. Keys may come faster than pictures of them, so each change starts from the newest. */
export type ZoneChange = (zone: ZoneInput) => ZoneInput | undefined;

interface ZoneShapesProps {
  readonly zones: readonly ZoneInput[];
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Changes a zone; absent where nothing can be changed. `step` begins something that is undone as one. */
  readonly onChange?: ((index: number, change: ZoneChange, step: boolean) => void) | undefined;
}

/** Zones over a picture that fills its box as `object-fit: contain` does; with handles where they can be changed. */
export function ZoneShapes({ zones, width, height, onChange }: ZoneShapesProps) {
  const edited = onChange !== undefined;
  return (
    <svg
      class="zone-shapes"
      data-edited={edited}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid meet"
      aria-hidden={!edited}
    >
      {zones.map((zone, index) => {
        const points = zone.points.map(({ x, y }) => `${x * width},${y * height}`).join(' ');
        const [first] = zone.points;
        return (
          <g key={index} class="zone" data-kind={zone.kind}>
            {zone.kind === 'line' ? <polyline points={points} /> : <polygon points={points} />}
            {first && (
              <text x={first.x * width + 6} y={Math.max(18, first.y * height - 8)} font-size={height / 26}>
                {zone.name}
              </text>
            )}
            {onChange && (
              <Handles
                zone={zone}
                {...{ width, height }}
                onChange={(next, step) => onChange(index, next, step)}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

interface HandlesProps {
  readonly zone: ZoneInput;
  readonly width: number;
  readonly height: number;
  readonly onChange: (change: ZoneChange, step: boolean) => void;
}

/** A handle on each point, by pointer and keyboard, and one on each edge that makes a point. */
function Handles({ zone, width, height, onChange }: HandlesProps) {
  const t = useServices().strings.watch.zones;
  const radius = height / 45;
  const drag = (index: number) => (event: PointerEvent) => {
    const handle = event.currentTarget as SVGCircleElement;
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const matrix = handle.ownerSVGElement?.getScreenCTM()?.inverse();
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
            r={radius * 0.6}
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
          r={radius}
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
