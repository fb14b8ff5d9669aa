import { describe, expect, it } from 'vitest';
import { pathOfCode, routeOf } from './route';

describe('addresses of the portal', () => {
  it.each([
    ['/', { page: 'entry' }],
    ['/report', { page: 'report', token: null }],
    ['/report/', { page: 'report', token: null }],
    ['/s/AbC-123_x', { page: 'report', token: 'AbC-123_x' }],
    ['/find', { page: 'find' }],
    ['/track/eyJ.abc', { page: 'track', token: 'eyJ.abc' }],
    ['/s', { page: 'unknown' }],
    ['/s/a/b', { page: 'unknown' }],
    ['/s/%3Cscript%3E', { page: 'unknown' }],
    ['/desk', { page: 'unknown' }],
  ])('%s', (path, route) => {
    expect(routeOf(path)).toEqual(route);
  });
});

describe('a scanned code', () => {
  it('leads to the device when it is one of our addresses', () => {
    expect(pathOfCode('https://service.example.cn/s/Tok_1?x=1')).toBe('/s/Tok_1');
    expect(pathOfCode(' /s/Tok_1 ')).toBe('/s/Tok_1');
  });
  it('is refused when it is something else', () => {
    expect(pathOfCode('javascript:alert(1)')).toBeNull();
    expect(pathOfCode('https://evil.example/login')).toBeNull();
    expect(pathOfCode('SN20261121')).toBeNull();
    expect(pathOfCode('https://x.cn/track/abc')).toBeNull();
  });
});
