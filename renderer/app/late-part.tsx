import { use, type ComponentType } from 'react';

/** A part of the window whose code comes in a file of its own. */
export interface LatePart<Props extends object> {
  /** Suspends until the code is there; once it is, draws at once and never flickers. */
  readonly Part: ComponentType<Props>;
  /** Fetches the code ahead, once however often it is asked for; tries again until it is there. */
  load(): Promise<void>;
}

/** The files come from this machine: a fetch fails only while the terminal program is away. */
const RETRY_AFTER_MS = 1_000;

/** Makes a part of an import, so that the window's first load does not carry it. */
export function createLatePart<Props extends object>(
  fetchCode: () => Promise<ComponentType<Props>>,
): LatePart<Props> {
  let Code: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;

  function fetchUntilThere(): Promise<void> {
    return fetchCode().then(
      (code) => {
        Code = code;
      },
      async () => {
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
        return fetchUntilThere();
      },
    );
  }

  function load(): Promise<void> {
    loading ??= fetchUntilThere();
    return loading;
  }

  function Part(props: Props) {
    if (Code === undefined) use(load());
    return Code === undefined ? null : <Code {...props} />;
  }
  return { Part, load };
}
