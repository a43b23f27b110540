import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';

/** A certificate that signs itself, with its key, in PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly fingerprint: string;
}

/** Makes a self-signed certificate for `localhost` and 127.0.0.1, as cameras make theirs. */
export async function selfSigned(): Promise<TestCertificate> {
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const { stdout } = await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '2', ...names, '-keyout', '-', '-out', '-'],
  ]);
  const part = (name: RegExp): string => name.exec(stdout)?.[0] ?? '';
  const cert = part(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/);
  const digits = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();
  return {
    cert,
    key: part(/-----BEGIN (?:EC )?PRIVATE KEY-----[^]*?-----END (?:EC )?PRIVATE KEY-----/),
    fingerprint: `sha256:${digits}`,
  };
}
