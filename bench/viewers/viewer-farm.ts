import { setTimeout } from 'node:timers/promises';
import { monotonicMs } from '../../streams/clock.js';
import { ProcessFamily, processorSeconds, roundedUse, type RoleUse } from '../measure/process-family.js';
import { rounded } from '../measure/spread.js';
import { HelperProcess } from '../product/helper-process.js';
import { type LoopDelay, type Product, roundedDelay } from '../product/product.js';
import type { ViewerCounts, ViewerOrder } from './viewer-farm-main.js';

/** What one number of viewers costs. */
export interface ViewerFigures {
  readonly viewers: number;
  readonly serving?: RoleUse;
  readonly packetsPerSecond: number;
  readonly lost: number;
  readonly loopDelayMs: LoopDelay;
  /** Cores of the viewers themselves, which are not the product's. */
  readonly viewerCores: number;
}

/** What is sent to a new viewer first, the pictures since the last keyframe, has gone by after this. */
const settleMs = 3000;

/** People who watch cameras over WHEP, in a process of their own. */
export class ViewerFarm {
  readonly #helper: HelperProcess;
  readonly #product: Product;

  private constructor(helper: HelperProcess, product: Product) {
    this.#helper = helper;
    this.#product = product;
  }

  /** @param cameras their ids; viewers are spread over them */
  static async start(product: Product, cameras: readonly string[]): Promise<ViewerFarm> {
    const urls = cameras.map((id) => `${product.url}/whep/${id}`);
    const helper = new HelperProcess('../viewers/viewer-farm-main.ts', [JSON.stringify(urls)]);
    try {
      // Before it says so it would not hear a question.
      await helper.next();
    } catch (error) {
      await helper.close();
      throw error;
    }
    return new ViewerFarm(helper, product);
  }

  get pid(): number {
    return this.#helper.pid;
  }

  /** Lets more viewers join, until there are so many and all have settled. */
  async grow(viewers: number): Promise<void> {
    if (viewers === 0) return;
    const order: ViewerOrder = { viewers };
    await this.#helper.ask(order);
    await setTimeout(settleMs);
  }

  /** What the viewers got since the last question. */
  counts(): Promise<ViewerCounts> {
    return this.#helper.ask('counts' satisfies ViewerOrder);
  }

  /** Measures for some seconds what the viewers of now cost. */
  async measure(seconds: number): Promise<ViewerFigures> {
    const family = new ProcessFamily(this.#product.pid);
    await this.counts();
    await family.begin();
    this.#product.beginLoop();
    const coresBefore = processorSeconds(this.#helper.pid);
    const startMs = monotonicMs();
    await setTimeout(seconds * 1000);
    const took = (monotonicMs() - startMs) / 1000;
    const { serving } = await family.end(took);
    const loop = await this.#product.endLoop();
    const { viewers, packets, lost } = await this.counts();
    return {
      viewers,
      ...(serving === undefined ? {} : { serving: roundedUse(serving) }),
      packetsPerSecond: Math.round(packets / took),
      lost,
      loopDelayMs: roundedDelay(loop),
      viewerCores: rounded((processorSeconds(this.#helper.pid) - coresBefore) / took, 2),
    };
  }

  /** All leave. Idempotent. */
  close(): Promise<void> {
    return this.#helper.close();
  }
}

/** Cores of the serving process for one viewer more, against none. */
export function coresPerViewer(alone: ViewerFigures, { viewers, serving }: ViewerFigures): number {
  return viewers === 0 ? 0 : rounded(((serving?.cores ?? 0) - (alone.serving?.cores ?? 0)) / viewers, 4);
}
