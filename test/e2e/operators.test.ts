import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { checkoutOn, expect, test } from './fixtures.ts';
import { choosePin } from './manager.ts';
import { ANA_PIN, LUC_PIN } from './planted.ts';

/** The sheet that is open. */
const sheetOn = (page: Page) => page.getByRole('dialog');

/** Opens the operators' page by keys alone. */
async function openOperators(page: Page): Promise<void> {
  await page.keyboard.press('F10');
  await page.getByRole('heading', { name: 'Menu' }).waitFor();
  await page.getByRole('button', { name: /Operators|Personnel/ }).press('Enter');
}

/** Who did what, from the audit chain on the disk. */
function auditOf(folder: string): Array<{ what: string; actor: string | null }> {
  const file = new Database(join(folder, 'data', 'journal', 'journal.sqlite'), { readonly: true });
  const lines = file
    .prepare<[], { what: string; actor: string | null }>('SELECT what, actor FROM audit ORDER BY id')
    .all();
  file.close();
  return lines;
}

test('the first manager is set up by keys alone, adds a cashier, and locks', async ({ page, shop }) => {
  await shop.open();
  await openOperators(page);
  await expect(page.getByText('No operators yet')).toBeVisible();
  await page.getByRole('button', { name: 'Set up the first manager' }).press('Enter');
  await page.keyboard.press('Enter');
  await expect(sheetOn(page)).toContainText('Key a name.');
  await page.keyboard.type('Ana');
  await page.keyboard.press('Enter');
  // A PIN that anybody would guess, then two that differ: neither is taken.
  await page.keyboard.type('1234');
  await page.keyboard.press('Enter');
  await expect(sheetOn(page)).toContainText('Too easy to guess');
  await page.keyboard.type(ANA_PIN);
  await page.keyboard.press('Enter');
  await page.keyboard.type(LUC_PIN);
  await page.keyboard.press('Enter');
  await expect(sheetOn(page)).toContainText('two different PINs');
  await choosePin(page, ANA_PIN);
  await expect(sheetOn(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Signed in: Ana' })).toBeVisible();

  await page.getByRole('button', { name: 'Add an operator' }).press('Enter');
  await page.keyboard.type('Luc');
  await page.keyboard.press('Enter');
  await choosePin(page, LUC_PIN);
  await expect(page.getByRole('button', { name: /Luc Cashier/ })).toBeVisible();
  // Signed in with the role it takes, Ana was not asked again.
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('button', { name: 'Locked: Ana' })).toBeVisible();
  await expect
    .poll(() => auditOf(shop.folder))
    .toEqual([
      { what: 'operator-added', actor: 'Ana' },
      { what: 'operator-signed-in', actor: 'Ana' },
      { what: 'operator-added', actor: 'Ana' },
      { what: 'operator-locked', actor: 'Ana' },
    ]);
});

test('a cashier changes their own PIN with the present one, and nobody else is asked', async ({
  page,
  shop,
}) => {
  await shop.open();
  await openOperators(page);
  await page.getByRole('button', { name: 'Set up the first manager' }).press('Enter');
  await page.keyboard.type('Ana');
  await page.keyboard.press('Enter');
  await choosePin(page, ANA_PIN);
  await expect(sheetOn(page)).toBeHidden();
  await page.getByRole('button', { name: 'Add an operator' }).press('Enter');
  await page.keyboard.type('Luc');
  await page.keyboard.press('Enter');
  await choosePin(page, LUC_PIN);
  await expect(page.getByRole('button', { name: /Luc Cashier/ })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();

  await page.getByRole('button', { name: /Luc Cashier/ }).press('Enter');
  await page.getByRole('button', { name: 'Change my PIN' }).press('Enter');
  await expect(sheetOn(page).getByRole('radio', { name: /Luc/ })).toBeChecked();
  await expect(sheetOn(page)).toContainText('Key your present PIN.');
  await page.keyboard.type('4417');
  await page.keyboard.press('Enter');
  await expect(sheetOn(page)).toContainText('Wrong PIN. 4 tries left.');
  await page.keyboard.type(LUC_PIN);
  await page.keyboard.press('Enter');
  await expect(sheetOn(page)).toContainText('Choose a PIN');
  await choosePin(page, '952713');
  await expect(sheetOn(page)).toContainText('Your new PIN is good from now on.');
  await page.keyboard.press('Enter');
  await expect(sheetOn(page)).toBeHidden();

  await page.getByRole('button', { name: 'Sign in' }).press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('952713');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Signed in: Luc' })).toBeVisible();
  await expect
    .poll(() => auditOf(shop.folder).map(({ what, actor }) => `${what} ${actor}`))
    .toEqual([
      'operator-added Ana',
      'operator-signed-in Ana',
      'operator-added Ana',
      'operator-signed-out Ana',
      'operator-pin-changed Luc',
      'operator-signed-in Luc',
    ]);
});

test('a manager approves over the shoulder; five wrong PINs lock, and a restart forgives nothing', async ({
  page,
  shop,
}) => {
  const terminal = await shop.open({ language: 'fr-CA' });
  await openOperators(page);
  await page.getByRole('button', { name: 'Inscrire la gérance' }).press('Enter');
  await page.keyboard.type('Ana');
  await page.keyboard.press('Enter');
  await choosePin(page, ANA_PIN);
  await page.getByRole('button', { name: 'Fermer la session' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Ouvrir la session' })).toBeVisible();

  const addLuc = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Ajouter quelqu’un' }).press('Enter');
    await page.keyboard.type('Luc');
    await page.keyboard.press('Enter');
    await choosePin(page, LUC_PIN);
    await expect(sheetOn(page).last()).toContainText('Approbation de la gérance');
  };
  await addLuc();
  for (const said of ['Encore 4 essais', 'Encore 3 essais', 'Encore 2 essais', 'Encore 1 essai', 'Trop de']) {
    await page.keyboard.type('9173');
    await page.keyboard.press('Enter');
    await expect(sheetOn(page).last()).toContainText(said);
  }
  await expect(sheetOn(page).last()).toContainText(/Réessayez dans \d+\ss/);
  await expect(sheetOn(page).last().getByRole('button', { name: 'Approuver' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(sheetOn(page)).toHaveCount(0);
  await expect(page.getByText('Accès bloqué')).toBeVisible();
  await terminal.kill();

  await shop.open({ language: 'fr-CA' });
  await openOperators(page);
  await addLuc();
  await page.keyboard.type(ANA_PIN);
  await page.keyboard.press('Enter');
  await expect(sheetOn(page).last()).toContainText(/Réessayez dans \d+\ss/);
  // The wait ends by itself, and the right PIN is right again.
  await expect(sheetOn(page).last()).toContainText('Entrez le NIP.', { timeout: 40_000 });
  await page.keyboard.type(ANA_PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Luc Caisse/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ouvrir la session' })).toBeVisible();
  await expect
    .poll(() => auditOf(shop.folder).map(({ what, actor }) => `${what} ${actor}`))
    .toEqual([
      'operator-added Ana',
      'operator-signed-in Ana',
      'operator-signed-out Ana',
      'operator-locked-out null',
      'operator-approved Ana',
      'operator-added Ana',
    ]);
});

test(
  'a lock leaves the sale being keyed and the queue alone, and the sale goes in the cashier’s name',
  { tag: '@serial' },
  async ({ page, shop }) => {
    await shop.open({ operators: { mode: 'everyone' } });
    const checkout = checkoutOn(page);
    const [first = '', second = '', third = ''] = await shop.simulator.collectors();
    // Nobody is known yet: the terminal asks for the first manager before anything else.
    await expect(sheetOn(page)).toContainText('The first manager');
    await page.keyboard.press('Escape');
    await expect(sheetOn(page)).toBeVisible();
    await sheetOn(page).getByLabel('Name').fill('Ana');
    await page.keyboard.press('Enter');
    await choosePin(page, ANA_PIN);
    await expect(sheetOn(page)).toBeHidden();

    await shop.simulator.setFaults({ next: Array.from({ length: 500 }, () => '500') });
    await page.keyboard.type(first);
    await page.keyboard.type('20');
    await page.keyboard.press('Enter');
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'stored');
    await page.keyboard.type(second);
    await page.keyboard.type('61.5');
    await page.keyboard.press('Control+l');
    await expect(sheetOn(page)).toContainText('Locked');
    await expect(sheetOn(page)).toContainText('The sale being keyed is kept as it is.');
    // Neither keys nor a card reach the sale under the lock, and nothing opens beside it.
    await page.keyboard.press('F9');
    await page.keyboard.press('F10');
    await shop.scanner.writePaced(`${third}\r\n`, 9600);
    // What was stored is sent on under the lock, as soon as it can be.
    await shop.simulator.setFaults({ next: [] });
    await expect.poll(async () => (await shop.simulator.ledger()).length).toBe(1);
    await page.reload();
    await expect(sheetOn(page)).toContainText('Locked');
    await page.keyboard.type('4417');
    await page.keyboard.press('Enter');
    await expect(sheetOn(page)).toContainText('4 tries left');
    await page.keyboard.type(ANA_PIN);
    await page.keyboard.press('Enter');
    await expect(sheetOn(page)).toBeHidden();
    await expect(checkout.amount).toHaveValue(/^61\.50?$/);
    await expect(checkout.collector).toHaveValue(new RegExp(`${second.slice(-4)}$`));
    await page.keyboard.press('Enter');
    await expect(checkout.newest).toContainText(/3 Miles/);
    await expect
      .poll(() => auditOf(shop.folder).filter(({ what }) => what === 'stored'))
      .toEqual([
        { what: 'stored', actor: 'Ana' },
        { what: 'stored', actor: 'Ana' },
      ]);
  },
);

test('a PIN by touch: large keys, and its digits stand nowhere in the page', async ({ page, shop }) => {
  await shop.open({ operators: { mode: 'everyone' } });
  await sheetOn(page).getByLabel('Name').fill('Ana');
  await sheetOn(page).getByRole('button', { name: 'Next' }).click();
  const press = async (pin: string): Promise<void> => {
    for (const digit of pin) {
      await sheetOn(page).getByRole('button', { name: digit, exact: true }).click();
    }
  };
  await press('739158');
  await expect(sheetOn(page).getByRole('status')).toHaveAccessibleName('PIN: 6 digits keyed');
  expect(await page.locator('html').innerHTML()).not.toContain('739158');
  for (const button of await sheetOn(page).getByRole('button').all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), await button.innerText()).toBeGreaterThanOrEqual(48);
  }
  await sheetOn(page).getByRole('button', { name: 'Erase one digit' }).click();
  await expect(sheetOn(page).getByRole('status')).toHaveAccessibleName('PIN: 5 digits keyed');
  await press('8');
  await sheetOn(page).getByRole('button', { name: 'Next' }).click();
  await press('739158');
  await sheetOn(page).getByRole('button', { name: 'Set up' }).click();
  await expect(sheetOn(page)).toBeHidden();
});
