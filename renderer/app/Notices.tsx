import type { Notice, Warning } from '../../shared/contract/views.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { reasonText } from '../../shared/i18n/reasons.ts';
import { Button } from '../ui/Button.tsx';
import { useTerminal, useWords } from './context.tsx';
import { warningText } from './warning-text.ts';
import type { Words } from './words.ts';

interface NoticesProps {
  readonly warnings: readonly Warning[];
  readonly notices: readonly Notice[];
}

/**
 * What a person must know, one at a time in a slim bar of its own: first what is wrong now, which stays until it is
 * mended, then what went wrong at start; dismissing one shows the next.
 */
export function Notices({ warnings, notices }: NoticesProps) {
  const words = useWords();
  const { text } = words;
  const terminal = useTerminal();
  const [warning, ...otherWarnings] = warnings;
  if (warning !== undefined) {
    const { title, detail } = warningText(warning, words);
    return (
      <aside className="notice" role="status">
        <p className="notice-text">
          <strong>{title}</strong>
          <span>{detail}</span>
        </p>
        <More count={otherWarnings.length + notices.length} />
      </aside>
    );
  }
  const [notice, ...others] = notices;
  if (notice === undefined) return null;
  const title = titleOf(notice, text);
  return (
    <aside className="notice" role="status">
      <p className="notice-text">
        <strong>{title}</strong>
        <NoticeDetail notice={notice} />
        <NoticePlace notice={notice} />
      </p>
      <More count={others.length} />
      <Button kind="quiet" onPress={() => terminal.dismissNotice(notice.id)}>
        {text('notice.dismiss')}
      </Button>
    </aside>
  );
}

function titleOf(notice: Notice, text: Words['text']): string {
  switch (notice.code) {
    case 'setting-refused':
      return text('notice.setting-refused', { key: notice.key ?? '' });
    case 'settings-file-unreadable':
      return text('notice.settings-file-unreadable');
    case 'provisioning-refused':
      return text('notice.provisioning');
    case 'offer-table-refused':
      return text('notice.offer-table-refused');
    case 'journal-damaged':
      return text('notice.journal-damaged', { kept: notice.kept ?? 0, lost: notice.lost ?? 0 });
    case 'version-put-back':
      return text('notice.version-put-back', { version: notice.version ?? '' });
    case 'version-failing':
      return text('notice.version-failing', { version: notice.version ?? '' });
    default:
      return assertNever(notice.code);
  }
}

/** Why, or what to do. */
function NoticeDetail({ notice }: { readonly notice: Notice }) {
  const { text } = useWords();
  switch (notice.code) {
    case 'journal-damaged':
      return <span>{text('notice.journal-damaged.do')}</span>;
    case 'version-put-back':
      return <span>{text('notice.version-put-back.do')}</span>;
    case 'version-failing':
      return <span>{text('notice.version-failing.do')}</span>;
    default:
      return notice.reason === undefined ? null : <span>{reasonText(notice.reason, text)}</span>;
  }
}

function More({ count }: { readonly count: number }) {
  const { text } = useWords();
  return count === 0 ? null : <p className="notice-more">{text('notice.more', { count })}</p>;
}

function NoticePlace({ notice }: { readonly notice: Notice }) {
  const { text } = useWords();
  if (notice.file === undefined) return null;
  const place =
    notice.line === undefined
      ? notice.file
      : text('notice.place', { file: notice.file, line: String(notice.line) });
  return <bdi className="notice-place">{place}</bdi>;
}
