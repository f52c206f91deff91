import { Suspense, useEffect, useMemo } from 'react';
import { I18nProvider } from 'react-aria-components';
import { ApprovalProvider } from '../features/operators/approval.tsx';
import { isClosed } from '../features/operators/is-closed.ts';
import { lateSheets } from '../features/operators/late-sheets.ts';
import { usePresence } from '../features/operators/use-presence.ts';
import { pageLanguage } from './load-catalogue.ts';
import { useCatalogue } from './use-catalogue.ts';
import { useTerminalState, WordsProvider } from './context.tsx';
import { Notices } from './Notices.tsx';
import { StatusBar } from './StatusBar.tsx';
import { Waiting } from './Waiting.tsx';
import { CurrentPage } from './CurrentPage.tsx';
import { useWedge } from '../features/devices/use-wedge.ts';
import { useGlobalKeys } from './use-global-keys.ts';
import { useScreenChoice } from './use-screen-choice.ts';
import { useKeysShown } from './use-keys-shown.ts';
import { DrillBar } from '../features/training/DrillBar.tsx';
import { OutcomeSound } from '../features/sales/OutcomeSound.tsx';
import { useFetchAhead } from './use-fetch-ahead.ts';
import { createWordsFrom } from './words.ts';

/** The window: its page as soon as main has answered once, in the language of the snapshot. */
export function App() {
  const { loaded, isConnected, page, openings } = useTerminalState();
  const catalogue = useCatalogue(loaded?.snapshot.language ?? pageLanguage());
  const programme = loaded?.snapshot.programme ?? null;
  const words = useMemo(
    () => (catalogue === null ? null : createWordsFrom(catalogue, programme)),
    [catalogue, programme],
  );
  useScreenChoice(loaded?.snapshot.screen);
  useKeysShown();
  useWedge();
  useGlobalKeys();
  usePresence();
  useFetchAhead(loaded !== null && words !== null);
  useEffect(() => {
    if (words === null) return;
    document.documentElement.lang = words.language;
    document.title = words.text('app.name');
  }, [words]);
  if (words === null) return null;
  return (
    <I18nProvider locale={words.language}>
      <WordsProvider value={words}>
        {loaded === null ? (
          <Waiting />
        ) : (
          // Nothing to sell with is shown before the lock that belongs over it.
          <Suspense fallback={null}>
            <div className="app" data-environment={loaded.snapshot.environment}>
              <StatusBar snapshot={loaded.snapshot} isConnected={isConnected} />
              <Notices warnings={loaded.snapshot.status.warnings} notices={loaded.snapshot.notices} />
              {loaded.snapshot.environment === 'training' ? <DrillBar page={page.name} /> : null}
              <OutcomeSound newest={loaded.snapshot.recentSales[0]} isOn={loaded.snapshot.sounds} />
              <ApprovalProvider>
                <CurrentPage page={page} openings={openings} loaded={loaded} isConnected={isConnected} />
              </ApprovalProvider>
              {isClosed(loaded.snapshot.operators) ? <lateSheets.lock.Part loaded={loaded} /> : null}
            </div>
          </Suspense>
        )}
      </WordsProvider>
    </I18nProvider>
  );
}
