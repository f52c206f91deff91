import type { Notice } from '../../shared/contract/views.ts';
import { Button } from '../ui/Button.tsx';
import { useTerminal, useWords } from './context.tsx';

/** What went wrong at start, one at a time in a slim bar of its own; dismissing one shows the next. */
export function Notices({ notices }: { readonly notices: readonly Notice[] }) {
  const { text } = useWords();
  const terminal = useTerminal();
  const [notice, ...others] = notices;
  if (notice === undefined) return null;
  const title =
    notice.code === 'setting-refused'
      ? text('notice.setting-refused', { key: notice.key ?? '' })
      : text('notice.settings-file-unreadable');
  return (
    <aside className="notice" role="status">
      <p className="notice-text">
        <strong>{title}</strong>
        <span lang="en">{notice.problem}</span>
        <NoticePlace notice={notice} />
      </p>
      {others.length === 0 ? null : (
        <p className="notice-more">{text('notice.more', { count: others.length })}</p>
      )}
      <Button kind="quiet" onPress={() => terminal.dismissNotice(notice.id)}>
        {text('notice.dismiss')}
      </Button>
    </aside>
  );
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
