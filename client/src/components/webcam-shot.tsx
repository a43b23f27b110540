import { useEffect, useRef, useState } from 'preact/hooks';
import { useWebcam } from '../media/use-webcam.js';
import { useServices } from '../services.js';
import { Modal } from './modal.js';

interface WebcamShotProps {
  readonly onShot: (picture: Blob) => void;
  readonly onFail: (reason: string) => void;
  readonly onClose: () => void;
}

/** Shows the webcam and takes one picture of it. The webcam is let go when the dialog closes. */
export function WebcamShot({ onShot, onFail, onClose }: WebcamShotProps) {
  const { strings } = useServices();
  const t = strings.tools.try;
  const video = useRef<HTMLVideoElement>(null);
  const webcam = useWebcam(true);
  const { stream, trouble } = webcam;
  // A stream comes before its first picture.
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    setSeen(false);
    if (video.current) video.current.srcObject = stream ?? null;
  }, [stream]);
  const take = (): void => {
    const canvas = document.createElement('canvas');
    canvas.width = video.current?.videoWidth ?? 0;
    canvas.height = video.current?.videoHeight ?? 0;
    if (video.current && canvas.width > 0) canvas.getContext('2d')?.drawImage(video.current, 0, 0);
    canvas.toBlob(
      (picture) => {
        if (picture === null) onFail(t.failure.noWebcamPicture);
        else onShot(picture);
        onClose();
      },
      'image/jpeg',
      0.95,
    );
  };
  return (
    <Modal title={t.webcam} onClose={onClose}>
      {trouble === undefined ? (
        <div class="stage">
          <video
            ref={video}
            muted
            playsInline
            autoPlay
            aria-label={strings.publish.device}
            onLoadedData={() => setSeen(true)}
          />
          {stream === undefined && <p class="stage-cover">{strings.publish.asking}</p>}
        </div>
      ) : (
        <p class="notice notice-bad" role="alert">
          {typeof trouble === 'string' ? strings.publish[trouble] : trouble.message}
        </p>
      )}
      <footer>
        {trouble === undefined ? (
          <button type="button" class="button button-primary" disabled={!seen} onClick={take}>
            {t.takeShot}
          </button>
        ) : (
          <button type="button" class="button button-primary" onClick={() => webcam.retry()}>
            {strings.wall.tryAgain}
          </button>
        )}
        <button type="button" class="button" onClick={onClose}>
          {strings.form.cancel}
        </button>
      </footer>
    </Modal>
  );
}
