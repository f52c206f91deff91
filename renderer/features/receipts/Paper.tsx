import { assertNever } from '../../../shared/domain/assert-never.ts';
import { layOut, type ReceiptLine } from '../../../shared/receipts/lay-out.ts';
import type { Receipt } from '../../../shared/receipts/receipt.ts';

const COLUMNS = 42;
const WIDTH = 340;
const MARGIN = 20;
const MIDDLE = WIDTH / 2;

const TEXT = { height: 19, baseline: 14 };
const LARGE = { height: 32, baseline: 24 };
const RULE = { height: 16 };
const SPACE = { height: 8 };
const QR_SIDE = 132;
const BARS = { width: 230, height: 40, gap: 14 };

function heightOf(line: ReceiptLine): number {
  switch (line.kind) {
    case 'text':
      return line.isLarge === true ? LARGE.height : TEXT.height;
    case 'rule':
      return RULE.height;
    case 'space':
      return SPACE.height;
    case 'code':
      return QR_SIDE + BARS.gap + BARS.height;
    default:
      return assertNever(line);
  }
}

interface PaperProps {
  readonly receipt: Receipt;
  readonly label: string;
}

/** A receipt on screen, as it looks on paper: the same lines, drawn. Read out line by line. */
export function Paper({ receipt, label }: PaperProps) {
  const lines = layOut(receipt, COLUMNS);
  const tops = lines.map((_, index) =>
    lines.slice(0, index).reduce((top, line) => top + heightOf(line), MARGIN),
  );
  const height = lines.reduce((total, line) => total + heightOf(line), 2 * MARGIN);
  return (
    <svg
      className="paper"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="group"
      aria-label={label}
      lang={receipt.language}
    >
      <rect className="paper-sheet" width={WIDTH} height={height} />
      {lines.map((line, index) => (
        <PaperLine key={index} line={line} y={tops[index] ?? 0} />
      ))}
    </svg>
  );
}

function PaperLine({ line, y }: { readonly line: ReceiptLine; readonly y: number }) {
  switch (line.kind) {
    case 'text':
      return <PaperText line={line} y={y} />;
    case 'rule':
      return (
        <line
          className="paper-rule"
          x1={MARGIN}
          x2={WIDTH - MARGIN}
          y1={y + RULE.height / 2}
          y2={y + RULE.height / 2}
        />
      );
    case 'space':
      return null;
    case 'code':
      return <PaperCode code={line} y={y} />;
    default:
      return assertNever(line);
  }
}

function PaperText({
  line,
  y,
}: {
  readonly line: Extract<ReceiptLine, { kind: 'text' }>;
  readonly y: number;
}) {
  const { height, baseline } = line.isLarge === true ? LARGE : TEXT;
  const isMiddle = line.align === 'middle';
  const className = ['paper-text', line.isLarge === true && 'paper-large', line.isStrong === true && 'paper-strong', line.isInverse === true && 'paper-inverse'].filter(Boolean).join(' '); // prettier-ignore
  return (
    <>
      {line.isInverse === true ? (
        <rect className="paper-ink" x={MARGIN} y={y} width={WIDTH - 2 * MARGIN} height={height} />
      ) : null}
      <text className={className} x={isMiddle ? MIDDLE : MARGIN} y={y + baseline} textAnchor={line.align}>
        {line.text}
      </text>
      {line.end === undefined ? null : (
        <text className={className} x={WIDTH - MARGIN} y={y + baseline} textAnchor="end">
          {line.end}
        </text>
      )}
    </>
  );
}

function PaperCode({
  code,
  y,
}: {
  readonly code: Extract<ReceiptLine, { kind: 'code' }>;
  readonly y: number;
}) {
  const side = QR_SIDE / code.squares.length;
  const left = MIDDLE - QR_SIDE / 2;
  const squares = code.squares.flatMap((row, rowIndex) =>
    [...row.matchAll(/1+/g)].map(
      ({ index, 0: run }) =>
        `M${left + index * side} ${y + rowIndex * side}h${run.length * side}v${side}h${-run.length * side}z`,
    ),
  );
  const unit = BARS.width / code.bars.reduce((total, width) => total + width, 0);
  const top = y + QR_SIDE + BARS.gap;
  // Bars and gaps take turns, a bar first.
  const bars = code.bars.map((width, index) => {
    const before = code.bars.slice(0, index).reduce((total, each) => total + each, 0);
    const x = MIDDLE - BARS.width / 2 + before * unit;
    return index % 2 === 0 ? `M${x} ${top}h${width * unit}v${BARS.height}h${-width * unit}z` : '';
  });
  return <path className="paper-ink" d={[...squares, ...bars].join('')} aria-label={code.text} role="img" />;
}
