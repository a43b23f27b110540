import { useState } from 'preact/hooks';
import type { ProbeResult } from '../../../server/http/api.js';
import type { CameraView } from '../../../server/realtime/events.js';
import { ApiError, messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import { putCamera } from '../state/live-state.js';
import { changesOf, draftOf, inputOf, isRtsp, isTls, wrongField, type CameraDraft } from './camera-draft.js';

/** The camera form as it stands, and what can be done with it. */
export interface CameraFormState {
  readonly draft: CameraDraft;
  /** What came of the last check of the present address. */
  readonly probe: ProbeResult | undefined;
  readonly error: ApiError | undefined;
  readonly busy: 'probing' | 'saving' | undefined;
  /** What `submit` does next. */
  readonly next: 'check' | 'save' | 'saveAnyway';
  /** False while something is missing or under way. */
  readonly ready: boolean;
  /** What the server has against a field. */
  readonly fieldError: (name: string) => string | undefined;
  readonly change: (part: Partial<CameraDraft>) => void;
  readonly submit: () => void;
}

/**
 * The state of the camera form.
 *
 * @param camera the one to change; undefined to add one
 * @param onSaved called when the server has it
 * @param saveGood whether an address that was found good is saved at once
 */
export function useCameraForm(
  camera: CameraView | undefined,
  onSaved: (camera: CameraView) => void,
  { saveGood = false }: { readonly saveGood?: boolean } = {},
): CameraFormState {
  const { api, store } = useServices();
  const [draft, setDraft] = useState(() => draftOf(camera));
  const [probe, setProbe] = useState<ProbeResult>();
  const [busy, setBusy] = useState<CameraFormState['busy']>();
  const [error, setError] = useState<ApiError>();
  const address = draft.url.trim();
  const ready = busy === undefined && wrongField(draft, camera === undefined) === undefined;
  const next = address !== '' && !probe ? 'check' : probe?.ok === false ? 'saveAnyway' : 'save';

  async function attempt(kind: 'probing' | 'saving', action: () => Promise<void>): Promise<void> {
    setBusy(kind);
    setError(undefined);
    try {
      await action();
    } catch (thrown) {
      setError(
        thrown instanceof ApiError ? thrown : new ApiError(messageOf(thrown), 0, 'unexpected', [], thrown),
      );
    } finally {
      setBusy(undefined);
    }
  }

  async function check(): Promise<void> {
    const found = await api.probe(
      address,
      isRtsp(address) ? draft.transport : undefined,
      isTls(address) ? draft.certificate.trim() : undefined,
    );
    setProbe(found);
    if (saveGood && found.ok) await save();
  }

  async function save(): Promise<void> {
    const saved = camera
      ? await api.changeCamera(camera.id, changesOf(draft, camera))
      : await api.addCamera(inputOf(draft));
    store.live.value = putCamera(store.live.peek(), saved);
    onSaved(saved);
  }

  return {
    draft,
    probe,
    error,
    busy,
    next,
    ready,
    fieldError: (name) => error?.fields.find((field) => field.pointer === `/${name}`)?.detail,
    change: (part) => {
      setDraft({ ...draft, ...part });
      setError(undefined);
      if ('url' in part || 'transport' in part || 'certificate' in part) setProbe(undefined);
    },
    submit: () => {
      if (!ready) return;
      void (next === 'check' ? attempt('probing', check) : attempt('saving', save));
    },
  };
}
