import marks from './real-looking.json' with { type: 'json' };

/** Settings that can be handed to a simulator and could have been meant for the real programme. */
export interface GivenSettings {
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly audience?: string | undefined;
}

/** The lengths of what the programme's provider of tokens hands out: 32 letters and digits, and 64 or more. */
const REAL_CLIENT_ID = /^[A-Za-z0-9]{32}$/;
const REAL_SECRET = /^[\w-]{64,}$/;

function namesRealHost(text: string): boolean {
  const lower = text.toLowerCase();
  return marks.domains.some((domain) =>
    new RegExp(`(^|[^a-z0-9-])${domain.replaceAll('.', '\\.')}($|[^a-z0-9.-])`).test(lower),
  );
}

/** The names of settings that look like those of the real programme. Their values are never repeated. */
export function realLookingSettings(given: GivenSettings): readonly (keyof GivenSettings)[] {
  const { clientId = '', clientSecret = '', audience = '' } = given;
  const looksReal = {
    clientId: REAL_CLIENT_ID.test(clientId) || namesRealHost(clientId),
    clientSecret: REAL_SECRET.test(clientSecret),
    audience: namesRealHost(audience) || marks.audiences.includes(audience.toLowerCase()),
  };
  return (['clientId', 'clientSecret', 'audience'] as const).filter((name) => looksReal[name]);
}

/** A simulator was given what belongs to the real programme. It does not start, so that nothing of it lands in its files. */
export class RealSettingsError extends Error {
  readonly names: readonly (keyof GivenSettings)[];

  constructor(names: readonly (keyof GivenSettings)[]) {
    super(
      `A simulator takes no settings of the real programme, and these look like it: ${names.join(', ')}.`,
    );
    this.name = 'RealSettingsError';
    this.names = names;
  }
}
