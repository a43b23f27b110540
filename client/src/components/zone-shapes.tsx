import { useId } from 'preact/hooks';
import type { Box } from '../../../models/image.js';
import type { ZoneInput } from '../../../server/http/zone-api.js';
import { forwardArrow, labelPlace } from '../overlay/zone-marks.js';
import { type ZoneChange, ZoneHandles } from './zone-handles.js';

/** What a zone shows beside its outline. */
export interface ZoneLook {
  /** Short figures behind its name. */
  readonly figure?: string | undefined;
  /** Somebody is inside. */
  readonly occupied: boolean;
  /** An alert of it lasts. */
  readonly alerted: boolean;
}

interface ZoneShapesProps {
  readonly zones: readonly ZoneInput[];
  /** Where the picture lies, in CSS pixels of the stage. */
  readonly picture: Box;
  /** How each looks now; plain where absent. */
  readonly lookOf?: ((zone: ZoneInput) => ZoneLook) | undefined;
  /** Changes a zone; absent where nothing can be changed. `step` begins something that is undone as one. */
  readonly onChange?: ((index: number, change: ZoneChange, step: boolean) => void) | undefined;
}

/** Zones over a picture: outlines, lines with their forward direction, hatched privacy areas; with handles where they can be changed. */
export function ZoneShapes({ zones, picture, lookOf, onChange }: ZoneShapesProps) {
  const hatch = useId();
  const { width, height } = picture;
  if (width === 0 || zones.length === 0) return null;
  return (
    <svg class="zone-shapes" data-edited={onChange !== undefined} aria-hidden={onChange === undefined}>
      <defs>
        <pattern id={hatch} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="hatch-ground" width="8" height="8" />
          <rect class="hatch-stripe" width="3" height="8" />
        </pattern>
      </defs>
      <g transform={`translate(${picture.x} ${picture.y})`}>
        {zones.map((zone, index) => {
          const points = zone.points.map(({ x, y }) => ({ x: x * width, y: y * height }));
          const outline = points.map(({ x, y }) => `${x},${y}`).join(' ');
          const look = lookOf?.(zone);
          const at = labelPlace(points);
          return (
            <g
              key={zone.id ?? index}
              class="zone"
              data-kind={zone.kind}
              data-occupied={look?.occupied}
              data-alerted={look?.alerted}
            >
              {zone.kind === 'area' && <polygon points={outline} />}
              {zone.kind === 'privacy' && <polygon points={outline} fill={`url(#${hatch})`} />}
              {zone.kind === 'line' && (
                <>
                  <polyline points={outline} />
                  <path class="zone-arrow" d={forwardArrow(points)} />
                </>
              )}
              <text x={at.x} y={at.y}>
                {look?.alerted === true && '⚠ '}
                {zone.name}
                {look?.figure !== undefined && ` · ${look.figure}`}
              </text>
              {onChange && (
                <ZoneHandles
                  zone={zone}
                  {...{ width, height }}
                  onChange={(next, step) => onChange(index, next, step)}
                />
              )}
            </g>
          );
        })}
      </g>
    </svg>
  );
}
