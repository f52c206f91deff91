import { describe, expect, test } from 'vitest';
import { chooseProxy } from '../../../main/airmiles/proxy.ts';

const choose = (
  environmentVariables: Readonly<Record<string, string>>,
  setting = 'environment',
  credentials?: string,
) => {
  const reading = chooseProxy({ setting, environmentVariables, credentials });
  if (reading.kind === 'refused') throw new Error('refused');
  return (host: string, port = 443) => reading.choose(host, port);
};

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('the proxy', () => {
  test('is none without a variable, with an empty one, or where the settings say none', () => {
    expect(choose({})('api.example')).toBeUndefined();
    expect(choose({ HTTPS_PROXY: ' ' })('api.example')).toBeUndefined();
    expect(choose({ HTTPS_PROXY: 'http://p:8080' }, 'none')('api.example')).toBeUndefined();
  });

  test.each([
    [{ HTTPS_PROXY: 'http://p:8080' }, 'http://p:8080/', undefined],
    [{ HTTPS_PROXY: 'p:8080' }, 'http://p:8080/', undefined],
    [{ HTTPS_PROXY: 'https://p' }, 'https://p/', undefined],
    [{ HTTPS_PROXY: 'http://[fd00::1]:3128' }, 'http://[fd00::1]:3128/', undefined],
    [{ HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' }, 'http://lower:1/', undefined],
    [{ HTTPS_PROXY: 'http://till:p%40ss@p:8080' }, 'http://p:8080/', basic('till:p@ss')],
    [{ HTTPS_PROXY: 'http://till:100%@p:8080' }, 'http://p:8080/', basic('till:100%')],
  ])('of the environment %j is %s', (variables, address, authorization) => {
    const proxy = choose(variables)('api.example');
    expect(proxy?.url.href).toBe(address);
    expect(proxy?.authorization).toBe(authorization);
  });

  test('of the settings comes before the environment, with credentials from elsewhere', () => {
    const proxy = choose({ HTTPS_PROXY: 'http://other:1' }, 'http://p:8080', 'till:secret')('api.example');
    expect(proxy).toMatchObject({ authorization: basic('till:secret') });
    expect(proxy?.url.host).toBe('p:8080');
  });

  test('keeps the credentials of its address where it has some', () => {
    const proxy = choose({ HTTPS_PROXY: 'http://a:b@p:1' }, 'environment', 'till:secret')('api.example');
    expect(proxy?.authorization).toBe(basic('a:b'));
  });

  test.each(['socks5://p:1080', 'http://', 'ftp://p', 'http://p:99999'])('%s is refused', (setting) => {
    expect(chooseProxy({ setting, environmentVariables: {}, credentials: undefined })).toEqual({
      kind: 'refused',
    });
  });

  test.each(['localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]'])('is never between us and %s', (host) => {
    expect(choose({ HTTPS_PROXY: 'http://p:8080' })(host)).toBeUndefined();
  });

  test.each([
    ['*', 'api.example', 443, true],
    ['example', 'api.example', 443, true],
    ['.example', 'api.example', 443, true],
    ['*.example', 'api.example', 443, true],
    ['API.Example', 'api.example', 443, true],
    ['other.example, api.example', 'api.example', 443, true],
    ['other.example api.example', 'API.EXAMPLE', 443, true],
    ['pi.example', 'api.example', 443, false],
    ['api.example:443', 'api.example', 443, true],
    ['api.example:8443', 'api.example', 443, false],
    ['10.0.0.7', '10.0.0.7', 443, true],
    ['0.7', '10.0.0.7', 443, false],
    ['fd00::7', 'fd00::7', 443, true],
    ['[fd00::7]:443', '[fd00::7]', 443, true],
    ['[fd00::7]:444', '[fd00::7]', 443, false],
    [',', 'api.example', 443, false],
  ])('with NO_PROXY %s for %s:%i is passed by: %s', (noProxy, host, port, isDirect) => {
    const proxy = choose({ HTTPS_PROXY: 'http://p:8080', NO_PROXY: noProxy })(host, port);
    expect(proxy === undefined).toBe(isDirect);
  });
});
