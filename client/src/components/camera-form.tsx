import { useId } from 'preact/hooks';
import type { CameraView } from '../../../server/realtime/events.js';
import { useServices } from '../services.js';
import { groupsOf } from '../state/wall-choice.js';
import { isRtsp, isTls, mayEnd } from './camera-draft.js';
import { CheckField, SelectField, TextField } from './field.js';
import { Modal } from './modal.js';
import { ProbeNote } from './probe-note.js';
import { useCameraForm, type CameraFormState } from './use-camera-form.js';

interface CameraFormProps {
  /** The camera to change; undefined to add one. */
  readonly camera?: CameraView | undefined;
  readonly onClose: () => void;
}

/** Adds or changes a camera. An address is looked at before it is saved, so that a typing error shows at once. */
export function CameraForm({ camera, onClose }: CameraFormProps) {
  const t = useServices().strings.form;
  const form = useCameraForm(camera, onClose);
  const { draft, change, fieldError } = form;
  const submit = (event: Event): void => {
    event.preventDefault();
    form.submit();
  };
  return (
    <Modal title={camera ? t.editTitle(camera.name) : t.addTitle} onClose={onClose}>
      <form onSubmit={submit} data-testid="camera-form">
        <TextField
          label={t.name}
          value={draft.name}
          error={fieldError('name')}
          input={{ placeholder: t.namePlaceholder, required: true, maxLength: 80, autoComplete: 'off' }}
          onInput={(name) => change({ name })}
        />
        {camera?.kind !== 'webcam' && <AddressFields form={form} camera={camera} />}
        <TextField
          label={t.fps}
          value={draft.fps}
          error={fieldError('fps')}
          input={{ type: 'number', min: 0.2, max: 30, step: 'any', required: true }}
          onInput={(fps) => change({ fps })}
        />
        <GroupField form={form} />
        {camera && (
          <CheckField label={t.enabled} checked={draft.enabled} onChange={(enabled) => change({ enabled })} />
        )}
        <ProbeNote probe={form.probe} error={form.error} probing={form.busy === 'probing'} />
        <footer>
          <button type="button" class="button" onClick={onClose}>
            {t.cancel}
          </button>
          <SubmitButton form={form} />
        </footer>
      </form>
    </Modal>
  );
}

interface FormPart {
  readonly form: CameraFormState;
}

/** The address, and what there is to choose about that kind of address. */
function AddressFields({ form, camera }: FormPart & { readonly camera: CameraView | undefined }) {
  const t = useServices().strings.form;
  const { draft, change } = form;
  const present = camera?.address ?? '';
  const address = draft.url.trim() || present;
  return (
    <>
      <TextField
        label={t.address}
        value={draft.url}
        hint={present === '' ? t.addressHint : t.addressKept(present)}
        error={form.fieldError('url')}
        input={{
          placeholder: t.addressPlaceholder,
          required: !camera,
          inputMode: 'url',
          spellcheck: false,
          autoComplete: 'off',
          autoCapitalize: 'off',
        }}
        onInput={(url) => change({ url })}
      />
      {isRtsp(address) && (
        <SelectField
          label={t.transport}
          value={draft.transport}
          onChange={(value) => change({ transport: value === 'udp' ? 'udp' : 'tcp' })}
        >
          <option value="tcp">{t.tcp}</option>
          <option value="udp">{t.udp}</option>
        </SelectField>
      )}
      {isTls(address) && (
        <TextField
          label={t.certificate}
          hint={t.certificateHint}
          value={draft.certificate}
          error={form.fieldError('certificate')}
          input={{ maxLength: 120, placeholder: 'sha256:…', spellcheck: false, autoComplete: 'off' }}
          onInput={(certificate) => change({ certificate })}
        />
      )}
      {mayEnd(address) && (
        <CheckField label={t.loop} checked={draft.loop} onChange={(loop) => change({ loop })} />
      )}
    </>
  );
}

/** What the camera is grouped under on the wall; groups that are there already are offered. */
function GroupField({ form: { draft, change, fieldError } }: FormPart) {
  const { store, strings } = useServices();
  const list = useId();
  return (
    <>
      <TextField
        label={strings.form.group}
        hint={strings.form.groupHint}
        value={draft.group}
        error={fieldError('group')}
        input={{ maxLength: 40, list, autoComplete: 'off' }}
        onInput={(group) => change({ group })}
      />
      <datalist id={list}>
        {groupsOf(store.cameras.value).map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
    </>
  );
}

/** Checks first, and saves once the address was checked: one button, so that Enter always does the next thing. */
function SubmitButton({ form }: FormPart) {
  const t = useServices().strings.form;
  const texts = {
    probing: t.checking,
    saving: t.saving,
    check: t.check,
    save: t.save,
    saveAnyway: t.saveAnyway,
  };
  return (
    <button type="submit" class="button button-primary" disabled={!form.ready}>
      {texts[form.busy ?? form.next]}
    </button>
  );
}
