import { useState } from 'preact/hooks';
import { Icon } from './icon.js';

interface DropZoneProps {
  readonly label: string;
  readonly hint: string;
  /** Media types and endings, as in `<input accept>`. */
  readonly accept: string;
  readonly disabled?: boolean;
  readonly onFile: (file: File) => void;
}

/** Takes one file: dropped, or chosen by a click or the keyboard with the browser's own chooser. */
export function DropZone({ label, hint, accept, disabled = false, onFile }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined): void => {
    const [file] = files ?? [];
    if (file !== undefined && !disabled) onFile(file);
  };
  return (
    <label
      class="drop-zone"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <input
        type="file"
        class="visually-hidden"
        accept={accept}
        disabled={disabled}
        onChange={(event) => {
          take(event.currentTarget.files);
          // So that the same file can be chosen once more.
          event.currentTarget.value = '';
        }}
      />
      <Icon name="upload" />
      <strong>{label}</strong>
      <span class="quiet">{hint}</span>
    </label>
  );
}
