import type { SinkSettings } from '../../../server/http/sink-api.js';
import { useServices } from '../services.js';
import { CheckField, SelectField, TextField } from './field.js';

type MailSettings = Extract<SinkSettings, { kind: 'email' }>;

interface DailyReportFieldsProps {
  readonly settings: MailSettings;
  readonly onChange: (settings: MailSettings) => void;
}

const languages = ['en', 'de', 'es'] as const;

/** Whether a mail sink gets the daily report, when, and in which language. */
export function DailyReportFields({ settings, onChange }: DailyReportFieldsProps) {
  const { strings, locale } = useServices();
  const t = strings.reportMail;
  const { dailyReport, ...rest } = settings;
  const own = languages.find((one) => locale.startsWith(one)) ?? 'en';
  return (
    <>
      <CheckField
        label={t.daily}
        checked={dailyReport !== undefined}
        onChange={(wanted) =>
          onChange(wanted ? { ...rest, dailyReport: { at: '07:00', language: own } } : rest)
        }
      />
      {dailyReport !== undefined && (
        <>
          <TextField
            label={t.at}
            value={dailyReport.at}
            onInput={(at) => onChange({ ...rest, dailyReport: { ...dailyReport, at } })}
            input={{ type: 'time', required: true }}
          />
          <SelectField
            label={t.language}
            value={dailyReport.language}
            onChange={(value) => {
              const language = languages.find((one) => one === value) ?? 'en';
              onChange({ ...rest, dailyReport: { ...dailyReport, language } });
            }}
          >
            {languages.map((one) => (
              <option key={one} value={one}>
                {t.languages[one]}
              </option>
            ))}
          </SelectField>
        </>
      )}
    </>
  );
}
