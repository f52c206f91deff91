/** The eight calls of the Issuance API. */
export const endpoints = [
  'calculate',
  'issue',
  'return',
  'record',
  'post',
  'post-event',
  'reverse',
  'reverse-event',
] as const;
export type Endpoint = (typeof endpoints)[number];

/** Their paths as the documentation prints them. All are POST with a JSON body. */
export const endpointPaths = {
  calculate: '/checkout/issuance/calculate',
  issue: '/checkout/issuance/issue',
  return: '/checkout/issuance/return',
  record: '/checkout/issuance/record',
  post: '/checkout/issuance/post',
  'post-event': '/checkout/issuance/post/event',
  reverse: '/checkout/issuance/reverse',
  'reverse-event': '/checkout/issuance/reverse/event',
} as const satisfies Readonly<Record<Endpoint, string>>;
