import { useState } from 'preact/hooks';
import type { AlertRuleInput } from '../../../server/http/alert-api.js';
import type { CameraView } from '../../../server/realtime/events.js';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import { SelectField } from './field.js';
import { draftOfRule, ruleOfDraft, type RuleDraft } from './rule-draft.js';
import { useZones } from './use-zones.js';

const offers = ['unmasked-person', 'share-unmasked', 'occupancy', 'camera-down'] as const;
type Offer = (typeof offers)[number];

/** Seconds that each must last: a person is seen soon, a camera may restart. */
const lasting: Readonly<Record<Offer, string>> = {
  'unmasked-person': '5',
  'share-unmasked': '10',
  occupancy: '10',
  'camera-down': '60',
};

interface FirstAlertProps {
  readonly camera: CameraView;
  readonly onDone: () => void;
}

/** The third step: one alert with sensible values, which can be changed later. */
export function FirstAlert({ camera, onDone }: FirstAlertProps) {
  const { api, strings } = useServices();
  const t = strings.start;
  const words = strings.watch.alerts;
  const areas = useZones(camera.id).zones.filter(({ kind }) => kind === 'area');
  const [offer, setOffer] = useState<Offer>('unmasked-person');
  const [chosenZone, setChosenZone] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [saving, setSaving] = useState(false);
  // Who has just drawn a zone means it.
  const zoneId = chosenZone ?? areas[0]?.id ?? '';

  async function save(): Promise<void> {
    setSaving(true);
    try {
      await api.saveAlertRule(ruleOf());
      onDone();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setSaving(false);
    }
  }
  function ruleOf(): AlertRuleInput {
    const draft: RuleDraft = {
      ...draftOfRule(undefined),
      name: `${words.kind[offer]}: ${camera.name}`.slice(0, 80),
      kind: offer,
      cameraId: camera.id,
      zoneId,
      forSeconds: lasting[offer],
    };
    return ruleOfDraft(draft, undefined, Intl.DateTimeFormat().resolvedOptions().timeZone);
  }
  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving) void save();
      }}
    >
      <fieldset class="first-offers">
        <legend>{t.whichAlert}</legend>
        {offers.map((one) => (
          <label key={one} class="first-offer" data-chosen={one === offer}>
            <input type="radio" name="offer" checked={one === offer} onChange={() => setOffer(one)} />
            <span>
              <strong>{words.kind[one]}</strong>
              <span class="field-note">{t.offers[one]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {areas.length > 0 && offer !== 'camera-down' && (
        <SelectField label={words.zone} value={zoneId} onChange={setChosenZone}>
          <option value="">{words.wholePicture}</option>
          {areas.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <p class="field-note">{t.alertHint}</p>
      {failure !== undefined && (
        <p class="notice notice-bad" role="alert">
          {strings.notice.actionFailed(failure)}
        </p>
      )}
      <footer>
        <button type="submit" class="button button-primary" disabled={saving}>
          {t.makeAlert}
        </button>
      </footer>
    </form>
  );
}
