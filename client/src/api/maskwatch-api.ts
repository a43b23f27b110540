import type {
  CameraInput,
  CameraList,
  CountsHistory,
  CountsNow,
  Health,
  ModelList,
  ProbeResult,
  RtcSettings,
  VisitPage,
} from '../../../server/http/api.js';
import type { AlertPage, AlertRule, AlertRuleInput, AlertRuleList } from '../../../server/http/alert-api.js';
import type { DailyReportView, Notice, SentReport, ZoneHistory } from '../../../server/http/history-api.js';
import type {
  Outbox,
  OutboxItem,
  SinkInput,
  SinkList,
  SinkTestResult,
  SinkView,
} from '../../../server/http/sink-api.js';
import type { OnboardingView } from '../../../server/http/onboarding-api.js';
import type { ZoneInput, ZoneList, ZonesNow } from '../../../server/http/zone-api.js';
import type { Alert, CameraView } from '../../../server/realtime/events.js';
import type { RestClient } from './rest-client.js';

/** Which minutes, hours or days to read; times in epoch milliseconds. */
export interface HistoryQuery {
  readonly camera?: string;
  readonly from: number;
  readonly to: number;
  readonly bucket: CountsHistory['bucket'];
}

/** Which visits to read, newest first. */
export interface VisitQuery {
  readonly camera?: string;
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** Which alerts to read, newest first. */
export interface AlertQuery {
  readonly camera?: string;
  readonly severity?: Alert['severity'];
  readonly state?: 'open' | 'cleared' | 'unseen';
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** The server's REST interface. Every method rejects with `ApiError`. */
export class MaskwatchApi {
  readonly #rest: RestClient;

  constructor(rest: RestClient) {
    this.#rest = rest;
  }

  health(): Promise<Health> {
    return this.#rest.json('GET', '/api/health');
  }

  async cameras(): Promise<readonly CameraView[]> {
    return (await this.#rest.json<CameraList>('GET', '/api/cameras')).cameras;
  }

  addCamera(input: CameraInput): Promise<CameraView> {
    return this.#rest.json('POST', '/api/cameras', input);
  }

  /** @param part any fields but the id */
  changeCamera(cameraId: string, part: Partial<Omit<CameraInput, 'id'>>): Promise<CameraView> {
    return this.#rest.json('PATCH', cameraPath(cameraId), part);
  }

  async removeCamera(cameraId: string): Promise<void> {
    await this.#rest.send('DELETE', cameraPath(cameraId));
  }

  /** Looks at an address without keeping it; may take some seconds. */
  probe(url: string, transport?: 'tcp' | 'udp', certificate?: string): Promise<ProbeResult> {
    return this.#rest.json('POST', '/api/cameras/probe', {
      url,
      ...(transport && { transport }),
      ...(certificate !== undefined && certificate !== '' && { certificate }),
    });
  }

  countsNow(): Promise<CountsNow> {
    return this.#rest.json('GET', '/api/counts/now');
  }

  history(query: HistoryQuery): Promise<CountsHistory> {
    return this.#rest.json('GET', `/api/counts?${parameters(query)}`);
  }

  visits(query: VisitQuery): Promise<VisitPage> {
    return this.#rest.json('GET', `/api/visits?${parameters(query)}`);
  }

  zoneHistory(query: HistoryQuery & { readonly camera: string }): Promise<ZoneHistory> {
    return this.#rest.json('GET', `/api/zones/history?${parameters(query)}`);
  }

  /** @param day `2026-05-01`; the present day of the server where absent */
  dailyReport(day?: string): Promise<DailyReportView> {
    return this.#rest.json('GET', `/api/reports/daily${day === undefined ? '' : `?${parameters({ day })}`}`);
  }

  /** Sends the report of a day to those who get it by mail. */
  sendReport(day: string): Promise<SentReport> {
    return this.#rest.json('POST', '/api/reports/daily/send', { day });
  }

  notice(): Promise<Notice> {
    return this.#rest.json('GET', '/api/notice');
  }

  zones(cameraId: string): Promise<ZoneList> {
    return this.#rest.json('GET', `${cameraPath(cameraId)}/zones`);
  }

  /** Replaces everything that is drawn on a camera. */
  saveZones(cameraId: string, zones: readonly ZoneInput[]): Promise<ZoneList> {
    return this.#rest.json('PUT', `${cameraPath(cameraId)}/zones`, { zones });
  }

