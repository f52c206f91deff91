import { useEffect, useMemo } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Language } from '../../shared/contract/views.ts';
import { ApprovalProvider } from '../features/operators/approval.tsx';
import { LockScreen } from '../features/operators/LockScreen.tsx';
import { usePresence } from '../features/operators/use-presence.ts';
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
import { createWords } from './words.ts';

/** The window: its page as soon as main has answered once, in the language of the snapshot. */
export function App() {
  const { loaded, isConnected, page, openings } = useTerminalState();
  const language = loaded?.snapshot.language ?? browserLanguage();
  const programme = loaded?.snapshot.programme ?? null;
  const words = useMemo(() => createWords(language, programme), [language, programme]);
  useScreenChoice(loaded?.snapshot.screen);
  useKeysShown();
  useWedge();
  useGlobalKeys();
  usePresence();
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words.text('app.name');
  }, [language, words]);
  return (
    <I18nProvider locale={language}>
      <WordsProvider value={words}>
        {loaded === null ? (
          <Waiting />
        ) : (
          <div className="app" data-environment={loaded.snapshot.environment}>
            <StatusBar snapshot={loaded.snapshot} isConnected={isConnected} />
            <Notices warnings={loaded.snapshot.status.warnings} notices={loaded.snapshot.notices} />
            {loaded.snapshot.environment === 'training' ? <DrillBar page={page.name} /> : null}
            <OutcomeSound newest={loaded.snapshot.recentSales[0]} isOn={loaded.snapshot.sounds} />
            <ApprovalProvider>
              <CurrentPage page={page} openings={openings} loaded={loaded} isConnected={isConnected} />
            </ApprovalProvider>
            <LockScreen loaded={loaded} />
          </div>
        )}
      </WordsProvider>
    </I18nProvider>
  );
}

/** Before main has said which language is set, the one the machine is in. */
function browserLanguage(): Language {
  return navigator.language.startsWith('fr') ? 'fr-CA' : 'en-CA';
}
