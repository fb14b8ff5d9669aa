import { describe, expect, it } from 'vitest';
import { conditionOf, readCode } from './codes';

describe('codes', () => {
  it('a label leads to its device, whatever host is printed on it', () => {
    expect(readCode('https://service.example.cn/s/Ab_1-2')).toEqual({
      kind: 'token',
      token: 'Ab_1-2',
    });
    expect(readCode('/s/Ab1')).toEqual({ kind: 'token', token: 'Ab1' });
  });
  it('anything else is a serial number, folded as the server folds it', () => {
    expect(readCode(' sn 2026 ０１ab ')).toEqual({ kind: 'serial', serial: 'SN202601AB' });
    expect(conditionOf({ kind: 'serial', serial: 'X' })).toEqual({
      field: 'serial_number',
      op: 'eq',
      value: 'X',
    });
  });
  it('another site’s code is no device', () => {
    expect(readCode('https://example.com/pay?x=1')).toBeNull();
    expect(readCode('  ')).toBeNull();
    expect(readCode('x'.repeat(65))).toBeNull();
  });
});
