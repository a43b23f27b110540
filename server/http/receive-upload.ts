import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ProblemError } from './problem-error.js';

/** What a handler takes as an upload. */
export interface UploadRule {
  /** Media types without parameters. */
  readonly types: readonly string[];
  readonly maxBytes: number;
}

/**
 * Reads an upload into memory.
 *
 * @throws ProblemError 415 for another type, 413 for too many bytes, 400 for none
 */
export async function receiveBytes(request: IncomingMessage, rule: UploadRule): Promise<Buffer> {
  checkHead(request, rule);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > rule.maxBytes) throw tooLarge(rule);
    chunks.push(chunk);
  }
  if (length === 0) throw new ProblemError(400, 'empty-upload', 'There is nothing in the body.');
  return Buffer.concat(chunks);
}

/**
 * Writes an upload to a file that only this user can read; the disk sets the pace.
 *
 * @throws ProblemError as `receiveBytes`; what was written stays for the caller to delete
 */
export async function receiveFile(request: IncomingMessage, path: string, rule: UploadRule): Promise<void> {
  checkHead(request, rule);
  let length = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > rule.maxBytes) done(tooLarge(rule));
      else done(null, chunk);
    },
  });
  await pipeline(request, counted, createWriteStream(path, { mode: 0o600 }));
  if (length === 0) throw new ProblemError(400, 'empty-upload', 'There is nothing in the body.');
}

function checkHead({ headers }: IncomingMessage, rule: UploadRule): void {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!rule.types.includes(type)) {
    throw new ProblemError(415, 'unsupported-media-type', `Send ${rule.types.join(', ')}.`);
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new ProblemError(415, 'unsupported-encoding', 'Send the body uncompressed.');
  }
  if (Number(headers['content-length'] ?? 0) > rule.maxBytes) throw tooLarge(rule);
}

function tooLarge({ maxBytes }: UploadRule): ProblemError {
  return new ProblemError(413, 'upload-too-large', `At most ${Math.round(maxBytes / 1e6)} MB are taken.`);
}
