import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { openOutcomes } from '../../../shared/domain/outcome.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useWords } from '../../app/context.tsx';
import { OutcomeShape } from '../../ui/Shape.tsx';
import type { BoardFilter, OpenRowsState } from './open-rows.ts';

/** In the order of the arrow keys. */
export const filters: readonly BoardFilter[] = ['all', ...openOutcomes];

const filterText: Readonly<Record<BoardFilter, MessageId>> = {
  all: 'board.filter.all',
  stored: 'board.filter.stored',
  'needs-manager': 'board.filter.needs-manager',
  accepted: 'board.filter.accepted',
};

interface FiltersProps {
  readonly filter: BoardFilter;
  readonly counts: OpenRowsState['counts'];
  readonly onChange: (filter: BoardFilter) => void;
}

/** Which of them are shown, and how many there are of each. */
export function Filters({ filter, counts, onChange }: FiltersProps) {
  const { text, number } = useWords();
  const countOf = (one: BoardFilter): string => {
    if (counts === null) return '';
    const all = counts.stored + counts['needs-manager'] + counts.accepted;
    return number(one === 'all' ? all : counts[one]);
  };
  return (
    <ToggleButtonGroup
      className="board-filters"
      aria-label={text('board.filter')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[filter]}
      onSelectionChange={(keys) => onChange(filters.find((one) => keys.has(one)) ?? 'all')}
    >
      {filters.map((one) => (
        <ToggleButton key={one} id={one} className="board-filter" data-outcome={one}>
          {one === 'all' ? null : <OutcomeShape outcome={one} />}
          <span>{text(filterText[one])}</span>
          <span className="board-count">{countOf(one)}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
