import type { TriedPictureView } from '../../../server/http/tryout-api.js';
import { formatCount, formatShare } from '../format/numbers.js';
import { maskLooks } from '../overlay/mask-look.js';
import { useServices } from '../services.js';
import { ShareBar } from './share-bar.js';
import { StateSwatch } from './state-swatch.js';

type Face = TriedPictureView['faces'][number];

/** The states that the classifier tells apart. */
const wornStates = ['mask', 'no_mask', 'incorrect'] as const;

/** A picture as it was judged, with numbered boxes, and beside it what was said of each face. */
export function TriedPicture({ picture }: { readonly picture: TriedPictureView }) {
  const { strings, locale } = useServices();
  const t = strings.tools.try;
  const { faces, width, height, shown, milliseconds, detector, classifier } = picture;
  return (
    <div class="tried" data-testid="tried">
      <figure class="tried-figure">
        <div class="tried-picture">
          <img src={`data:image/jpeg;base64,${shown}`} alt={t.picture} />
          <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
            {faces.map((face, index) => (
              <FaceBox key={index} face={face} number={index + 1} unit={Math.max(width, height) / 40} />
            ))}
          </svg>
        </div>
        <figcaption class="quiet">
          {t.took(formatCount(Math.round(milliseconds), locale), detector, classifier)} ·{' '}
          {t.size(width, height)}
        </figcaption>
      </figure>
      <div class="tried-faces">
        <h2>{t.faces(faces.length)}</h2>
        {faces.length === 0 && <p class="quiet">{t.noFace}</p>}
        {faces.map((face, index) => (
          <FaceFigures key={index} face={face} name={t.face(index + 1)} />
        ))}
      </div>
    </div>
  );
}

function FaceFigures({ face, name }: { readonly face: Face; readonly name: string }) {
  const { strings, locale } = useServices();
  const t = strings.tools.try;
  return (
    <section class="panel face" aria-label={name} data-testid="face">
      <h3>
        <StateSwatch label={face.label} /> {name}: {strings.label[face.label]}
      </h3>
      <dl aria-label={t.probabilities(name)}>
        {wornStates.map((state) => (
          <ShareBar key={state} name={strings.label[state]} share={face.probabilities[state]} look={state} />
        ))}
        <ShareBar name={t.reject} share={face.reject} look="unknown" />
      </dl>
      <p class="quiet">
        {t.score} {formatShare(face.score, locale)}
      </p>
    </section>
  );
}

interface FaceBoxProps {
  readonly face: Face;
  readonly number: number;
  /** Height of the number, in pixels of the picture. */
  readonly unit: number;
}

/** A box with the line of its state, on a dark line that keeps it visible, and its number. */
function FaceBox({ face: { box, label }, number, unit }: FaceBoxProps) {
  const { colour, ink, dash } = maskLooks[label];
  const top = box.y >= unit * 1.3 ? box.y - unit * 1.3 : box.y;
  const frame = { x: box.x, y: box.y, width: box.width, height: box.height, rx: unit / 6, fill: 'none' };
  return (
    <g>
      <rect {...frame} class="face-box-ground" />
      <rect {...frame} class="face-box" stroke={colour} stroke-dasharray={dash.join(' ') || undefined} />
      <rect x={box.x} y={top} width={unit * 1.3} height={unit * 1.3} rx={unit / 6} fill={colour} />
      <text
        x={box.x + unit * 0.65}
        y={top + unit}
        fill={ink}
        font-size={unit}
        font-weight="700"
        text-anchor="middle"
      >
        {number}
      </text>
    </g>
  );
}
