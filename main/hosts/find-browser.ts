import known from './browser/known-browsers.json' with { type: 'json' };

export type FoundBrowser =
  | { readonly kind: 'found'; readonly path: string }
  /** MILEPOST_CHROMIUM names a file that is not there: said, rather than quietly using another browser. */
  | { readonly kind: 'override-missing'; readonly path: string }
  | { readonly kind: 'none' };

const knownByPlatform: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(known));

/** A listed path with its `${NAME}` parts filled in; undefined when the environment lacks one. */
function filledIn(pattern: string, environmentVariables: NodeJS.ProcessEnv): string | undefined {
  let isComplete = true;
  const path = pattern.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    const value = environmentVariables[name];
    if (!value) isComplete = false;
    return value ?? '';
  });
  return isComplete ? path : undefined;
}

/** The browser of the Chromium family to use: MILEPOST_CHROMIUM, else the first listed one that exists. */
export function findBrowser({
  platform,
  environmentVariables,
  exists,
}: {
  platform: NodeJS.Platform;
  environmentVariables: NodeJS.ProcessEnv;
  exists: (path: string) => boolean;
}): FoundBrowser {
  const override = environmentVariables['MILEPOST_CHROMIUM'];
  if (override)
    return exists(override)
      ? { kind: 'found', path: override }
      : { kind: 'override-missing', path: override };
  const path = (knownByPlatform.get(platform) ?? [])
    .map((pattern) => filledIn(pattern, environmentVariables))
    .find((candidate) => candidate !== undefined && exists(candidate));
  return path === undefined ? { kind: 'none' } : { kind: 'found', path };
}
