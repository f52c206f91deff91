import type { Page } from '@playwright/test';
import { checkoutOn, expect, test } from './fixtures.ts';
import { approve, setUpManager } from './manager.ts';
import { base, partnerSettings, twice } from './partner-settings.ts';

/** A form that a manager keys: a return without its sale, or a correction. */
function keyedOn(page: Page) {
  const field = (name: RegExp) => page.locator('.keyed-form').getByRole('textbox', { name });
  return {
    collector: field(/^(Collector|Adhérent)/),
    reference: field(/^(Reference on the paper|Référence sur le papier)/),
    amount: field(/^(Amount that comes back|Montant qui revient)/),
    miles: field(/^(Miles|Milles|milles)/),
    reason: field(/^(Reason|Motif)/),
    line: page.locator('.keyed-line'),
    done: page.locator('.return-done'),
    choose: (name: RegExp) => page.locator('.keyed-form').getByRole('radio', { name }),
  };
}

async function sell(page: Page, collector: string, amount: string): Promise<void> {
  await page.keyboard.type(collector);
  await page.keyboard.type(amount);
  await page.keyboard.press('Enter');
  await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'credited');
}

async function openCorrection(page: Page): Promise<void> {
  await page.keyboard.press('F10');
  await page.locator('.menu .button', { hasText: 'Correction' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Correction' })).toBeVisible();
}

test.describe('a return without its sale', () => {
  test('is keyed from the paper with a reason and a PIN, and marked wherever it is shown, where AIR MILES calculates', async ({
    page,
    shop,
  }) => {
    await shop.open();
    const keyed = keyedOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    await sell(page, collector, '60');
    const [sold] = shop.journal();
    await page.keyboard.press('F2');
    await page.getByRole('button', { name: 'No receipt, or sold elsewhere' }).press('Enter');
    await keyed.collector.fill(collector);
    await keyed.amount.fill('25');
    await keyed.reference.fill(sold?.reference ?? '');
    await keyed.reason.fill('Gift, no receipt');
    await page.keyboard.press('Enter');
    // Its sale is here: by hand, what was returned of it before would count for nothing. No manager is asked for that.
    await expect(keyed.line).toHaveText(
      'This sale is on this terminal. Return it by its reference, so that no more comes back than was sold.',
    );
    expect(shop.journal()).toHaveLength(1);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await keyed.reference.fill('');
    await page.keyboard.press('Enter');
    await setUpManager(page);
    await expect(keyed.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'credited');
    await expect(keyed.done).toContainText('Keyed without its sale');
    const [, back] = shop.journal();
    expect(back).toMatchObject({ kind: 'return', state: 'credited', collector_number: collector });
    expect(JSON.parse(back?.details ?? '')).toMatchObject({
      reason: 'Gift, no receipt',
      withoutOriginal: {},
    });
    const ledger = await shop.simulator.ledger();
    expect(ledger).toMatchObject([
      { endpoint: 'issue', milesAmount: 3 },
      { endpoint: 'return', milesAmount: -1 },
    ]);
    expect(ledger[1]).not.toHaveProperty('originalTransactionId', expect.any(String));
    await page.keyboard.press('Enter');
    await page.keyboard.press('F7');
    await expect(page.locator('.paper')).toContainText('Keyed without its sale');
  });

  test('takes the Miles on the paper back where the partner calculates, up to the limit, in French', async ({
    page,
    shop,
  }) => {
    const table = { format: 1, version: '1', offers: [base, twice] };
    await shop.open({ ...partnerSettings(shop.folder, table, shop.simulator.ready), language: 'fr-CA' });
    const keyed = keyedOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    await sell(page, collector, '100');
    await page.keyboard.press('F2');
    await page.getByRole('button', { name: 'Sans reçu, ou vendu ailleurs' }).press('Enter');
    await keyed.collector.fill(collector);
    await keyed.amount.fill('40');
    await keyed.miles.fill('501');
    await keyed.reason.fill('Reçu perdu');
    await page.keyboard.press('Enter');
    await expect(keyed.line).toHaveText(
      'Plus de milles de récompense que ce terminal ne permet d’en déplacer à la main (500).',
    );
    await keyed.miles.fill('4');
    await page.keyboard.press('Enter');
    await setUpManager(page);
    await expect(keyed.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'credited');
    await expect(keyed.done).toContainText('Saisi sans sa vente');
    expect(await shop.simulator.ledger()).toMatchObject([
      { endpoint: 'post', milesAmount: 10 },
      { endpoint: 'reverse', milesAmount: -4, offers: [{ offerCode: 'STANDARD', milesAmount: -4 }] },
    ]);
  });
});

test.describe('a correction by hand', () => {
  test('adds Miles and takes them back, each with a reason and a PIN, and the ledger agrees', async ({
    page,
    shop,
  }) => {
    const table = { format: 1, version: '1', offers: [base, twice] };
    await shop.open(partnerSettings(shop.folder, table, shop.simulator.ready));
    const keyed = keyedOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    await openCorrection(page);
    const button = page.locator('.keyed-form .button-primary');
    await keyed.collector.fill(collector);
    await keyed.miles.fill('501');
    await expect(button).toBeDisabled();
    await keyed.reason.fill('Voucher of the opening week');
    await expect(button).toHaveText(/^Add 501 Miles/);
    await page.keyboard.press('Enter');
    await expect(keyed.line).toHaveText(
      'More Reward Miles than may be moved by hand on this terminal (500).',
    );
    // What is said follows the language.
    await page.keyboard.press('F8');
    await expect(keyed.line).toContainText('Plus de milles de récompense');
    await page.keyboard.press('F8');
    await keyed.choose(/TWICE/).press('Space');
    await keyed.miles.fill('40');
    await page.keyboard.press('Enter');
    await setUpManager(page);
    await expect(keyed.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'credited');
    await page.keyboard.press('Enter');

    await openCorrection(page);
    await keyed.choose(/^Take back/).press('Space');
    await keyed.collector.fill(collector);
    await keyed.miles.fill('15');
    await keyed.reason.fill('Given twice');
    await expect(button).toHaveText(/^Take back 15 Miles/);
    await page.keyboard.press('Enter');
    await approve(page);
    await expect(keyed.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'credited');

    expect(await shop.simulator.ledger()).toMatchObject([
      {
        endpoint: 'post-event',
        collectorNumber: collector,
        milesAmount: 40,
        offers: [{ offerCode: 'TWICE', locationCode: '1100', milesAmount: 40 }],
      },
      { endpoint: 'reverse-event', milesAmount: -15, offers: [{ offerCode: 'STANDARD', milesAmount: -15 }] },
    ]);
    expect(shop.journal().map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'post-event credited',
      'reverse-event credited',
    ]);
  });

  test('is not there where AIR MILES calculates, and the page says what to do', async ({ page, shop }) => {
    await shop.open();
    await openCorrection(page);
    await expect(page.getByText('No corrections by hand here')).toBeVisible();
    await expect(
      page.getByText('Where AIR MILES calculates, a terminal cannot correct by hand.'),
    ).toBeVisible();
    await expect(page.locator('.keyed-form')).toHaveCount(0);
    await page.keyboard.press('F8');
    await expect(page.getByText('Pas de correction à la main ici')).toBeVisible();
  });
});

test.describe('a card scanned beside a keyed form', () => {
  test(
    'fills its Collector whatever has the focus, and the return is recorded as scanned and marked in the day',
    { tag: '@serial' },
    async ({ page, shop }) => {
      await shop.open({
        forwarding: { backoffFirstMs: 60_000, backoffCapMs: 60_000, returnSpreadMs: 0 },
      });
      const keyed = keyedOn(page);
      const [collector = ''] = await shop.simulator.collectors();
      await expect(page.locator('.light', { hasText: 'Scanner' })).toHaveAttribute('data-health', 'well');
      await page.keyboard.press('F2');
      await page.getByRole('button', { name: 'No receipt, or sold elsewhere' }).press('Enter');
      await keyed.reason.fill('Lost receipt');
      await shop.scanner.writePaced(`${collector}\r`, 9600);
      await expect(keyed.collector).toHaveValue(collector);
      await expect(keyed.reason).toHaveValue('Lost receipt');
      await keyed.amount.fill('25');
      await shop.simulator.setFaults({ next: ['500'] });
      await page.keyboard.press('Enter');
      await setUpManager(page);
      await expect(keyed.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'stored');
      expect(shop.journal()).toMatchObject([{ kind: 'return', entry_mode: 'scanned' }]);
      await page.keyboard.press('Enter');
      await expect(checkoutOn(page).collector).toHaveValue('');

      await page.keyboard.press('F10');
      const entry = page.getByRole('button', { name: /Close the day/ });
      await page.keyboard.press((await entry.locator('.menu-key').textContent()) ?? '');
      await page.keyboard.press('2');
      await expect(page.locator('.day-table tbody tr')).toHaveCount(1);
      await expect(page.locator('.day-mark')).toHaveText('Keyed without its sale');
    },
  );

  test(
    'fills a correction, which is keyed again once a digit of it is changed',
    { tag: '@serial' },
    async ({ page, shop }) => {
      const table = { format: 1, version: '1', offers: [base, twice] };
      await shop.open(partnerSettings(shop.folder, table, shop.simulator.ready));
      const keyed = keyedOn(page);
      const [collector = '', other = ''] = await shop.simulator.collectors();
      await expect(page.locator('.light', { hasText: 'Scanner' })).toHaveAttribute('data-health', 'well');
      await openCorrection(page);
      await keyed.reason.fill('Voucher');
      await shop.scanner.writePaced(`${collector}\r`, 9600);
      await expect(keyed.collector).toHaveValue(collector);
      await keyed.collector.fill(other);
      await keyed.miles.fill('4');
      await page.keyboard.press('Enter');
      await setUpManager(page);
      await expect(keyed.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'credited');
      expect(shop.journal()).toMatchObject([{ kind: 'post-event', entry_mode: 'keyed' }]);
    },
  );
});
