import type {
  Alert,
  AlertEvent,
  CameraEvent,
  CameraView,
  CountsEvent,
  DurableEvents,
  DurableKind,
  Visit,
  VisitEvent,
  ZonesEvent,
} from '../../../server/realtime/events.js';
import { mergeVisits } from './visits.js';

/** What the server has told so far. Never changed in place: every event gives a new one. */
export interface LiveState {
  readonly cameras: ReadonlyMap<string, CameraView>;
  /** The newest counts of each camera. */
  readonly counts: ReadonlyMap<string, CountsEvent>;
  /** The newest visits of each camera, newest first, bounded. */
  readonly visits: ReadonlyMap<string, readonly Visit[]>;
  /** The newest figures of the zones of each camera that has any. */
  readonly zones: ReadonlyMap<string, ZonesEvent>;
  /** Alerts told of since the page was opened, and those that last; bounded, the oldest go first. */
  readonly alerts: ReadonlyMap<string, Alert>;
}

/** Alerts kept at most. */
const mostAlerts = 100;

/** A state read by REST. */
export interface Snapshot {
  readonly cameras: readonly CameraView[];
  readonly counts: readonly CountsEvent[];
  readonly zones: readonly ZonesEvent[];
  /** Those that last. */
  readonly alerts: readonly Alert[];
}

/** Before anything was read. */
export const emptyState: LiveState = {
  cameras: new Map(),
  counts: new Map(),
  visits: new Map(),
  zones: new Map(),
  alerts: new Map(),
};

/** Reducers for the durable events. Applying an event twice, as a replay may, changes nothing more. */
export const reducers: {
  readonly [K in DurableKind]: (state: LiveState, event: DurableEvents[K]) => LiveState;
} = {
  counts: applyCounts,
  visit: applyVisit,
  camera: applyCamera,
  zones: applyZones,
  alert: applyAlert,
};

/** Replaces everything but visits by a fresh reading; visits of cameras that still exist are kept. */
export function applySnapshot(state: LiveState, snapshot: Snapshot): LiveState {
  const cameras = new Map(snapshot.cameras.map((camera) => [camera.id, camera]));
  return {
    cameras,
    counts: new Map(snapshot.counts.map((event) => [event.cameraId, event])),
    visits: new Map([...state.visits].filter(([cameraId]) => cameras.has(cameraId))),
    zones: new Map(snapshot.zones.map((event) => [event.cameraId, event])),
    alerts: new Map(snapshot.alerts.map((alert) => [alert.alertId, alert])),
  };
}

/** Adds visits read by REST to those of a camera. */
export function addVisits(state: LiveState, cameraId: string, visits: readonly Visit[]): LiveState {
  const merged = mergeVisits(state.visits.get(cameraId) ?? [], visits);
  return { ...state, visits: new Map(state.visits).set(cameraId, merged) };
}

/** Puts a camera in its place, as after a change that this page made itself. */
export function putCamera(state: LiveState, camera: CameraView): LiveState {
  return { ...state, cameras: new Map(state.cameras).set(camera.id, camera) };
}

/** Takes a camera and all that is known of it out. */
export function dropCamera(state: LiveState, cameraId: string): LiveState {
  return {
    ...state,
    cameras: without(state.cameras, cameraId),
    counts: without(state.counts, cameraId),
    visits: without(state.visits, cameraId),
    zones: without(state.zones, cameraId),
  };
}

/** Puts an alert in its place, as after an acknowledgement that this page made itself. */
export function putAlert(state: LiveState, alert: Alert): LiveState {
  const alerts = new Map(state.alerts).set(alert.alertId, alert);
  for (const [alertId, { clearedAt }] of alerts) {
    if (alerts.size <= mostAlerts) break;
    if (clearedAt !== undefined) alerts.delete(alertId);
  }
  return { ...state, alerts };
}

function applyCounts(state: LiveState, event: CountsEvent): LiveState {
  const known = state.counts.get(event.cameraId);
  // A replay may bring counts that a reading by REST has overtaken.
  if (known && known.at > event.at) return state;
  return { ...state, counts: new Map(state.counts).set(event.cameraId, event) };
}

function applyVisit(state: LiveState, event: VisitEvent): LiveState {
  return addVisits(state, event.visit.cameraId, [event.visit]);
}

function applyCamera(state: LiveState, event: CameraEvent): LiveState {
  return event.change === 'removed' ? dropCamera(state, event.camera.id) : putCamera(state, event.camera);
}

function applyZones(state: LiveState, event: ZonesEvent): LiveState {
  const known = state.zones.get(event.cameraId);
  if (known && known.at > event.at) return state;
  return { ...state, zones: new Map(state.zones).set(event.cameraId, event) };
}

function applyAlert(state: LiveState, event: AlertEvent): LiveState {
  return putAlert(state, event.alert);
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
