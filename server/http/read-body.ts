import express, { type RequestHandler } from 'express';
import { ProblemError } from './problem-error.js';

/** Bytes a body may have. */
export const bodyLimit = 100 * 1024;

/** Reads bodies as bytes; compressed ones are refused, so a small body cannot become a big one. */
export function readBytes(): RequestHandler {
  return express.raw({ type: () => true, limit: bodyLimit, inflate: false });
}

/**
 * Checks the type of a body and decodes it.
 *
 * @param contentType the request's header
 * @param bytes what the body reader left
 * @throws ProblemError 415 for another type, 400 for text that is no UTF-8 or no JSON
 */
export function decodeBody(
  wanted: 'application/json' | 'application/sdp',
  contentType: string | undefined,
  bytes: unknown,
): unknown {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== wanted) {
    throw new ProblemError(415, 'unsupported-media-type', `Send the body as ${wanted}.`);
  }
  const text = decodeUtf8(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0));
  if (wanted === 'application/sdp') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ProblemError(400, 'invalid-json', 'The body is not JSON.');
  }
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError(400, 'invalid-encoding', 'The body is not UTF-8.');
  }
}