  zonesNow(): Promise<ZonesNow> {
    return this.#rest.json('GET', '/api/zones/now');
  }

  alerts(query: AlertQuery): Promise<AlertPage> {
    return this.#rest.json('GET', `/api/alerts?${parameters(query)}`);
  }

  acknowledge(alertId: string, note: string): Promise<Alert> {
    return this.#rest.json('POST', `/api/alerts/${encodeURIComponent(alertId)}/acknowledge`, { note });
  }

  /** The picture that is kept with an alert; the server records that it was looked at. */
  async alertPicture(alertId: string): Promise<Blob> {
    const path = `/api/alerts/${encodeURIComponent(alertId)}/picture`;
    return (await this.#rest.send('GET', path)).blob();
  }

  async alertRules(): Promise<readonly AlertRule[]> {
    return (await this.#rest.json<AlertRuleList>('GET', '/api/alert-rules')).rules;
  }

  /** Adds a rule, or replaces the one of an id. */
  saveAlertRule(rule: AlertRuleInput, ruleId?: string): Promise<AlertRule> {
    if (ruleId === undefined) return this.#rest.json('POST', '/api/alert-rules', rule);
    return this.#rest.json('PUT', `/api/alert-rules/${encodeURIComponent(ruleId)}`, rule);
  }

  async removeAlertRule(ruleId: string): Promise<void> {
    await this.#rest.send('DELETE', `/api/alert-rules/${encodeURIComponent(ruleId)}`);
  }

  async sinks(): Promise<readonly SinkView[]> {
    return (await this.#rest.json<SinkList>('GET', '/api/sinks')).sinks;
  }

  /** Adds a sink, or changes the one of an id. */
  saveSink(sink: SinkInput, sinkId?: string): Promise<SinkView> {
    if (sinkId === undefined) return this.#rest.json('POST', '/api/sinks', sink);
    return this.#rest.json('PUT', `/api/sinks/${encodeURIComponent(sinkId)}`, sink);
  }

  async removeSink(sinkId: string): Promise<void> {
    await this.#rest.send('DELETE', `/api/sinks/${encodeURIComponent(sinkId)}`);
  }

  /** Sends a test message; keeps nothing. */
  testSink(sink: SinkInput): Promise<SinkTestResult> {
    return this.#rest.json('POST', '/api/sinks/test', sink);
  }

  /** Sends everything again that was given up. */
  async replaySink(sinkId: string, items?: readonly number[]): Promise<void> {
    await this.#rest.send(
      'POST',
      `/api/sinks/${encodeURIComponent(sinkId)}/replay`,
      items === undefined ? {} : { items },
    );
  }

  /** Where the first steps after set-up stand. */
  onboarding(): Promise<OnboardingView> {
    return this.#rest.json('GET', '/api/onboarding');
  }

  setOnboarding(view: OnboardingView): Promise<OnboardingView> {
    return this.#rest.json('PUT', '/api/onboarding', view);
  }

  /** The newest messages of a sink, in all states. */
  async outbox(sinkId: string): Promise<readonly OutboxItem[]> {
    return (await this.#rest.json<Outbox>('GET', `/api/sinks/${encodeURIComponent(sinkId)}/outbox`)).items;
  }

  /** Forgets messages that were not sent: these, or all that were given up. */
  async dropMessages(sinkId: string, items?: readonly number[]): Promise<void> {
    await this.#rest.send(
      'POST',
      `/api/sinks/${encodeURIComponent(sinkId)}/drop`,
      items === undefined ? {} : { items },
    );
  }

  rtc(): Promise<RtcSettings> {
    return this.#rest.json('GET', '/api/rtc');
  }

  models(): Promise<ModelList> {
    return this.#rest.json('GET', '/api/models');
  }

  /** Lets a mask classifier run from now on; takes as long as loading it does. */
  useModel(name: string): Promise<ModelList> {
    return this.#rest.json('PUT', '/api/models/active', { name });
  }

  /** Goes back to the one that ran before. */
  rollBackModel(): Promise<ModelList> {
    return this.#rest.json('POST', '/api/models/rollback');
  }
}

function cameraPath(cameraId: string): string {
  return `/api/cameras/${encodeURIComponent(cameraId)}`;
}

function parameters(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.toString();
}
