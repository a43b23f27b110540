import { expect } from 'chai';
import { connectAsync, type MqttClient } from 'mqtt';
import { siteServicePolicy } from '../../../server/addresses/address-policy.js';
import type { SinkSettings } from '../../../server/http/sink-api.js';
import type { HomeCamera } from '../../../server/sinks/home-assistant.js';
import { brokerSchemes, createMqttCarrier, type MqttCarrier } from '../../../server/sinks/mqtt-carrier.js';
import { alertOf } from '../../helpers/alerts.js';
import { door } from '../../helpers/http-bench.js';
import { Broker } from '../../helpers/receivers.js';

const home = (overrides: Partial<HomeCamera> = {}): HomeCamera => ({
  camera: door,
  counts: {
    inView: { mask: 3, no_mask: 1, incorrect: 0, unknown: 2 },
    complianceNow: 0.75,
    complianceToday: null,
  },
  alerts: [],
  ...overrides,
});

describe('the MQTT sink', () => {
  let broker: Broker;
  let watcher: MqttClient;
  const carriers: MqttCarrier[] = [];
  let cameras: HomeCamera[];
  /** Newest payload by topic. */
  let seen: Map<string, string>;
  let wake: () => void;

  beforeEach(async () => {
    broker = await Broker.start();
    cameras = [home()];
    seen = new Map();
    wake = () => undefined;
    watcher = await connectAsync(broker.url, { reconnectPeriod: 100 });
    watcher.on('message', (topic, payload) => {
      seen.set(topic, payload.toString());
      wake();
    });
    await watcher.subscribeAsync('#');
  });
  afterEach(async () => {
    await Promise.all(carriers.splice(0).map((carrier) => carrier.close()));
    await watcher.endAsync(true);
    await broker.close();
  });

  const until = async (meets: () => boolean): Promise<void> => {
    while (!meets()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const open = (
    overrides: Partial<Extract<SinkSettings, { kind: 'mqtt' }>> = {},
    trial = false,
  ): MqttCarrier => {
    const settings = {
      ...{ kind: 'mqtt' as const, url: broker.url, topic: 'site/masks', discovery: true },
      ...{ discoveryTopic: 'homeassistant', verifyCertificate: true, ...overrides },
    };
    const carrier = createMqttCarrier({
      settings,
      secret: undefined,
      policy: siteServicePolicy(brokerSchemes),
      version: '1.2',
      cameras: () => cameras,
      ...{ trial, patienceMs: 2000, retryMs: 50 },
    });
    carriers.push(carrier);
    return carrier;
  };
  const json = (topic: string): Record<string, unknown> =>
    JSON.parse(seen.get(topic) ?? '{}') as Record<string, unknown>;

  it('keeps nothing on the broker when it is only tried, and says of no camera that it is gone', async () => {
    const trial = open({}, true);
    const notice = { type: 'test', at: 1 } as const;
    await trial.deliver({ deliveryId: 'd1', attempt: 1, notice }, AbortSignal.timeout(5000));
    await trial.close();
    open();
    await until(() => seen.get('site/masks/status') === 'online');
    const aside = open({}, true);
    await aside.deliver({ deliveryId: 'd2', attempt: 1, notice }, AbortSignal.timeout(5000));
    await aside.close();
    await watcher.publishAsync('end', 'of it');
    await until(() => seen.has('end'));
    expect(seen.get('site/masks/status')).to.equal('online');
    expect([...seen.keys()][0]).to.equal('site/masks/test');
  });

  it('tells Home Assistant of five entities for each camera, with availability and one state topic', async () => {
    open();
    await until(() => seen.has('site/masks/cameras/door'));
    expect(seen.get('site/masks/status')).to.equal('online');
    expect(json('site/masks/cameras/door')).to.deep.include({
      ...{
        people: 6,
        masked: 3,
        unmasked: 1,
        compliance: 75,
        compliance_today: null,
        connected: 'ON',
        alert: 'OFF',
      },
    });
    const configs = [...seen.keys()].filter((topic) => topic.endsWith('/config'));
    expect(configs.sort()).to.deep.equal(
      ['binary_sensor', 'binary_sensor', 'sensor', 'sensor', 'sensor'].map(
        (component, index) =>
          `homeassistant/${component}/site_masks_door_${['alert', 'connected', 'compliance', 'people', 'unmasked'][index] ?? ''}/config`,
      ),
    );
    const config = json('homeassistant/sensor/site_masks_door_compliance/config');
    expect(config).to.include({
      ...{ unique_id: 'site_masks_door_compliance', availability_topic: 'site/masks/status' },
      ...{ state_topic: 'site/masks/cameras/door', unit_of_measurement: '%', state_class: 'measurement' },
      value_template: '{{ value_json.compliance }}',
    });
    expect(config).not.to.have.property('key');
  });

  it('retains everything, so that who comes later knows it, and takes it away again', async () => {
    const carrier = open();
    await until(() => seen.has('site/masks/cameras/door'));
    const late = await connectAsync(broker.url);
    const first = new Promise<string>((resolve) =>
      late.once('message', (_topic, payload) => resolve(payload.toString())),
    );
    await late.subscribeAsync('homeassistant/sensor/+/config');
    expect(await first).to.contain('unique_id');
    await late.endAsync(true);
    carrier.forget('door');
    await until(() => seen.get('site/masks/cameras/door') === '');
    expect([...seen].filter(([topic, payload]) => topic.endsWith('/config') && payload !== '')).to.deep.equal(
      [],
    );
  });

  it('publishes what changed, and all of it when Home Assistant is started', async () => {
    const opened = open();
    await until(() => seen.has('site/masks/cameras/door'));
    opened.tell(home({ alerts: [alertOf()] }));
    await until(() => json('site/masks/cameras/door').alert === 'ON');
    opened.tell(home({ alerts: [alertOf({ quiet: true })] }));
    await until(() => json('site/masks/cameras/door').alert === 'OFF');
    seen.clear();
    opened.tell(home({ alerts: [alertOf({ quiet: true })] }));
    await watcher.publishAsync('homeassistant/status', 'online', { qos: 1 });
    await until(() => seen.has('site/masks/cameras/door'));
    expect(seen.has('homeassistant/sensor/site_masks_door_people/config')).to.equal(true);
  });

  it('says goodbye when it is closed, and lets the broker say so when it vanishes', async () => {
    const opened = open();
    await until(() => seen.get('site/masks/status') === 'online');
    await opened.close();
    await until(() => seen.get('site/masks/status') === 'offline');
    seen.clear();
    open();
    await until(() => seen.get('site/masks/status') === 'online');
    broker.breakOffNewest();
    await until(() => seen.get('site/masks/status') === 'offline');
  });

  it('comes back by itself after its connection broke, and tells everything anew', async () => {
    open();
    await until(() => seen.get('site/masks/status') === 'online');
    for (let round = 0; round < 2; round++) {
      broker.breakOffNewest();
      await until(() => seen.get('site/masks/status') === 'offline');
      seen.clear();
      await until(() => seen.get('site/masks/status') === 'online' && seen.has('site/masks/cameras/door'));
    }
  });

  it('counts an alert as sent when the broker has acknowledged it, and fails while there is none', async () => {
    const opened = open();
    const notice = { type: 'alert' as const, change: 'raised' as const, alert: alertOf(), at: 1 };
    const delivery = { deliveryId: 'd1', attempt: 1, notice };
    const signal = new AbortController().signal;
    expect(await opened.deliver(delivery, signal)).to.contain('site/masks/alerts');
    await until(() => seen.has('site/masks/alerts'));
    expect(json('site/masks/alerts')).to.include({ change: 'raised', deliveryId: 'd1' });
    const nowhere = createMqttCarrier({
      settings: {
        ...{ kind: 'mqtt', url: 'mqtt://127.0.0.1:1', topic: 't', discovery: false },
        ...{ discoveryTopic: 'h', verifyCertificate: true },
      },
      ...{ secret: undefined, version: '1', cameras: () => [], patienceMs: 300 },
      policy: siteServicePolicy(brokerSchemes),
    });
    const error = await nowhere.deliver(delivery, signal).catch((thrown: unknown) => String(thrown));
    expect(error).to.match(/refused/i);
    await nowhere.close();
  });
});
