import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { parseCertificateRule } from '../../streams/relay/certificate-rule.js';

const port = z.int().min(0).max(65535);

function isAddressOrRange(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
}

const cameraId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes, at most 40');

/** One camera of the configuration file; the dashboard adds more, kept in the database. */
const camera = z.strictObject({
  id: cameraId.describe('Stable name in addresses and events'),
  name: z.string().trim().min(1).max(80).describe('Shown on the dashboard; the id where absent').optional(),
  url: z.string().min(1).max(2048).describe('rtsp://, rtsps://, http://, https://, a path, or webcam:'),
  transport: z.enum(['tcp', 'udp']).describe('How RTSP carries the video').optional(),
  certificate: z
    .string()
    .refine(
      (text) => parseCertificateRule(text) !== undefined,
      'must be verified, any, or sha256: and 64 hexadecimal digits',
    )
    .describe('Over TLS: verified (default), sha256:… for one certificate, or any: no impostor is kept out')
    .optional(),
  loop: z.boolean().describe('Start a file again at its end').optional(),
  fps: z.number().min(0.2).max(30).describe('Frames a second to analyse, at most').optional(),
  group: z.string().trim().max(40).describe('Name that cameras of one place share on the wall').optional(),
});

/** A record's age in days, after which it is deleted. */
const keptDays = z.int().min(1).max(36_500);

const iceServer = z.strictObject({
  urls: z.array(z.string().regex(/^(stun|turns?):/, 'must begin with stun:, turn: or turns:')).min(1),
  username: z.string().optional(),
  credential: z.string().optional(),
});

/**
 * The one description of the configuration: types, defaults, rules and the comments of `config.example.yaml`.
 * Keys are camelCase; unknown keys are refused.
 */
export const configSchema = z.strictObject({
  server: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
      port: port.default(8080).describe('TCP port of dashboard, API and events; 0 takes a free one'),
      allowedHosts: z
        .array(z.string())
        .default([])
        .describe('More values of the Host header to accept, for example behind a proxy'),
      tls: z
        .strictObject({
          certFile: z.string().min(1).describe('Certificate with those of its issuers, PEM'),
          keyFile: z.string().min(1).describe('Its private key, PEM'),
        })
        .optional()
        .describe('Serve HTTPS; renewed files are taken up while the server runs'),
      trustedProxies: z
        .array(z.string().refine(isAddressOrRange, 'must be an address or a range such as 10.0.0.0/8'))
        .default([])
        .describe('Addresses and ranges of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed'),
    })
    .prefault({}),
  dataDir: z.string().default('data').describe('Folder of the database, relative to the working directory'),
  log: z
    .strictObject({
      level: z
        .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
        .default('info')
        .describe('The least that is logged: trace, debug, info, warn, error or silent'),
    })
    .prefault({}),
  analysis: z
    .strictObject({
      processes: z.int().min(0).max(64).default(0).describe('Analysis processes; 0 means one for each core'),
      threads: z.int().min(1).max(64).default(1).describe('Threads of TensorFlow in each of them'),
      detector: z
        .string()
        .default('maskwatch-h')
        .describe('Face detector: maskwatch-h, face-api-ssd or face-api-tiny'),
      minScore: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe('Least score of a face; the detector has its own default'),
      classifier: z
        .string()
        .default('mobilenet-v2-cut')
        .describe('Mask classifier to begin with; what is chosen later (maskwatch models) wins'),
      frameSide: z
        .int()
        .min(128)
        .max(1920)
        .default(640)
        .describe('Long side in pixels of the frames analysed'),
      fps: z
        .number()
        .min(0.2)
        .max(30)
        .default(10)
        .describe('Frames a second to analyse where a camera does not say'),
    })
    .prefault({}),
  webrtc: z
    .strictObject({
      iceServers: z.array(iceServer).default([]).describe('STUN and TURN servers; none are needed on a LAN'),
      portRange: z
        .tuple([port, port])
        .refine(([low, high]) => low <= high, 'the first port must not be above the second')
        .optional()
        .describe('UDP ports for media, for firewalls'),
      hostAddresses: z
        .array(z.string())
        .default([])
        .describe('More addresses to offer, for example the public one'),
      playoutDelayMs: z
        .int()
        .min(0)
        .max(2000)
        .default(250)
        .describe('How long viewers hold the picture back so that its boxes are there'),
    })
    .prefault({}),
  retention: z
    .strictObject({
      visitDays: keptDays.default(90).describe("Days that people's stays are kept, one row each"),
      minuteDays: keptDays.default(35).describe('Days that counts by the minute are kept'),
      hourDays: keptDays.default(800).describe('Days that counts by the hour are kept'),
      dayDays: keptDays.default(3650).describe('Days that counts by the day are kept'),
      alertDays: keptDays.default(400).describe('Days that alerts are kept'),
    })
    .prefault({}),
  site: z
    .strictObject({
      name: z
        .string()
        .trim()
        .max(120)
        .default('')
        .describe('Who runs the cameras; on the notice and on reports'),
      purpose: z.string().trim().max(500).default('').describe('What the counting is for; on the notice'),
      contact: z.string().trim().max(200).default('').describe('Whom people may ask; on the notice'),
    })
    .prefault({}),
  privacy: z
    .strictObject({
      countsOnly: z
        .boolean()
        .default(false)
        .describe('Every camera only counts: no video, no boxes, no stays, no pictures, nothing but numbers'),
      countsOnlyCameras: z
        .array(cameraId)
        .max(256)
        .default([])
        .describe('Ids of cameras that only count, where not all of them do'),
    })
    .prefault({}),
  evidence: z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe('Keep one picture of the moment with alerts whose rule asks for it'),
      everyAlert: z.boolean().default(false).describe('Also with alerts whose rule does not ask for it'),
      blur: z.boolean().default(true).describe('Make faces unrecognisable before a picture touches the disk'),
      keepHours: z.int().min(1).max(720).default(24).describe('Hours after which a picture is deleted'),
      maxPictures: z
        .int()
        .min(1)
        .max(10_000)
        .default(500)
        .describe('Pictures kept at most; of more, the oldest are deleted'),
      maxMegabytes: z.int().min(1).max(10_000).default(200).describe('Their size together at most'),
    })
    .prefault({}),
  cameras: z
    .array(camera)
    .max(256)
    .default([])
    .describe('Cameras that are always there. The dashboard can add more; those live in the database'),
});

/** The whole configuration, defaults filled in. */
export type Config = z.output<typeof configSchema>;

/** One camera of the configuration file. */
export type ConfigCamera = Config['cameras'][number];

/**
 * The keys below a path of the configuration, with their schemas: `[]` for the top, `['cameras', 0]` for one camera.
 *
 * @returns undefined where the path leads to a plain value
 */
export function shapeOf(path: readonly PropertyKey[]): Readonly<Record<string, z.ZodType>> | undefined {
  let schema: unknown = configSchema;
  for (const key of path) {
    const inner = unwrap(schema);
    if (inner instanceof z.ZodArray) schema = inner.element;
    else if (inner instanceof z.ZodObject) schema = inner.shape[String(key)];
    else return undefined;
  }
  const last = unwrap(schema);
  return last instanceof z.ZodObject ? last.shape : undefined;
}

/** The schema inside its defaults and its optionality. */
function unwrap(schema: unknown): unknown {
  const wrapped =
    schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault || schema instanceof z.ZodOptional;
  return wrapped ? unwrap(schema.unwrap()) : schema;
}
