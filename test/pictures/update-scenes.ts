import type { Page } from '@playwright/test';
import { commandBack, type InstalledForm } from '../../main/updates/installed-form.ts';
import type { UpdatesView } from '../../shared/contract/updates.ts';
import type { Notice } from '../../shared/contract/views.ts';
import { openFromMenu, type Scene } from './staging.ts';

interface Asked {
  readonly id?: number;
  readonly call?: string;
}
interface Answered {
  readonly id?: number;
  readonly reply?: { readonly output?: Readonly<Record<string, unknown>> };
}

/** Only an installed program updates itself: what this one says of itself is rewritten on its way to the page. */
async function asIfInstalled(page: Page, view: UpdatesView, notices: readonly Notice[]): Promise<void> {
  const said: Readonly<Record<string, object>> = { 'updates.read': view, 'terminal.snapshot': { notices } };
  await page.routeWebSocket(/\/wire$/, (socket) => {
    const calls = new Map<number, string>();
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const { id, call }: Asked = JSON.parse(String(message));
      if (id !== undefined && call !== undefined) calls.set(id, call);
      server.send(message);
    });
    server.onMessage((message) => {
      const answered: Answered = JSON.parse(String(message));
      const changes = said[calls.get(answered.id ?? -1) ?? ''];
      if (changes === undefined || answered.reply?.output === undefined) return socket.send(message);
      const reply = { ...answered.reply, output: { ...answered.reply.output, ...changes } };
      socket.send(JSON.stringify({ ...answered, reply }));
    });
  });
  await page.reload();
  await page.locator('.checkout').waitFor();
  await openFromMenu(page, 'About Milepost');
  await page.locator(`.about-state[data-state="${view.state}"]`).waitFor();
}

const window = { windowFrom: '02:00', windowTo: '05:00', lookedAtMs: Date.parse('2026-11-28T21:04:00Z') };

const deb: InstalledForm = {
  kind: 'deb',
  program: '/opt/Milepost/milepost',
  ownInstaller: undefined,
  canReplace: false,
};

/** A newer version on its way in, and one that did not work out. */
export const updateScenes: readonly Scene[] = [
  {
    name: 'update-waiting',
    show: (page) => asIfInstalled(page, { ...window, state: 'outside-window', offered: '0.2.0' }, []),
  },
  {
    name: 'update-put-back',
    show: (page) =>
      asIfInstalled(page, { ...window, state: 'failed-before', offered: '0.2.0', putBack: '0.2.0' }, [
        { id: 'version-put-back', code: 'version-put-back', version: '0.2.0' },
      ]),
  },
  {
    name: 'update-failing',
    show: (page) =>
      asIfInstalled(
        page,
        {
          ...window,
          state: 'nothing-newer',
          failing: {
            version: '0.2.0',
            previous: '0.1.0',
            why: 'needs-it',
            command: commandBack(deb, '0.2.0', '0.1.0'),
          },
        },
        [{ id: 'version-failing', code: 'version-failing', version: '0.2.0' }],
      ),
  },
];
