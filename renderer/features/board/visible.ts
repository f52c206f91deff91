/** Every row is as high as a finger needs: which ones are in the window is a division, and nothing has to be measured. */
export const ROW_PX = 48;
/** Drawn beyond the edge, so that a turn of the wheel meets rows that are there. */
const BEYOND = 6;

/** From the first row to the one behind the last. */
export interface Visible {
  readonly first: number;
  readonly end: number;
}

/** The rows to draw for a window of so many pixels over a list of so many rows. */
export function visibleRows(scrollTop: number, heightPx: number, total: number): Visible {
  const first = Math.min(Math.max(0, Math.floor(scrollTop / ROW_PX) - BEYOND), Math.max(0, total - 1));
  const end = Math.min(total, Math.ceil((scrollTop + heightPx) / ROW_PX) + BEYOND);
  return { first, end: Math.max(first, end) };
}

/** Where to scroll so that a row is seen whole; where it is seen already, nowhere. */
export function scrollTo(index: number, scrollTop: number, heightPx: number): number {
  const top = index * ROW_PX;
  if (top < scrollTop) return top;
  return top + ROW_PX > scrollTop + heightPx ? top + ROW_PX - heightPx : scrollTop;
}
