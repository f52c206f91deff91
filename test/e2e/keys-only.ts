import { expect, type Locator, type Page } from '@playwright/test';

/** More controls than any page has. */
const LONGEST_WAY = 120;

/**
 * A person who has a keyboard and nothing else. Any press of a pointer counts, whoever makes it; on the way the focus is
 * looked at: it is never lost, always seen, moves in the order of the page, and stands on something with a name.
 */
export async function keysOnly(page: Page) {
  const refuse = (): never => {
    throw new Error('This person has no mouse');
  };
  Object.assign(page.mouse, { click: refuse, down: refuse, move: refuse });
  await page.evaluate(() => {
    const presses: string[] = [];
    Reflect.set(globalThis, 'milepostPresses', presses);
    for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
      window.addEventListener(kind, () => presses.push(kind), true);
  });

  async function look(): Promise<void> {
    const focused = page.locator(':focus');
    await expect(focused, 'the focus is somewhere').toHaveCount(1);
    await expect(focused).toHaveAccessibleName(/\S/);
    const isSeen = await focused.evaluate((element) => {
      const isDrawn = (one: Element): boolean => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      };
      // A box around a field may be drawn for it.
      const around = [element, element.parentElement, element.parentElement?.parentElement].filter(
        (one) => one instanceof Element,
      );
      const box = element.getBoundingClientRect();
      const isInView = box.bottom > 0 && box.top < innerHeight && box.width > 0;
      return isInView && around.some(isDrawn);
    });
    expect(isSeen, `${await focused.evaluate((element) => element.outerHTML.slice(0, 120))} is seen`).toBe(
      true,
    );
  }

  return {
    /** Goes to a control by Tab, and looks at each one on the way. */
    async tabTo(wanted: Locator): Promise<void> {
      let before = await page.evaluateHandle(() => document.activeElement);
      for (let step = 0; step < LONGEST_WAY; step += 1) {
        await page.keyboard.press('Tab');
        const isOut = await page.evaluate(() => document.activeElement === document.body);
        // Behind the last control the browser's own come, and then the page begins again.
        if (isOut) continue;
        await look();
        const now = await page.evaluateHandle(() => document.activeElement);
        const isBack = await page.evaluate(
          ([last, next]) =>
            last !== null &&
            next !== null &&
            last !== next &&
            (last.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 &&
            last !== document.body,
          [before, now] as const,
        );
        const isFirst = await page.evaluate(() => {
          const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, [tabindex="0"]')];
          const open = document.querySelector('[role="dialog"]') ?? document;
          return all.find((one) => open.contains(one) && one.checkVisibility()) === document.activeElement;
        });
        if (isBack && !isFirst) {
          const name = await page.locator(':focus').evaluate((element) => element.textContent);
          throw new Error(`Tab went back to “${name}”`);
        }
        before = now;
        if (await wanted.evaluate((element) => element === document.activeElement)) return;
      }
      throw new Error('Tab never got there');
    },
    look,
    /** No pointer was pressed, whatever the test did. */
    async hasUsedNoPointer(): Promise<void> {
      expect(await page.evaluate(() => Reflect.get(globalThis, 'milepostPresses'))).toEqual([]);
    },
  };
}

/**
 * The first manager is set up where one is needed for the first time, which is a yes to what was asked. `delay`: how long
 * each key of the PIN is down, in milliseconds; where a keyboard scanner is told by its speed, a person is slower.
 */
export async function setUpManager(page: Page, pin: string, delay = 0): Promise<void> {
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Ana');
  await page.keyboard.press('Enter');
  await expect(sheet).toContainText(/Choose a PIN|Choisissez un NIP/);
  await page.keyboard.type(pin, { delay });
  await page.keyboard.press('Enter');
  await expect(sheet).toContainText(/same PIN again|même NIP de nouveau/);
  await page.keyboard.type(pin, { delay });
  await page.keyboard.press('Enter');
  await expect(sheet).toBeHidden();
}
