import { useState } from 'preact/hooks';
import type { SinkInput, SinkSettings, SinkTestResult, SinkView } from '../../../server/http/sink-api.js';
import { messageOf } from '../api/api-error.js';
import { DailyReportFields } from './daily-report-fields.js';
import { useServices } from '../services.js';
import { CheckField, SelectField, TextField } from './field.js';

const kinds = ['webhook', 'mqtt', 'email'] as const;
const securities = ['starttls', 'tls', 'none'] as const;
const usual: Readonly<Record<SinkSettings['kind'], SinkSettings>> = {
  webhook: { kind: 'webhook', url: '' },
  mqtt: {
    kind: 'mqtt',
    url: 'mqtt://',
    topic: 'maskwatch',
    discovery: true,
    discoveryTopic: 'homeassistant',
    verifyCertificate: true,
  },
  email: {
    kind: 'email',
    host: '',
    port: 587,
    security: 'starttls',
    from: '',
    to: [],
    verifyCertificate: true,
  },
};

interface SinkFormProps {
  /** Undefined for a new one. */
  readonly sink: SinkView | undefined;
  readonly onSave: (input: SinkInput) => Promise<void>;
  readonly onCancel: () => void;
}

/** Where alerts are told: a webhook, a broker or mail, with a test. */
export function SinkForm({ sink, onSave, onCancel }: SinkFormProps) {
  const { api, strings } = useServices();
  const t = strings.watch.sinks;
  const [name, setName] = useState(sink?.name ?? '');
  const [enabled, setEnabled] = useState(sink?.enabled ?? true);
  const [settings, setSettings] = useState<SinkSettings>(sink?.settings ?? usual.webhook);
  const [secret, setSecret] = useState('');
  const [result, setResult] = useState<SinkTestResult | 'running' | undefined>(undefined);
  const input: SinkInput = { name, enabled, settings, ...(secret === '' ? {} : { secret }) };
  const test = async (): Promise<void> => {
    setResult('running');
    try {
      setResult(await api.testSink({ ...input, ...(sink ? { sinkId: sink.sinkId } : {}) }));
    } catch (error) {
      setResult({ ok: false, detail: messageOf(error), milliseconds: 0 });
    }
  };
  const hint = sink?.hasSecret ? t.kept : undefined;
  return (
    <form
      class="panel rule-form"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(input);
      }}
    >
      <TextField label={t.name} value={name} onInput={setName} input={{ required: true, maxLength: 60 }} />
      {sink === undefined && (
        <SelectField
          label={t.what}
          value={settings.kind}
          onChange={(value) => setSettings(usual[kinds.find((one) => one === value) ?? 'webhook'])}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t.kind[kind]}
            </option>
          ))}
        </SelectField>
      )}
      <SettingsFields settings={settings} onChange={setSettings} />
      <TextField
        label={t.secret[settings.kind]}
        value={secret}
        onInput={setSecret}
        hint={hint}
        input={{ type: 'password', autoComplete: 'new-password' }}
      />
      <CheckField
        label={strings.watch.alerts.enabled}
        checked={enabled}
        onChange={(value) => setEnabled(value)}
      />
      <div class="actions">
        <button
          type="button"
          class="button"
          disabled={result === 'running' || name === ''}
          onClick={() => void test()}
        >
          {result === 'running' ? t.testing : t.test}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {t.cancel}
        </button>
        <button type="submit" class="button button-primary">
          {t.save}
        </button>
      </div>
      {result !== undefined && result !== 'running' && (
        <p
          role="status"
          class={`notice ${result.ok ? 'notice-good' : 'notice-bad'}`}
          data-testid="test-result"
        >
          {result.ok
            ? t.tested(result.detail, result.milliseconds)
            : t.notTested(result.detail, result.milliseconds)}
        </p>
      )}
    </form>
  );
}

interface SettingsFieldsProps {
  readonly settings: SinkSettings;
  readonly onChange: (settings: SinkSettings) => void;
}

function SettingsFields({ settings, onChange }: SettingsFieldsProps) {
  const t = useServices().strings.watch.sinks;
  if (settings.kind === 'webhook') {
    const set = (url: string): void => onChange({ ...settings, url });
    return (
      <TextField label={t.url} value={settings.url} onInput={set} input={{ type: 'url', required: true }} />
    );
  }
  const user = (
    <TextField
      label={t.username}
      value={settings.username ?? ''}
      onInput={(text) => {
        const { username: before, ...rest } = settings;
        if (text !== before) onChange(text === '' ? rest : { ...rest, username: text });
      }}
    />
  );
  const verify = (
    <CheckField
      label={t.verify}
      checked={settings.verifyCertificate}
      onChange={(verifyCertificate) => onChange({ ...settings, verifyCertificate })}
    />
  );
  if (settings.kind === 'mqtt') {
    return (
      <>
        <TextField
          label={t.url}
          value={settings.url}
          onInput={(url) => onChange({ ...settings, url })}
          input={{ required: true }}
        />
        {user}
        <TextField
          label={t.topic}
          value={settings.topic}
          onInput={(topic) => onChange({ ...settings, topic })}
        />
        <CheckField
          label={t.discovery}
          checked={settings.discovery}
          onChange={(discovery) => onChange({ ...settings, discovery })}
        />
        {verify}
      </>
    );
  }
  return (
    <>
      <TextField
        label={t.host}
        value={settings.host}
        onInput={(host) => onChange({ ...settings, host })}
        input={{ required: true }}
      />
      <TextField
        label={t.port}
        value={String(settings.port)}
        onInput={(port) => onChange({ ...settings, port: Number(port) })}
        input={{ type: 'number', min: 1, max: 65_535 }}
      />
      <SelectField
        label={t.security}
        value={settings.security}
        onChange={(value) =>
          onChange({ ...settings, security: securities.find((one) => one === value) ?? 'starttls' })
        }
      >
        {securities.map((one) => (
          <option key={one} value={one}>
            {t.securityKind[one]}
          </option>
        ))}
      </SelectField>
      {user}
      <TextField label={t.sender} value={settings.from} onInput={(from) => onChange({ ...settings, from })} />
      <TextField
        label={t.recipients}
        value={settings.to.join(',')}
        onInput={(text) => onChange({ ...settings, to: text.split(',').map((address) => address.trim()) })}
      />
      {verify}
      <DailyReportFields settings={settings} onChange={onChange} />
    </>
  );
}
