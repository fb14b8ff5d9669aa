import { describe, expect, it } from 'vitest';
import { makePassword } from './make_password';

describe('a temporary password', () => {
  it('is long enough, readable, and another one each time', () => {
    const made = Array.from({ length: 200 }, makePassword);
    for (const password of made)
      expect(password).toMatch(/^[a-km-np-zA-HJ-NP-Z2-9]{5}-[^\s]{4}-[^\s]{5}$/);
    expect(new Set(made).size).toBe(200);
    expect(made.join('')).not.toMatch(/[0O1lI]/);
  });
});
