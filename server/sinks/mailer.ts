import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { AddressPolicy } from '../addresses/address-policy.js';
import { type LookupAll, resolveChecked } from '../addresses/resolve-checked.js';
import type { Secret } from '../../streams/secret/secret.js';
import type { SinkSettings } from '../http/sink-api.js';
import { type Carrier, deliveryError } from './delivery.js';
import { textOf, titleOf } from './notice.js';
import { reportHtml, type ReportNotice } from './report-mail.js';

const timeoutMs = 15_000;

/** What a mailer needs. */
export interface MailerOptions {
  readonly settings: Extract<SinkSettings, { kind: 'email' }>;
  readonly secret: Secret | undefined;
  /** Which mail servers may be called. */
  readonly policy: AddressPolicy;
  /** Instead of the system's resolver; for tests. */
  readonly lookup?: LookupAll;
}

/**
 * Sends messages as mail: plain text, and a report as a page with its table as well, over SMTP. Each message opens its own
 * connection, to an address that was resolved and checked just before.
 */
export function createMailer({ settings, secret, policy, lookup }: MailerOptions): Carrier {
  const { host, port, from, to } = settings;
  return {
    connected: undefined,
    deliver: async ({ deliveryId, notice }) => {
      try {
        const { address } = await resolveChecked({ host, port }, policy, lookup);
        const transport = transportTo(address, settings, secret);
        const sent = await transport.sendMail({
          from,
          to: [...to],
          subject: `[Maskwatch] ${titleOf(notice)}`,
          text: textOf(notice),
          ...(notice.type === 'report' ? reportParts(notice) : {}),
          // The same for each try, so that mailboxes can drop a repetition.
          messageId: `<${deliveryId}@maskwatch>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return sent.response;
      } catch (error) {
        throw deliveryError(error);
      }
    },
    close: () => Promise.resolve(),
  };
}

function transportTo(address: string, settings: MailerOptions['settings'], secret: Secret | undefined) {
  const { host, port, security, username, verifyCertificate } = settings;
  return createTransport({
    host: address,
    port,
    // The certificate is that of the name, not of the address.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { rejectUnauthorized: verifyCertificate },
    ...(username === undefined ? {} : { auth: { user: username, pass: secret?.reveal() ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing that a message holds may make the mailer read files or call addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** What a report has beside its text. */
function reportParts(notice: ReportNotice) {
  return {
    html: reportHtml(notice),
    attachments: [
      {
        filename: `maskwatch-${notice.report.day}.csv`,
        content: notice.csv,
        contentType: 'text/csv; charset=utf-8',
      },
    ],
  };
}
