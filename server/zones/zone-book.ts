import type { TracksMessage } from '../analysis/messages.js';
import type { Zone } from '../http/zone-api.js';
import type { Moment } from '../ledger/ledger-change.js';
import { isWithin, type LocalDay } from '../ledger/local-day.js';
import type { Journal } from '../storage/journal.js';
import { addZoneDeltas, type ZoneMinuteStore } from '../storage/zone-minute-store.js';
import { CameraZones } from './camera-zones.js';
import { noZoneDelta, type ZoneChange, type ZoneDelta } from './zone-change.js';
import { sumKey, type ZoneFigures, zoneFigures } from './zone-figures.js';

/** What a book stands on. */
export interface ZoneBookOptions {
  readonly cameraId: string;
  readonly journal: Pick<Journal, 'addToZoneMinute' | 'append' | 'flush'>;
  readonly minutes: Pick<ZoneMinuteStore, 'sum'>;
  /** Least monotonic milliseconds between two events. */
  readonly spacingMs: number;
}

/** The zones of one camera with their figures of the day: writes what changes and tells it, at most once in a while. */
export class ZoneBook {
  readonly #options: ZoneBookOptions;
  readonly #people = new CameraZones();
  #zones: readonly Zone[] = [];
  #revision = 0;
  #day: LocalDay;
  #sums = new Map<string, ZoneDelta>();
  #told = '';
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(options: ZoneBookOptions, day: LocalDay) {
    this.#options = options;
    this.#day = day;
    this.beginDay(day);
  }

  get zones(): readonly Zone[] {
    return this.#zones;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Who is where now, for those who watch over it. */
  get people(): Omit<CameraZones, 'accept' | 'interrupt' | 'endStale' | 'draw'> {
    return this.#people;
  }

  /** Draws other zones; those that stay keep their people. */
  draw(zones: readonly Zone[], now: Moment): void {
    this.#zones = zones;
    this.#revision += 1;
    this.#write(this.#people.draw(zones, now), now);
  }

  /** Begins another day with what storage has of it. */
  beginDay(day: LocalDay): void {
    const { cameraId, minutes, journal } = this.#options;
    journal.flush();
    this.#day = day;
    this.#sums = new Map(
      minutes
        .sum(cameraId, day.start, day.end)
        .map(({ zoneId, flow, ...delta }) => [sumKey(zoneId, flow), delta]),
    );
  }

  /** Takes in one analysed frame. */
  accept(message: TracksMessage, now: Moment): void {
    this.#write(this.#people.accept(message, now), now);
  }

  /** Nobody can be seen any more. */
  interrupt(now: Moment): void {
    this.#write(this.#people.interrupt(now), now);
    this.tell(now);
  }

  /** Looks whether frames still come, and tells what was held back. */
  tick(now: Moment): void {
    this.#write(this.#people.endStale(now), now);
    this.tell(now);
  }

  /** What is known now. */
  figures(): ZoneFigures {
    return zoneFigures(this.#options.cameraId, this.#revision, this.#zones, this.#people, this.#sums);
  }

  /** Tells the figures where they changed, unless the last telling was just now. @param anyway without the spacing */
  tell(now: Moment, anyway = false): void {
    const { journal, cameraId, spacingMs } = this.#options;
    if (!anyway && now.monotonicMs - this.#toldMs < spacingMs) return;
    if (this.#zones.length === 0 && this.#told === '') return;
    const figures = this.figures();
    const told = JSON.stringify(figures);
    if (told === this.#told) return;
    this.#told = told;
    this.#toldMs = now.monotonicMs;
    journal.append('zones', cameraId, now.epochMs, figures);
  }

  #write(changes: readonly ZoneChange[], now: Moment): void {
    const { journal, cameraId } = this.#options;
    for (const { zoneId, flow, minuteAt, delta } of changes) {
      journal.addToZoneMinute({ cameraId, zoneId, flow, minuteAt }, delta);
      if (!isWithin(this.#day, minuteAt)) continue;
      const key = sumKey(zoneId, flow);
      this.#sums.set(key, addZoneDeltas(this.#sums.get(key) ?? noZoneDelta, delta));
    }
    if (changes.length > 0) this.tell(now);
  }
}
