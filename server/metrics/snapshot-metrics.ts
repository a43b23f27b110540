import type { DropReason } from '../analysis/messages.js';
import type { Reading } from './metric-sources.js';

/** One series: its labels and its value. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** A metric that is read at each scrape. */
export interface SnapshotMetric {
  readonly kind: 'gauge' | 'counter';
  /** Without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  read(reading: Reading): readonly Sample[];
}

/** Where in the way of a frame a reason belongs. */
const stageOf: Readonly<Record<DropReason, 'decode' | 'analysis'>> = {
  rate: 'analysis',
  stale: 'analysis',
  'decoder-full': 'decode',
  'no-keyframe': 'decode',
  undecodable: 'decode',
};

const one = (value: number | undefined): Sample[] => (value === undefined ? [] : [[{}, value]]);
const gauge = (
  name: string,
  help: string,
  read: (reading: Reading) => readonly Sample[],
  labels: string[] = [],
) => ({ kind: 'gauge', name, help, labels, read }) as const;
const counter = (
  name: string,
  help: string,
  read: (reading: Reading) => readonly Sample[],
  labels: string[] = [],
) => ({ kind: 'counter', name, help, labels, read }) as const;

/** The metrics that are read from the state of the server; base units, bounded labels, no secrets. */
export const snapshotMetrics: readonly SnapshotMetric[] = [
  gauge(
    'build_info',
    'Always 1; which build runs.',
    ({ sources }) => [
      [{ version: sources.version, node: process.versions.node, backend: sources.backend() ?? 'none' }, 1],
    ],
    ['version', 'node', 'backend'],
  ),
  gauge(
    'camera_up',
    '1 while the camera gives video.',
    ({ sources }) =>
      sources.cameras().map(({ id, status }) => [{ camera: id }, status.state === 'live' ? 1 : 0]),
    ['camera'],
  ),
  counter(
    'frames_received_total',
    'Pictures of the camera that reached analysis.',
    ({ sources }) => sources.cameras().map(({ id, frames }) => [{ camera: id }, frames.received]),
    ['camera'],
  ),
  counter(
    'frames_processed_total',
    'Pictures that went through the whole analysis.',
    ({ sources }) => sources.cameras().map(({ id, frames }) => [{ camera: id }, frames.processed]),
    ['camera'],
  ),
  counter(
    'frames_dropped_total',
    'Pictures that were not analysed; reason "rate" is what the configured rate leaves out.',
    ({ sources }) =>
      sources
        .cameras()
        .flatMap(({ id, frames }) =>
          (Object.keys(stageOf) as DropReason[]).map((reason): Sample => [
            { camera: id, stage: stageOf[reason], reason },
            frames.dropped[reason],
          ]),
        ),
    ['camera', 'stage', 'reason'],
  ),
  counter(
    'frames_lost_total',
    'Pictures that went into a decoder or a process and never came out.',
    ({ sources }) => sources.cameras().map(({ id, frames }) => [{ camera: id }, frames.lost]),
    ['camera'],
  ),
  gauge(
    'analysis_frames_per_second',
    'Pictures a second of the camera that there is time to analyse now.',
    ({ sources }) => sources.cameras().map(({ id, effort }) => [{ camera: id }, effort.effectiveFps]),
    ['camera'],
  ),
  counter(
    'frames_unmoved_total',
    'Analysed pictures that were not searched for faces, as nothing had moved.',
    ({ sources }) => sources.cameras().map(({ id, effort }) => [{ camera: id }, effort.unmoved]),
    ['camera'],
  ),
  counter(
    'faces_found_total',
    'Faces found in pictures; one person gives many.',
    ({ sources }) => sources.cameras().map(({ id, effort }) => [{ camera: id }, effort.faces]),
    ['camera'],
  ),
  counter(
    'faces_classified_total',
    'Faces found whose mask was looked at; the others were of people whose state was not in question.',
    ({ sources }) => sources.cameras().map(({ id, effort }) => [{ camera: id }, effort.classified]),
    ['camera'],
  ),
  gauge(
    'persons_in_view',
    'Confirmed people in view now.',
    ({ sources }) =>
      sources
        .countsNow()
        .flatMap(({ cameraId, inView }) =>
          Object.entries(inView).map(([label, count]): Sample => [{ camera: cameraId, label }, count]),
        ),
    ['camera', 'label'],
  ),
  gauge(
    'compliance_ratio',
    'mask / (mask + no_mask + incorrect); absent where nobody has a decided state.',
    ({ sources }) =>
      sources
        .countsNow()
        .flatMap(({ cameraId, complianceNow, complianceToday }) =>
          Object.entries({ now: complianceNow, today: complianceToday }).flatMap(
            ([window, ratio]): Sample[] => (ratio === null ? [] : [[{ camera: cameraId, window }, ratio]]),
          ),
        ),
    ['camera', 'window'],
  ),
  counter(
    'inference_worker_restarts_total',
    'Restarts of an analysis process.',
    ({ sources }) => sources.workers().map(({ restarts }, index) => [{ worker: String(index) }, restarts]),
    ['worker'],
  ),
  gauge(
    'inference_worker_up',
    '1 while the analysis process is ready.',
    ({ sources }) =>
      sources.workers().map(({ state }, index) => [{ worker: String(index) }, state === 'ready' ? 1 : 0]),
    ['worker'],
  ),
  gauge(
    'viewers',
    'Clients now: sockets for events, WebRTC sessions for video.',
    ({ sources }) => [
      [{ kind: 'events' }, sources.realtime().clients],
      [{ kind: 'video' }, sources.rtcSessions().whep],
    ],
    ['kind'],
  ),
  gauge('publishers', 'Browser webcams that send now.', ({ sources }) => one(sources.rtcSessions().whip)),
  counter(
    'viewer_frames_dropped_total',
    'Overlays that a client did not get: a newer one came, or it was gone.',
    ({ sources }) =>
      Object.entries(sources.realtime().frames.dropped).map(([reason, count]) => [{ reason }, count]),
    ['reason'],
  ),
  counter(
    'viewer_cutoffs_total',
    'Clients that were cut off.',
    ({ sources }) => Object.entries(sources.realtime().cutOff).map(([reason, count]) => [{ reason }, count]),
    ['reason'],
  ),
  gauge('ffmpeg_processes', 'Running ffmpegs of the server.', ({ ffmpegs }) => one(ffmpegs)),
  gauge('event_queue_length', 'Events that wait to be written.', ({ sources }) =>
    one(sources.journal().pendingEvents),
  ),
  counter('events_total', 'Events that were written.', ({ sources }) =>
    one(sources.journal().committedEvents),
  ),
  counter(
    'events_dropped_total',
    'Events given up because the disk refused writes for too long.',
    ({ sources }) => one(sources.journal().droppedEvents),
  ),
  counter('db_write_failures_total', 'Writes that the database refused.', ({ sources }) =>
    one(sources.journal().failedWrites),
  ),
  gauge('storage_free_bytes', 'Free on the disk of the data folder.', ({ disk }) => one(disk?.freeBytes)),
  gauge('storage_size_bytes', 'Size of the disk of the data folder.', ({ disk }) => one(disk?.sizeBytes)),
  gauge('evidence_pictures', 'Pictures that are kept with alerts.', ({ sources }) =>
    one(sources.evidence().pictures),
  ),
  gauge('evidence_bytes', 'Their size together.', ({ sources }) => one(sources.evidence().bytes)),
  counter('evidence_taken_total', 'Pictures that were kept with an alert.', ({ sources }) =>
    one(sources.evidence().taken),
  ),
  counter(
    'evidence_missed_total',
    'Pictures that an alert was to have and has not.',
    ({ sources }) =>
      Object.entries(sources.evidence().missed).map(([reason, count]): Sample => [{ reason }, count]),
    ['reason'],
  ),
  counter(
    'evidence_deleted_total',
    'Files of pictures that were deleted and seen to be gone.',
    ({ sources }) => one(sources.evidence().deleted),
  ),
  counter(
    'evidence_deletion_failures_total',
    'Times that a picture was still there after it was deleted.',
    ({ sources }) => one(sources.evidence().deletionFailures),
  ),
  counter('login_failures_total', 'Sign-ins with a wrong name or password.', ({ sources }) =>
    one(sources.loginFailures()),
  ),
  gauge(
    'config_reload_success_timestamp_seconds',
    'When the present configuration was read, in seconds of the epoch.',
    ({ sources }) => one(sources.config().readAt / 1000),
  ),
  gauge(
    'config_last_reload_successful',
    '1 while the configuration file is in force; 0 after a change of it that cannot be used.',
    ({ sources }) => one(sources.config().fileIsValid ? 1 : 0),
  ),
  gauge('event_loop_delay_p99_seconds', 'How late the event loop is, 99th percentile.', ({ sources }) =>
    one(sources.eventLoopP99Ms() / 1000),
  ),
];

/** Metrics of the process, under the names that all programs use for them. */
export const processMetrics: readonly SnapshotMetric[] = [
  gauge('process_resident_memory_bytes', 'Resident memory.', () => one(process.memoryUsage.rss())),
  counter('process_cpu_seconds_total', 'Processor time used.', () => {
    const { user, system } = process.cpuUsage();
    return one((user + system) / 1e6);
  }),
  gauge('process_start_time_seconds', 'When the process began, in seconds of the epoch.', () =>
    one(Math.round(performance.timeOrigin / 1000)),
  ),
  gauge('nodejs_heap_size_used_bytes', 'Used JavaScript heap.', () => one(process.memoryUsage().heapUsed)),
];
