import { z } from 'zod';
import { ownHeaders } from '../airmiles/access.ts';
import { offerIdForms } from '../airmiles/issuance-entries.ts';
import { chooseProxy } from '../airmiles/proxy.ts';

const HttpsUrl = z.url({ protocol: /^https$/, error: 'https-address' });
const FilePath = z.string().min(1).max(1000);
const HeaderName = z
  .string()
  .max(100)
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'header-name')
  .refine((name) => !ownHeaders.includes(name.toLowerCase()), 'own-header');
/** Printable, so that nothing can end a header and begin another. */
const HeaderValue = z
  .string()
  .max(1000)
  .regex(/^[\t\x20-\x7e]*$/, 'header-characters');
const ProxySetting = z
  .string()
  .max(1000)
  .refine(
    (setting) => chooseProxy({ setting, environmentVariables: {}, credentials: undefined }).kind === 'choice',
    { error: 'proxy-address' },
  )
  .refine((setting) => !setting.includes('@'), { error: 'proxy-password' });

/** The way to AIR MILES. Secrets are never here: the host's secret store or the environment holds them. */
export const AirmilesSettings = z.strictObject({
  /** Left out in training: the simulator inside the terminal is used. */
  baseUrl: HttpsUrl.optional(),
  /**
   * How a call is let in: with a token of AIR MILES, or, at a partner's gateway that adds the token, with a key in
   * `apiKeyHeader`, or with nothing but the client certificate.
   */
  access: z.enum(['token', 'api-key', 'client-certificate']).default('token'),
  tokenUrl: HttpsUrl.optional(),
  clientId: z.string().min(1).max(200).optional(),
  audience: z.string().min(1).max(300).optional(),
  scope: z.string().min(1).max(300).optional(),
  apiKeyHeader: HeaderName.default('X-Api-Key'),
  /** Sent to the gateway with every call. */
  headers: z.record(HeaderName, HeaderValue).default({}),
  /** PEM files: shown to any server that asks, whatever `access` is. */
  clientCertificateFile: FilePath.optional(),
  clientKeyFile: FilePath.optional(),
  /** A PEM file of certificate authorities to trust beside the operating system's. */
  caFile: FilePath.optional(),
  /** `environment`: HTTPS_PROXY and NO_PROXY. */
  proxy: ProxySetting.default('environment'),
  connectTimeoutMs: z.int().min(100).max(60_000).default(3000),
  deviceId: z.string().min(1).max(40).optional(),
  /** Who computes the Miles: AIR MILES (CALCULATE, ISSUE, RETURN) or the partner (POST, REVERSE, events). */
  method: z.enum(['amrp-calculated', 'partner-calculated']).default('amrp-calculated'),
  /** Where the partner calculates: its offers (see the published schema), and the code of this store's location. */
  offerTableFile: FilePath.optional(),
  locationCode: z.string().min(1).max(20).optional(),
  /** The documentation shows `offerId` both ways. */
  offerIdForm: z.enum(offerIdForms).default('string'),
  /** Where the partner calculates: a sale that earns nothing is sent with RECORD in the place of being refused. */
  recordNonQualifying: z.boolean().default(false),
  /** For Transaction History: the partner's sponsor codes, and its `Channel-Code`. */
  sponsorCodes: z
    .array(z.string().regex(/^[^,\s]{1,20}$/, 'sponsor-code'))
    .max(50)
    .default([]),
  channelCode: HeaderValue.min(1).optional(),
});
