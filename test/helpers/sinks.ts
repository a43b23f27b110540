import type { SinkInput, SinkSettings } from '../../server/http/sink-api.js';

/** A mail sink without encryption at a port of this machine; overrides replace single settings. */
export function mailSinkOf(
  port: number,
  overrides: Partial<Extract<SinkSettings, { kind: 'email' }>> = {},
): SinkInput {
  return {
    name: 'Boss',
    enabled: true,
    settings: {
      ...{ kind: 'email', host: '127.0.0.1', port, security: 'none', verifyCertificate: true },
      ...{ from: 'maskwatch@example.org', to: ['boss@example.org'] },
      ...overrides,
    },
  };
}
