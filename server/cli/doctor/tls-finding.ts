import { X509Certificate } from 'node:crypto';
import { readTlsFiles, type TlsFiles, TlsFilesError } from '../../http/tls-files.js';
import type { Finding } from './finding.js';
import { fine } from './finding.js';

const dayMs = 86_400_000;
/** Whoever renews by a program does it a month before the end. */
const fewDays = 14;

/** Whether certificate and key work together, and for how long. */
export function tlsFinding(files: TlsFiles, nowMs: number): Finding {
  const name = 'certificate';
  try {
    const { validTo, validFrom, subject } = new X509Certificate(readTlsFiles(files).cert);
    const days = Math.floor((Date.parse(validTo) - nowMs) / dayMs);
    const of = subject.replaceAll('\n', ', ');
    const remedy = `renew ${files.certFile}; the running server takes it up by itself`;
    if (Date.parse(validFrom) > nowMs)
      return { name, state: 'failed', detail: `${of} is not valid yet`, remedy: 'set the clock' };
    if (days < 0) return { name, state: 'failed', detail: `${of} has expired`, remedy };
    if (days < fewDays) return { name, state: 'warning', detail: `${of} expires in ${days} days`, remedy };
    return fine(name, `${of}, ${days} days left`);
  } catch (error) {
    if (!(error instanceof TlsFilesError)) throw error;
    const remedy = 'correct server.tls.certFile and server.tls.keyFile';
    return { name, state: 'failed', detail: error.message, remedy, trouble: 'configuration' };
  }
}
