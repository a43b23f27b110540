// Made from server/http/sink-api.ts by "npm run interfaces"; change it there.

/** Where news goes, without its secret. */
export type SinkSettings =
  | {
      readonly kind: 'webhook';
      /** `http:` or `https:`; its secret signs every message. */
      readonly url: string;
    }
  | {
      readonly kind: 'mqtt';
      /** `mqtt://host:1883` or `mqtts://host:8883`; its secret is the password. */
      readonly url: string;
      readonly username?: string;
      /** What all topics begin with. */
      readonly topic: string;
      /** Whether Home Assistant is told of the cameras. */
      readonly discovery: boolean;
      /** Prefix of Home Assistant's discovery topics. */
      readonly discoveryTopic: string;
      /** False takes any certificate. */
      readonly verifyCertificate: boolean;
    }
  | {
      readonly kind: 'email';
      readonly host: string;
      readonly port: number;
      /** `starttls` refuses to send without encryption; its secret is the password. */
      readonly security: 'none' | 'starttls' | 'tls';
      readonly username?: string;
      readonly from: string;
      readonly to: readonly string[];
      /** False takes any certificate. */
      readonly verifyCertificate: boolean;
      /** Sends the report of the day before, once a day; absent where it is not wanted. */
      readonly dailyReport?: {
        /** `HH:MM` by the server's wall clock. */
        readonly at: string;
        readonly language: 'en' | 'de' | 'es';
      };
    };

/** `POST /api/sinks`, `PUT /api/sinks/:id`, and `POST /api/sinks/test`, which keeps nothing. */
export interface SinkInput {
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: SinkSettings;
  /** Never shown again. Absent keeps the stored one; empty removes it. */
  readonly secret?: string;
  /** With `/api/sinks/test`: whose stored secret to use where none is given. */
  readonly sinkId?: string;
}

/** A sink as the API shows it. */
export interface SinkView {
  readonly sinkId: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: SinkSettings;
  readonly hasSecret: boolean;
  /** Messages that wait, that were given up, and that were sent and are remembered. */
  readonly waiting: number;
  readonly dead: number;
  readonly sent: number;
  /** Why the last try failed; absent after a success. */
  readonly problem?: string;
  /** Only for MQTT. */
  readonly connected?: boolean;
}

/** `GET /api/sinks` */
export interface SinkList {
  readonly sinks: readonly SinkView[];
}

/** What came of a test message: the exact words of the other side. */
export interface SinkTestResult {
  readonly ok: boolean;
  readonly detail: string;
  readonly milliseconds: number;
}

/** One message of a sink's outbox. */
export interface OutboxItem {
  readonly itemId: number;
  readonly state: 'waiting' | 'sent' | 'dead';
  /** What it tells of, in one line. */
  readonly title: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** When it is tried next, where it waits. */
  readonly dueAt: number;
  readonly attempts: number;
  readonly error?: string;
  readonly finishedAt?: number;
}

/** `GET /api/sinks/:id/outbox?state=`: the newest hundred. */
export interface Outbox {
  readonly items: readonly OutboxItem[];
}

/** `POST /api/sinks/:id/replay` with `{ items? }`: sends these again, or all that were given up. */
export interface ReplayResult {
  readonly queued: number;
}

/** `POST /api/sinks/:id/drop` with `{ items? }`: forgets these unless they were sent, or all that were given up. */
export interface DropResult {
  readonly dropped: number;
}
