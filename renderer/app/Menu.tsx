import { Button } from '../ui/Button.tsx';
import { Key } from '../ui/Key.tsx';
import { PageFrame } from '../ui/PageFrame.tsx';
import { useSnapshot, useTerminal, useWords } from './context.tsx';
import { menuEntries } from './menu-entries.ts';

/** A second window for the customer's side; pressed again, the same one comes to the front. */
function openCustomerDisplay(): void {
  window.open('/customer', 'milepost-customer', 'popup')?.focus();
}

/** As many pages as have a digit of their own; the others are a Tab or a touch away. */
const DIGITS = 9;

/** Every other page, by touch or by its digit. */
export function Menu() {
  const { text } = useWords();
  const terminal = useTerminal();
  const { environment } = useSnapshot();
  const entries = menuEntries.filter(({ isTraining }) => isTraining !== true || environment === 'training');
  return (
    <PageFrame
      title={text('menu.title')}
      onKey={(key) => {
        const entry = /^[1-9]$/.test(key) ? entries[Number(key) - 1] : undefined;
        if (entry === undefined) return false;
        terminal.open(entry.page);
        return true;
      }}
    >
      <ol className="menu">
        {entries.map((entry, index) => (
          <li key={entry.title}>
            <Button kind="tile" onPress={() => terminal.open(entry.page)}>
              <span className="menu-digit" aria-hidden="true">
                {index < DIGITS ? index + 1 : null}
              </span>
              <span className="menu-words">
                <strong>{text(entry.title)}</strong>
                <span>{text(entry.detail)}</span>
              </span>
              {entry.key === undefined ? null : <Key name={entry.key} />}
            </Button>
          </li>
        ))}
      </ol>
      <div className="menu-windows">
        <Button kind="secondary" onPress={() => openCustomerDisplay()}>
          {text('menu.customer')}
        </Button>
      </div>
    </PageFrame>
  );
}
