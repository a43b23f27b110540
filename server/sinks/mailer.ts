import { createTransport } from 'nodemailer';
import type { Secret } from '../../streams/secret/secret.js';
import type { SinkSettings } from '../http/sink-api.js';
import { type Carrier, deliveryError } from './delivery.js';
import { textOf, titleOf } from './notice.js';
import { reportHtml, type ReportNotice } from './report-mail.js';

const timeoutMs = 15_000;

/** Sends messages as mail: plain text, and a report as a page with its table as well, over SMTP; each message opens its own connection. */
export function createMailer(
  settings: Extract<SinkSettings, { kind: 'email' }>,
  secret: Secret | undefined,
): Carrier {
  const { host, port, security, username, from, to, verifyCertificate } = settings;
  const transport = createTransport({
    host,
    port,
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
  return {
    connected: undefined,
    deliver: async ({ deliveryId, notice }) => {
      try {
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
    close: () => {
      transport.close();
      return Promise.resolve();
    },
  };
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
