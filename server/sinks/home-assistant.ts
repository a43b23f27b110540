import type { Alert, CameraView, CountsEvent } from '../realtime/events.js';

/** One retained message; an empty payload removes what was there. */
export interface Retained {
  readonly topic: string;
  readonly payload: string;
}

/** What is known of a camera. */
export interface HomeCamera {
  readonly camera: Pick<CameraView, 'id' | 'name' | 'status'>;
  /** Undefined before the first. */
  readonly counts: Pick<CountsEvent, 'inView' | 'complianceNow' | 'complianceToday'> | undefined;
  /** Alerts of this camera that last. */
  readonly alerts: readonly Alert[];
}

/** Topics of one sink. */
export interface HomeTopics {
  readonly topic: string;
  readonly discovery: boolean;
  readonly discoveryTopic: string;
}

/** Where a sink says whether the server is there: `online` or, also by last will, `offline`. */
export function availabilityTopic({ topic }: Pick<HomeTopics, 'topic'>): string {
  return `${topic}/status`;
}

/** The newest state of a camera, as JSON. */
export function stateMessage(topics: HomeTopics, { camera, counts, alerts }: HomeCamera): Retained {
  const { mask = 0, no_mask = 0, incorrect = 0, unknown = 0 } = counts?.inView ?? {};
  const state = {
    name: camera.name,
    people: mask + no_mask + incorrect + unknown,
    masked: mask,
    unmasked: no_mask,
    worn_wrong: incorrect,
    unknown,
    compliance: percent(counts?.complianceNow ?? null),
    compliance_today: percent(counts?.complianceToday ?? null),
    connected: camera.status.state === 'live' ? 'ON' : 'OFF',
    state: camera.status.state,
    alert: alerts.some(({ quiet }) => !quiet) ? 'ON' : 'OFF',
    alerts: alerts.map(({ ruleName, severity, zoneName }) => ({
      rule: ruleName,
      severity,
      zone: zoneName ?? null,
    })),
  };
  return { topic: stateTopic(topics, camera.id), payload: JSON.stringify(state) };
}

/**
 * What tells Home Assistant of a camera's entities (MQTT discovery): retained, one topic each, with availability.
 *
 * @param version of the server
 */
export function discoveryMessages(
  topics: HomeTopics,
  camera: HomeCamera['camera'],
  version: string,
): Retained[] {
  if (!topics.discovery) return [];
  const device = {
    identifiers: [objectId(topics, camera.id)],
    name: camera.name,
    manufacturer: 'Maskwatch',
    model: 'Camera',
    sw_version: version,
  };
  return entities.map(({ component, key, ...config }) => ({
    topic: discoveryTopic(topics, camera.id, component, key),
    payload: JSON.stringify({
      ...config,
      unique_id: objectId(topics, camera.id, key),
      object_id: objectId(topics, camera.id, key),
      state_topic: stateTopic(topics, camera.id),
      value_template: `{{ value_json.${key} }}`,
      availability_topic: availabilityTopic(topics),
      device,
    }),
  }));
}

/** Takes a camera and its entities out again. */
export function removalMessages(topics: HomeTopics, cameraId: string): Retained[] {
  return [
    ...(topics.discovery ? entities : []).map(({ component, key }) => ({
      topic: discoveryTopic(topics, cameraId, component, key),
      payload: '',
    })),
    { topic: stateTopic(topics, cameraId), payload: '' },
  ];
}

const measured = { state_class: 'measurement' } as const;
const entities = [
  {
    component: 'sensor',
    key: 'compliance',
    name: 'Mask compliance',
    icon: 'mdi:face-mask',
    unit_of_measurement: '%',
    ...measured,
  },
  { component: 'sensor', key: 'people', name: 'People', icon: 'mdi:account-group', ...measured },
  { component: 'sensor', key: 'unmasked', name: 'Unmasked', icon: 'mdi:account-alert', ...measured },
  {
    component: 'binary_sensor',
    key: 'connected',
    name: 'Connectivity',
    device_class: 'connectivity',
    entity_category: 'diagnostic',
  },
  { component: 'binary_sensor', key: 'alert', name: 'Alert', device_class: 'problem' },
] as const;

function stateTopic({ topic }: HomeTopics, cameraId: string): string {
  return `${topic}/cameras/${cameraId}`;
}

function discoveryTopic(topics: HomeTopics, cameraId: string, component: string, key: string): string {
  return `${topics.discoveryTopic}/${component}/${objectId(topics, cameraId, key)}/config`;
}

/** Letters, digits, `_` and `-`, as Home Assistant wants it; two servers on one broker differ by their topic. */
function objectId({ topic }: HomeTopics, ...parts: string[]): string {
  return [topic, ...parts].join('_').replaceAll(/[^a-zA-Z0-9_-]/g, '_');
}

/** Whole percent; null, which Home Assistant shows as unknown, where nobody's state is decided. */
function percent(share: number | null): number | null {
  return share === null ? null : Math.round(share * 100);
}
