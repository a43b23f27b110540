import { useState } from 'preact/hooks';
import { messageOf } from '../api/api-error.js';
import { FirstStepsNotice } from '../components/first-steps-notice.js';
import { SelectField, TextField } from '../components/field.js';
import { PublishLinkPanel } from '../components/publish-link-panel.js';
import { type PublishTargets, usePublishTargets } from '../components/use-publish-targets.js';
import { FullPageNote } from '../components/full-page-note.js';
import { Icon } from '../components/icon.js';
import { PublishState } from '../components/publish-state.js';
import { RouteLink } from '../components/route-link.js';
import { WebcamPreview } from '../components/webcam-preview.js';
import { readRtcSettings } from '../live/rtc-settings.js';
import { useWebcam } from '../media/use-webcam.js';
import { useServices } from '../services.js';
import { putCamera } from '../state/live-state.js';

/** Sends this device's webcam: a preview, the choice of device, one button. */
export function PublishPage({ cameraId }: { readonly cameraId: string | undefined }) {
  const { api, store, session, webcam, navigator, strings } = useServices();
  const t = strings.publish;
  const sending = webcam.sending.value;
  const preview = useWebcam(sending === undefined);
  const [name, setName] = useState(t.defaultName);
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<string>();
  const targets = usePublishTargets(cameraId);
  const known = cameraId === undefined ? undefined : store.live.value.cameras.get(cameraId);
  const camera = known ?? targets.chosen;

  async function start(stream: MediaStream): Promise<void> {
    setStarting(true);
    setFailure(undefined);
    try {
      const rtc = await readRtcSettings(api, store);
      let target = camera;
      if (target === undefined) {
        const added = await api.addCamera({ name: name.trim() || t.defaultName, url: 'webcam:' });
        store.live.value = putCamera(store.live.peek(), added);
        target = added;
      }
      preview.handOver();
      await webcam.start(target.id, stream, rtc);
      navigator.go({ view: 'publish', cameraId: target.id }, true);
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setStarting(false);
    }
  }

  if (!sending && preview.trouble !== undefined) {
    const { trouble } = preview;
    return (
      <FullPageNote
        whole
        icon="webcam"
        title={t.title}
        text={typeof trouble === 'string' ? t[trouble] : trouble.message}
      >
        <button type="button" class="button button-primary" onClick={() => preview.retry()}>
          {strings.wall.tryAgain}
        </button>
        <RouteLink to={{ view: 'wall' }} class="button">
          {strings.app.backToWall}
        </RouteLink>
      </FullPageNote>
    );
  }
  if (camera === undefined && !session.can('admin')) {
    return (
      <FullPageNote
        whole
        icon="webcam"
        title={t.title}
        busy={!targets.loaded}
        text={targets.failure ?? (targets.loaded ? strings.access.noWebcams : undefined)}
      />
    );
  }
  const stream = sending?.stream ?? preview.stream;
  if (!stream) return <FullPageNote whole busy title={t.title} text={t.asking} />;
  return (
    <div class="publish-page" data-testid="publish-page">
      <header class="page-head">
        <BackLink />
        <h1>{t.title}</h1>
      </header>
      {sending && <FirstStepsNotice />}
      <WebcamPreview stream={stream} cameraId={sending?.cameraId} />
      <section class="panel">
        {sending ? (
          <PublishState sending={sending} />
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (!starting) void start(stream);
            }}
          >
            <p>{t.intro}</p>
            {camera ? (
              <p>{t.sendingAs(camera.name)}</p>
            ) : (
              <TextField label={t.name} value={name} onInput={setName} />
            )}
            <TargetField targets={targets} />
            <SelectField
              label={t.device}
              value={preview.deviceId ?? ''}
              onChange={(id) => preview.choose(id)}
            >
              {preview.devices.map((device, index) => (
                <option key={device.deviceId} value={device.deviceId}>
                  {device.label || t.deviceNumber(index + 1)}
                </option>
              ))}
            </SelectField>
            {failure !== undefined && (
              <p class="notice notice-bad" role="alert">
                {strings.notice.actionFailed(failure)}
              </p>
            )}
            <footer>
              <button type="submit" class="button button-primary button-large" disabled={starting}>
                {starting ? t.starting : t.start}
              </button>
            </footer>
          </form>
        )}
      </section>
      <PublishLinkPanel camera={known} />
    </div>
  );
}

/** The way back, for those who may see what is there. */
function BackLink() {
  const { session, strings } = useServices();
  if (!session.can('view')) return null;
  return (
    <RouteLink to={{ view: 'wall' }} class="icon-button" label={strings.app.backToWall}>
      <Icon name="back" />
    </RouteLink>
  );
}

/** Which webcam camera to send to, where there is a choice. */
function TargetField({ targets }: { readonly targets: PublishTargets }) {
  const { strings } = useServices();
  if (targets.cameras.length < 2) return null;
  return (
    <SelectField
      label={strings.access.sendTo}
      value={targets.chosen?.id ?? ''}
      onChange={(id) => targets.choose(id)}
    >
      {targets.cameras.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
