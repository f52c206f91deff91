import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makeCollectorNumber } from '../../shared/domain/collector-number.ts';
import { checkoutOn, expect, test } from './fixtures.ts';
import { keysOnly, setUpManager } from './keys-only.ts';

const PIN = '7391';

/** Who decided what, from the audit chain on the disk. */
function auditOf(folder: string, what: string): Array<{ actor: string | null; detail: string }> {
  const file = new Database(join(folder, 'data', 'journal', 'journal.sqlite'), { readonly: true });
  const lines = file
    .prepare<[string], { actor: string | null; detail: string }>(
      'SELECT actor, detail FROM audit WHERE what = ? ORDER BY id',
    )
    .all(what);
  file.close();
  return lines;
}

test.describe('by keyboard alone', () => {
  test('a sale: every control of the checkout is reached, seen and named, and the outcome is announced', async ({
    page,
    shop,
  }) => {
    await shop.open();
    const keys = await keysOnly(page);
    const { collector, amount, hst, issue, newest } = checkoutOn(page);
    await expect(collector).toBeFocused();
    // What is said is heard only where the region was there before.
    const region = page.locator('.checkout > [role="status"]');
    await expect(region).toHaveCount(1);
    await expect(region).toHaveText('');
    const [number = ''] = await shop.simulator.collectors();
    await page.keyboard.type(number);
    await expect(amount).toBeFocused();
    await page.keyboard.type('60');
    await keys.tabTo(hst);
    await keys.tabTo(issue);
    await page.keyboard.press('Enter');
    await expect(newest).toHaveAttribute('data-outcome', 'credited');
    await expect(region).toHaveText(/Credited 3 Miles/);
    await expect(region).toContainText(number.slice(-4));
    await expect(region).not.toContainText(number);
    await expect(collector).toBeFocused();
    await keys.hasUsedNoPointer();
  });

  test('un retour, en français', async ({ page, shop }) => {
    await shop.open({ language: 'fr-CA' });
    const keys = await keysOnly(page);
    const { newest } = checkoutOn(page);
    const [number = ''] = await shop.simulator.collectors();
    await page.keyboard.type(number);
    await page.keyboard.type('60');
    await page.keyboard.press('Enter');
    await expect(newest).toHaveAttribute('data-outcome', 'credited');
    await page.keyboard.press('F2');
    await expect(page.locator('[data-field="original"]')).toBeFocused();
    await page.keyboard.type(shop.journal()[0]?.reference ?? '');
    await page.keyboard.press('Enter');
    const back = page.locator('[data-part="eligible"] input');
    await expect(back).toBeFocused();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('25');
    await keys.tabTo(page.locator('.original .button-primary'));
    await page.keyboard.press('Enter');
    await setUpManager(page, PIN);
    await expect(page.locator('.return-done .last-sale')).toHaveAttribute('data-outcome', 'credited');
    await keys.look();
    await page.keyboard.press('Enter');
    await expect(checkoutOn(page).collector).toBeFocused();
    await keys.hasUsedNoPointer();
  });

  test('a decision of the board, typed right behind the key that opens its sheet', async ({ page, shop }) => {
    const { url: baseUrl, caFile, clientId } = shop.simulator.ready;
    const forwarding = { backoffFirstMs: 60_000, backoffCapMs: 60_000, returnSpreadMs: 0 };
    await shop.open({
      airmiles: { baseUrl, caFile, clientId, sponsorCodes: ['TEST'] },
      forwarding,
      operators: { mode: 'off' },
    });
    const keys = await keysOnly(page);
    const { newest } = checkoutOn(page);
    const [number = ''] = await shop.simulator.collectors();
    await page.keyboard.type(number);
    await page.keyboard.type('40');
    await shop.simulator.setFaults({ next: ['400'] });
    await page.keyboard.press('Enter');
    await expect(newest).toHaveAttribute('data-outcome', 'needs-manager');
    await page.keyboard.press('F3');
    await expect(page.locator('.board-row[data-index]')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(page.locator('.story-line')).toHaveCount(2);
    // Nothing is waited for between the two: the first field has the focus before the next key can come.
    await page.keyboard.press('1');
    await page.keyboard.type('60');
    await expect(page.locator('.sheet').getByRole('textbox', { name: 'Eligible amount' })).toHaveValue('60');
    await keys.look();
    await page.keyboard.press('Enter');
    await expect(page.locator('.story-said')).toContainText('Recorded as');
    await expect.poll(() => shop.journal().map(({ state }) => state)).toEqual(['cancelled', 'credited']);
    await keys.hasUsedNoPointer();
  });

  test('la fermeture de la journée, en français', async ({ page, shop }) => {
    const { url: baseUrl, caFile, clientId } = shop.simulator.ready;
    await shop.open({ language: 'fr-CA', airmiles: { baseUrl, caFile, clientId, sponsorCodes: ['LOY1'] } });
    const keys = await keysOnly(page);
    const [number = ''] = await shop.simulator.collectors();
    await page.keyboard.type(number);
    await page.keyboard.type('100');
    await page.keyboard.press('Enter');
    await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'credited');
    await page.keyboard.press('F10');
    await keys.tabTo(page.locator('.menu').getByRole('button', { name: /Fermer la journée/ }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Fermer la journée' })).toBeVisible();
    await page.keyboard.press('4');
    await keys.tabTo(page.getByRole('button', { name: /^Fermer le / }));
    await page.keyboard.press('Enter');
    await setUpManager(page, PIN);
    await expect(page.getByText(/Fermée par Ana/).first()).toBeVisible();
    await keys.hasUsedNoPointer();
  });

  test('a setting, found by its letters, changed and approved', async ({ page, shop }) => {
    await shop.open();
    const keys = await keysOnly(page);
    await page.keyboard.press('F10');
    await keys.tabTo(page.locator('.menu').getByRole('button', { name: /Settings/ }));
    await page.keyboard.press('Enter');
    const list = page.getByRole('listbox', { name: 'Settings' });
    await keys.tabTo(list.getByRole('option').first());
    await page.keyboard.type('Lane n');
    await expect(page.getByRole('option', { name: /Lane number/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('.detail')).toContainText('store.lane');
    const field = page.getByLabel('Value on this terminal');
    await keys.tabTo(field);
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await setUpManager(page, PIN);
    await expect(page.locator('.detail').getByRole('status')).toHaveText(/^Saved/);
    await keys.look();
    const own = readFileSync(join(shop.folder, 'data', 'terminal.json'), 'utf8');
    expect(JSON.parse(own)).toMatchObject({ store: { lane: '12' } });
    await keys.hasUsedNoPointer();
  });

  test(
    'les appareils : des cartes apprises, approuvées, puis oubliées, en français',
    { tag: '@serial' },
    async ({ page, shop }) => {
      await shop.open({ language: 'fr-CA' });
      const keys = await keysOnly(page);
      await page.keyboard.press('F10');
      await keys.tabTo(page.locator('.menu').getByRole('button', { name: /Appareils/ }));
      await page.keyboard.press('Enter');
      await keys.tabTo(page.getByRole('button', { name: /^Cartes/ }));
      await page.keyboard.press('Enter');
      await keys.tabTo(page.locator('.device-detail .button-main'));
      await page.keyboard.press('Enter');
      for (const card of Array.from({ length: 3 }, () => makeCollectorNumber(Math.random))) {
        await expect(page.locator('.device-teach').first()).toContainText(/carte \d de 3/);
        await keys.look();
        await shop.scanner.write(`]A0AB-${card}\r`);
        await expect(page.locator('.device-teach').getByRole('textbox')).toBeFocused();
        await page.keyboard.type(card);
        await page.keyboard.press('Enter');
      }
      const keep = page.locator('.device-teach .button-main');
      await expect(keep).toBeVisible();
      await keys.look();
      await expect(keep).toBeFocused();
      // Who gives up at the PIN has changed nothing.
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      expect(existsSync(join(shop.folder, 'data', 'devices.json'))).toBe(false);
      await expect(keep).toBeFocused();
      await page.keyboard.press('Enter');
      await setUpManager(page, PIN);
      await expect(page.locator('.device-detail > .device-rules')).toContainText('Apprise ici');
      await keys.look();
      await expect.poll(() => auditOf(shop.folder, 'card-rule-taught')).toMatchObject([{ actor: 'Ana' }]);
      // The second decision asks: a set-up is a yes to one.
      await keys.tabTo(page.locator('.device-detail .button-quiet'));
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toContainText('Ana');
      await page.keyboard.type(PIN);
      await page.keyboard.press('Enter');
      await expect(page.locator('.device-detail > .device-rules')).not.toContainText('Apprise ici');
      await keys.look();
      await expect.poll(() => auditOf(shop.folder, 'card-rules-forgotten')).toMatchObject([{ actor: 'Ana' }]);
      await keys.hasUsedNoPointer();
    },
  );
});
