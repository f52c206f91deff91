import { parseArgs } from 'node:util';

export interface ProgramArguments {
  /** 0 takes a free port. */
  readonly port: number;
  readonly dataFolder: string | undefined;
  readonly settingsFile: string | undefined;
  /** For tests and demonstrations. The installed program takes the operating system's place for it and no other. */
  readonly policyFile: string | undefined;
  readonly isWindowWanted: boolean;
}

export type ReadArguments =
  | { readonly kind: 'read'; readonly arguments: ProgramArguments }
  | { readonly kind: 'refused'; readonly message: string };

/** Ports below 1024 belong to the system, and a browser hides port 80 from the addresses we compare. */
function readPort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port === 0 || (port >= 1024 && port <= 65_535) ? port : undefined;
}

function parse(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    allowPositionals: false,
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      settings: { type: 'string' },
      policy: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
    },
  }).values;
}

/** Reads `--port N --data DIR --settings FILE --policy FILE --no-open`. A refusal is one line that says which word is wrong. */
export function readArguments(words: readonly string[]): ReadArguments {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(words);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    return { kind: 'refused', message: cause.message.split('\n')[0] ?? cause.message };
  }
  const port = readPort(values.port);
  if (port === undefined) {
    return {
      kind: 'refused',
      message: `--port takes 0 (any free port) or 1024 to 65535, not '${values.port}'`,
    };
  }
  const emptyFlag = (['data', 'settings', 'policy'] as const).find((name) => values[name] === '');
  if (emptyFlag !== undefined) return { kind: 'refused', message: `--${emptyFlag} needs a path` };
  return {
    kind: 'read',
    arguments: {
      port,
      dataFolder: values.data,
      settingsFile: values.settings,
      policyFile: values.policy,
      isWindowWanted: !values['no-open'],
    },
  };
}
