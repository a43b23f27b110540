import { useServices } from '../services.js';
import { wallLayouts, keyOfLayout } from '../state/wall-choice.js';
import { Modal } from './modal.js';

/** The keys of the wall. */
export function WallHelp({ onClose }: { readonly onClose: () => void }) {
  const { strings } = useServices();
  const t = strings.wall;
  const keys: readonly (readonly [string, string])[] = [
    ['← ↑ → ↓', t.key.move],
    ['Enter', t.key.open],
    ['Home, End', t.key.ends],
    ['Page ↑ ↓', t.key.pages],
    ['F', t.key.fullScreen],
    ['L', t.key.large],
    ['G', t.key.group],
    ['Z', t.key.zones],
    ['?', t.key.help],
    ...wallLayouts
      .map((layout) => [keyOfLayout(layout), t.layouts[layout]] as const)
      .sort(([a], [b]) => Number(a) - Number(b)),
  ];
  return (
    <Modal title={t.keys} onClose={onClose}>
      <p class="field-note">{t.keysHint}</p>
      <dl class="key-list">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
