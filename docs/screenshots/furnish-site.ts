import { readFile } from 'node:fs/promises';
import type { ReplayView } from '../../server/http/tryout-api.js';
import { ruleOf } from '../../test/helpers/alert-rules.js';
import { faceClip } from '../../test/helpers/media.js';
import type { ServerProcess } from '../../test/helpers/server-process.js';

/** What the scenes need to know of the furnished site. */
export interface Site {
  /** A clip that was uploaded and is being run twice, with other settings the second time. */
  readonly replayId: string;
}

const everywhere = { anchor: 'centre' } as const;

/** Gives a server without accounts cameras, zones, rules, somebody to tell, and a clip to replay. */
export async function furnishSite(server: ServerProcess): Promise<Site> {
  const clip = await faceClip({ seconds: 8, fps: 15, width: 1280, height: 720, people: 3 });
  const send = async <T>(method: string, path: string, body: unknown): Promise<T> => {
    const answer = await server.send(method, path, body);
    if (!answer.ok)
      throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  await send('POST', '/api/cameras', { id: 'entrance-hall', name: 'Entrance hall', url: clip, loop: true });
  await send('PUT', '/api/cameras/entrance-hall/zones', {
    zones: [
      {
        ...everywhere,
        ...{ id: 'desk', name: 'Desk', kind: 'area' },
        points: [
          { x: 0.04, y: 0.08 },
          { x: 0.64, y: 0.08 },
          { x: 0.64, y: 0.94 },
          { x: 0.04, y: 0.94 },
        ],
      },
      {
        ...everywhere,
        ...{ id: 'gate', name: 'Gate', kind: 'line' },
        points: [
          { x: 0.7, y: 0.06 },
          { x: 0.7, y: 0.94 },
        ],
      },
    ],
  });
  await send('PUT', '/api/onboarding', { step: 'zone', cameraId: 'entrance-hall' });
  await send('POST', '/api/sinks', {
    ...{ name: 'Guard room', enabled: true, secret: 'only in the pictures' },
    settings: { kind: 'webhook', url: 'https://alerts.example/maskwatch' },
  });
  const quietHours = { from: '20:00', to: '06:30', timeZone: 'Europe/Madrid' };
  const rules = [
    ruleOf({
      ...{ name: 'Masks at the desk', cameraId: 'entrance-hall', zoneId: 'desk', digestMinutes: 15 },
      condition: { kind: 'share-unmasked', share: 0.2, atLeastPeople: 4, windowSeconds: 300, forSeconds: 30 },
      quietHours,
    }),
    ruleOf({
      ...{ name: 'Hall is full', cameraId: 'entrance-hall', severity: 'info' },
      condition: { kind: 'occupancy', limit: 12, forSeconds: 60 },
    }),
    ruleOf({
      ...{ name: 'A camera is down', cameraId: '*', severity: 'critical' },
      condition: { kind: 'camera-down', forSeconds: 60 },
    }),
  ];
  for (const rule of rules) await send('POST', '/api/alert-rules', { ...rule, sinks: [] });
  return { replayId: await replayedClip(server, send) };
}

async function replayedClip(
  server: ServerProcess,
  send: (method: string, path: string, body: unknown) => Promise<unknown>,
): Promise<string> {
  const bytes = await readFile(await faceClip({ seconds: 4, people: 2 }));
  const answer = await fetch(`${server.url}/api/replays`, {
    method: 'POST',
    headers: { 'content-type': 'video/mp4' },
    body: new Uint8Array(bytes),
  });
  const { id } = (await answer.json()) as ReplayView;
  await send('POST', `/api/replays/${id}/runs`, {});
  await send('POST', `/api/replays/${id}/runs`, { fps: 5, frameSide: 320 });
  return id;
}
