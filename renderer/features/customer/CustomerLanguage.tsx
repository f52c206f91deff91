import { useEffect, useState } from 'react';
import type { Language } from '../../../shared/contract/views.ts';
import { useCatalogue } from '../../app/use-catalogue.ts';
import { useClient, useEvent, useWords } from '../../app/context.tsx';
import { otherLanguage } from '../../../shared/i18n/languages.ts';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { useKeyDown } from '../../ui/use-key-down.ts';

/**
 * The language that this customer is greeted and given a receipt in, said in that language. The next customer is greeted
 * in the terminal's own again.
 */
export function CustomerLanguage() {
  const { language: own } = useWords();
  const client = useClient();
  const [told, setTold] = useState<Language>();
  const language = told ?? own;
  const catalogue = useCatalogue(language);
  useEvent('customer', (view) => setTold(view.language));
  useEffect(() => {
    let isCurrent = true;
    void client.call('customer.snapshot', {}).then((result) => {
      if (isCurrent && result.kind === 'answer') setTold(result.output.view.language);
    });
    return () => {
      isCurrent = false;
    };
  }, [client]);

  const change = (): void => {
    void client.call('customer.setLanguage', { language: otherLanguage(language) });
  };
  useKeyDown((event) => {
    if (event.key !== 'F8' || !event.shiftKey || event.repeat) return;
    event.preventDefault();
    change();
  }, 'last');

  return (
    <div className="customer-language">
      <Button kind="quiet" onPress={change}>
        <span lang={catalogue?.language}>{catalogue?.messages['customer.language']}</span>
        <Key name="shift-f8" />
      </Button>
    </div>
  );
}
