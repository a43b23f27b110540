import { useState } from 'preact/hooks';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';

/** Sends the report of a day to those who get it by mail, and says what came of it. */
export function SendReport({ day }: { readonly day: string }) {
  const { api, strings } = useServices();
  const t = strings.reportMail;
  const [sending, setSending] = useState(false);
  const [outcome, setOutcome] = useState<string>();
  const send = async (): Promise<void> => {
    setSending(true);
    setOutcome(undefined);
    try {
      const { queued } = await api.sendReport(day);
      setOutcome(queued === 0 ? t.justSent : t.sent(queued));
    } catch (error) {
      setOutcome(messageOf(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <>
      <button type="button" class="button" disabled={sending} onClick={() => void send()}>
        {sending ? t.sending : t.send}
      </button>
      <span role="status" class="quiet no-print">
        {outcome}
      </span>
    </>
  );
}
