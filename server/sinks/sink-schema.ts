import { z } from 'zod';
import type { SinkInput } from '../http/sink-api.js';
import { schemaOf } from '../openapi/schema-of.js';
import { reportLanguages } from './report-words.js';

const topic = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, 'must be letters, digits, _ and -, with / in between');
const mailAddress = z
  .string()
  .max(254)
  .regex(/^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+$/, 'must be an address such as guard@example.org');
const urlOf = (schemes: readonly string[]) =>
  z
    .string()
    .max(2048)
    .refine(
      (text) => {
        if (/[\p{Cc}\s\\]/u.test(text) || !URL.canParse(text)) return false;
        const { protocol, hostname, username, password } = new URL(text);
        return schemes.includes(protocol) && hostname !== '' && username === '' && password === '';
      },
      `must begin with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}, without user and password`,
    );

/** Settings of any kind of sink. */
export const sinkSettingsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), url: urlOf(['http:', 'https:']) }),
  z.strictObject({
    kind: z.literal('mqtt'),
    url: urlOf(['mqtt:', 'mqtts:', 'ws:', 'wss:']),
    username: z.string().min(1).max(200).exactOptional(),
    topic,
    discovery: z.boolean().describe('Whether Home Assistant is told of the cameras.'),
    discoveryTopic: topic,
    verifyCertificate: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('email'),
    host: z
      .string()
      .max(253)
      .regex(/^[A-Za-z0-9._-]+$|^[0-9a-fA-F:]+$/, 'must be the name or the address of a mail server'),
    port: z.int().min(1).max(65_535),
    security: z.enum(['none', 'starttls', 'tls']),
    username: z.string().min(1).max(200).exactOptional(),
    from: mailAddress,
    to: z.array(mailAddress).min(1, 'needs somebody').max(20),
    verifyCertificate: z.boolean(),
    dailyReport: z
      .strictObject({
        at: z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 07:00')
          .describe("By the server's wall clock."),
        language: z.enum(reportLanguages),
      })
      .exactOptional()
      .describe('Sends the report of the day before, once a day.'),
  }),
]);

/** The body of `POST /api/sinks`, `PUT /api/sinks/:id` and `POST /api/sinks/test`. */
export const sinkInput = schemaOf<SinkInput>()(
  z
    .strictObject({
      name: z
        .string()
        .trim()
        .min(1, 'must not be empty')
        .max(60)
        .regex(/^\P{Cc}*$/u, 'has control characters'),
      enabled: z.boolean(),
      settings: sinkSettingsSchema,
      secret: z
        .string()
        .max(500)
        .exactOptional()
        .describe('Never shown again. Absent keeps the stored one; empty removes it.'),
      sinkId: z.string().max(64).exactOptional().describe('In a test: whose stored secret to use.'),
    })
    .refine(({ settings, secret }) => settings.kind !== 'webhook' || !secret || secret.length >= 16, {
      path: ['secret'],
      message: 'must be at least 16 characters for a webhook',
    }),
);
