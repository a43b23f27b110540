import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createSecureContext } from 'node:tls';

/** Where certificate and key are, both PEM. */
export interface TlsFiles {
  /** The certificate, followed by those of its issuers. */
  readonly certFile: string;
  readonly keyFile: string;
}

/** What they hold. */
export interface TlsIdentity {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** The files cannot be read, or do not belong together. */
export class TlsFilesError extends Error {
  override readonly name = 'TlsFilesError';
  readonly code = 'tls-files';
}

/** How often the files are looked at, in milliseconds: certificates are renewed while the server runs. */
const lookEveryMs = 30_000;

/** Reads certificate and key. @throws TlsFilesError */
export function readTlsFiles({ certFile, keyFile }: TlsFiles): TlsIdentity {
  try {
    const identity = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
    createSecureContext(identity);
    return identity;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TlsFilesError(`TLS does not work with ${certFile} and ${keyFile}: ${reason}`, { cause });
  }
}

/**
 * Tells of renewed files. While they cannot be used, as between the writing of the one and of the other, the identity from
 * before stays.
 *
 * @returns the function that stops looking
 */
export function watchTlsFiles(
  files: TlsFiles,
  onRenewed: (identity: TlsIdentity) => void,
  onProblem: (error: unknown) => void,
  everyMs = lookEveryMs,
): () => void {
  const look = (): void => {
    try {
      onRenewed(readTlsFiles(files));
    } catch (error) {
      onProblem(error);
    }
  };
  const paths = [files.certFile, files.keyFile];
  for (const path of paths) watchFile(path, { interval: everyMs, persistent: false }, look);
  return () => {
    for (const path of paths) unwatchFile(path, look);
  };
}
