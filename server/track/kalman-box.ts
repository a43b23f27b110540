import type { Box } from '../../models/image.js';

/** One coordinate that moves with near-constant velocity: its mean and the covariance of (position, velocity). */
interface Coordinate {
  position: number;
  velocity: number;
  pp: number;
  pv: number;
  vv: number;
}

/**
 * Standard deviations as parts of the box's height. Measurement: a detector's box of one face trembles by a few percent.
 * Acceleration: a face may change its speed by two of its own heights a second within a second.
 */
const measurementNoise = 0.05;
const accelerationNoise = 2;
/** A face's size changes far more slowly than its place. */
const sizeAccelerationNoise = 0.5;
/** How fast a face may move when it is first seen, in heights a second. */
const firstVelocityNoise = 2;

/**
 * A constant-velocity Kalman filter for a box: centre, width and height are four independent coordinates, each with its
 * velocity, as in SORT (Bewley et al., 2016) but over real seconds, so that frames may come at any intervals.
 */
export class KalmanBox {
  readonly #coordinates: readonly [Coordinate, Coordinate, Coordinate, Coordinate];

  /** @param box the first measurement, in pixels */
  constructor(box: Box) {
    const scale = box.height;
    const [cx, cy, width, height] = measured(box);
    this.#coordinates = [
      first(cx, scale, firstVelocityNoise),
      first(cy, scale, firstVelocityNoise),
      first(width, scale, sizeAccelerationNoise),
      first(height, scale, sizeAccelerationNoise),
    ];
  }

  /** Moves the state `seconds` ahead; nothing happens for zero or less. */
  predict(seconds: number): void {
    if (seconds <= 0) return;
    const scale = this.#scale();
    this.#coordinates.forEach((coordinate, index) => {
      const noise = (index < 2 ? accelerationNoise : sizeAccelerationNoise) * scale;
      advance(coordinate, seconds, noise * noise);
    });
  }

  /** Takes in a measured box at the time of the last prediction. */
  update(box: Box): void {
    const noise = measurementNoise * this.#scale();
    const values = measured(box);
    this.#coordinates.forEach((coordinate, index) => correct(coordinate, values[index] ?? 0, noise * noise));
  }

  /** Forgets the speed: for a face out of sight, of which nobody knows whether it goes on. */
  stop(): void {
    for (const coordinate of this.#coordinates) coordinate.velocity = 0;
  }

  /** The box as believed now; never without area. */
  box(): Box {
    const [cx, cy, w, h] = this.#coordinates;
    const width = Math.max(w.position, 1);
    const height = Math.max(h.position, 1);
    return { x: cx.position - width / 2, y: cy.position - height / 2, width, height };
  }

  #scale(): number {
    return Math.max(this.#coordinates[3].position, 1);
  }
}

function measured(box: Box): readonly [number, number, number, number] {
  return [box.x + box.width / 2, box.y + box.height / 2, box.width, box.height];
}

function first(position: number, scale: number, velocityNoise: number): Coordinate {
  return {
    position,
    velocity: 0,
    pp: (measurementNoise * scale) ** 2,
    pv: 0,
    vv: (velocityNoise * scale) ** 2,
  };
}

/** Prediction with white acceleration noise of the given variance (Bar-Shalom et al., 2001, section 6.2.2). */
function advance(c: Coordinate, dt: number, variance: number): void {
  c.position += c.velocity * dt;
  c.pp += dt * (2 * c.pv + dt * c.vv) + (variance * dt ** 3) / 3;
  c.pv += dt * c.vv + (variance * dt ** 2) / 2;
  c.vv += variance * dt;
}

/** Correction by a measured position of the given variance. */
function correct(c: Coordinate, value: number, variance: number): void {
  const total = c.pp + variance;
  const gainPosition = c.pp / total;
  const gainVelocity = c.pv / total;
  const innovation = value - c.position;
  c.position += gainPosition * innovation;
  c.velocity += gainVelocity * innovation;
  c.vv -= gainVelocity * c.pv;
  c.pv *= 1 - gainPosition;
  c.pp *= 1 - gainPosition;
}
