import { useEffect, useRef, useState } from 'preact/hooks';
import type { TriedPictureView } from '../../../server/http/tryout-api.js';
import { ApiError } from '../api/api-error.js';
import { useServices } from '../services.js';

/** What came of the last picture. */
export type TrialOutcome =
  | { readonly phase: 'empty' }
  | { readonly phase: 'working' }
  | { readonly phase: 'done'; readonly picture: TriedPictureView }
  | { readonly phase: 'failed'; readonly error: unknown };

/** The last picture that was tried, and how to try another. */
export interface Trial {
  readonly outcome: TrialOutcome;
  picture(picture: Blob): void;
  /** A picture of the web. */
  pictureAt(url: string): void;
  /** Says that no picture could be had. */
  fail(error: unknown): void;
}

/** As the server takes; said here at once, because a server that refuses early cuts the upload off. */
const maxBytes = 15e6;

/** Tries pictures, one at a time: the answer to an older one is dropped. Pictures that are pasted into the page are tried, too. */
export function useTrial(): Trial {
  const { tryout } = useServices();
  const [outcome, setOutcome] = useState<TrialOutcome>({ phase: 'empty' });
  const latest = useRef(0);

  function begin(work: () => Promise<TriedPictureView>): void {
    const mine = ++latest.current;
    const settle = (next: TrialOutcome): void => {
      if (mine === latest.current) setOutcome(next);
    };
    setOutcome({ phase: 'working' });
    work().then(
      (picture) => settle({ phase: 'done', picture }),
      (error: unknown) => settle({ phase: 'failed', error }),
    );
  }
  const trial: Trial = {
    outcome,
    picture: (picture) => {
      if (picture.size > maxBytes) trial.fail(new ApiError('too large', 413, 'upload-too-large'));
      else begin(() => tryout.picture(picture));
    },
    pictureAt: (url) => begin(() => tryout.pictureAt(url)),
    fail: (error) => {
      latest.current += 1;
      setOutcome({ phase: 'failed', error });
    },
  };

  const newest = useRef(trial);
  newest.current = trial;
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const pasted = pastedPicture(event);
      if (pasted === undefined) return;
      event.preventDefault();
      if (typeof pasted === 'string') newest.current.pictureAt(pasted);
      else newest.current.picture(pasted);
    };
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('paste', onPaste);
      latest.current += 1;
    };
  }, []);
  return trial;
}

/** A picture or an address that was pasted; text that goes into a field is left alone. */
function pastedPicture({ clipboardData, target }: ClipboardEvent): File | string | undefined {
  const [file] = clipboardData?.files ?? [];
  if (file !== undefined) return file;
  if (target instanceof HTMLInputElement) return undefined;
  const text = clipboardData?.getData('text').trim() ?? '';
  return /^https?:\/\//i.test(text) ? text : undefined;
}
