import { useWords } from './context.tsx';

/** Main has not answered yet. It shows itself only after a moment, so that a normal start is not a flash of trouble. */
export function Waiting() {
  const { text } = useWords();
  return (
    <main className="waiting" role="status">
      <p className="waiting-name">{text('app.name')}</p>
      <p className="waiting-title">{text('waiting.title')}</p>
      <p className="waiting-detail">{text('waiting.detail')}</p>
      <div className="progress-line waiting-progress" aria-hidden="true" />
    </main>
  );
}
