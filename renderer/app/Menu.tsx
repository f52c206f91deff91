import { Button } from '../ui/Button.tsx';
import { Key } from '../ui/Key.tsx';
import { PageFrame } from '../ui/PageFrame.tsx';
import { useSnapshot, useTerminal, useWords } from './context.tsx';
import { menuGroups, type MenuEntry } from './menu-entries.ts';

/** A second window for the customer's side; pressed again, the same one comes to the front. */
function openCustomerDisplay(): void {
  window.open('/customer', 'milepost-customer', 'popup')?.focus();
}

/** Every other page, by who needs it: by touch, or by the key that stands before it. */
export function Menu() {
  const { text } = useWords();
  const terminal = useTerminal();
  const { environment } = useSnapshot();
  const isShown = ({ isTraining }: MenuEntry): boolean => isTraining !== true || environment === 'training';
  const open = ({ opens }: MenuEntry): void =>
    opens === 'customer-display' ? openCustomerDisplay() : terminal.open(opens);
  return (
    <PageFrame
      title={text('menu.title')}
      onKey={(key) => {
        const wanted = key.toUpperCase();
        const found = menuGroups
          .flatMap(({ entries }) => entries)
          .find((entry) => entry.press === wanted && isShown(entry));
        if (found !== undefined) open(found);
        return found !== undefined;
      }}
    >
      <div className="menu">
        {menuGroups.map(({ title, entries }) => (
          <section key={title} className="menu-group" aria-label={text(title)}>
            <h2 className="menu-heading">{text(title)}</h2>
            <ul>
              {entries.filter(isShown).map((entry) => (
                <li key={entry.title}>
                  <Button kind="tile" onPress={() => open(entry)}>
                    <kbd className="menu-key" aria-hidden="true">
                      {entry.press}
                    </kbd>
                    <span className="menu-words">
                      <strong>{text(entry.title)}</strong>
                      <span>{text(entry.detail)}</span>
                    </span>
                    {entry.key === undefined ? null : <Key name={entry.key} />}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </PageFrame>
  );
}
