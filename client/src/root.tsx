import { useMemo } from 'preact/hooks';
import { App } from './app.js';
import { ServicesContext, type Services } from './services.js';

/** Gives the views the services together with the words of the present language, and anew when it changes. */
export function Root({ parts }: { readonly parts: Omit<Services, 'strings' | 'locale'> }) {
  const { strings, locale } = parts.language.spoken.value;
  const services = useMemo(() => ({ ...parts, strings, locale }), [parts, strings, locale]);
  return (
    <ServicesContext.Provider value={services}>
      <App />
    </ServicesContext.Provider>
  );
}
