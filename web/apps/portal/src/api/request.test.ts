import { describe, expect, it } from 'vitest';
import { errorOf, RequestError, request } from './request';

const answering =
  (status: number, body: string): typeof fetch =>
  async () =>
    new Response(body, { status });

describe('request', () => {
  it('sends language, key and JSON', async () => {
    let seen: RequestInit | undefined;
    const value = await request<{ number: string }>('/portal/report', {
      method: 'POST',
      body: { description: '不通电' },
      locale: 'en',
      key: 'k1',
      fetcher: async (_url, init) => {
        seen = init;
        return new Response('{"number":"SD1"}', { status: 201 });
      },
    });
    expect(value.number).toBe('SD1');
    const headers = seen?.headers as Record<string, string>;
    expect(headers).toMatchObject({ 'Accept-Language': 'en', 'Idempotency-Key': 'k1' });
    expect(seen?.body).toBe('{"description":"不通电"}');
  });
  it('a lost answer is unanswered, and so is a page that is no JSON', async () => {
    const broken: typeof fetch = async () => {
      throw new TypeError('network');
    };
    const lost = await request('/portal', { locale: 'en', fetcher: broken }).catch(
      (e: unknown) => e,
    );
    expect(lost).toBeInstanceOf(RequestError);
    expect((lost as RequestError).unanswered).toBe(true);
    const captive = await request('/portal', {
      locale: 'en',
      fetcher: answering(200, '<html>'),
    }).catch((e: unknown) => e);
    expect((captive as RequestError).unanswered).toBe(true);
  });
});

describe('errorOf', () => {
  it('lists several fields', () => {
    const fields = [{ field: 'contact_phone', code: 'field.invalid', message: '电话不对' }];
    const error = errorOf(
      422,
      JSON.stringify({ code: 'validation', message: 'x', details: { fields } }),
    );
    expect(error.fields).toEqual(fields);
    expect(error.unanswered).toBe(false);
  });
  it('places a single field', () => {
    const error = errorOf(
      400,
      '{"code":"field.required","message":"请填写","field":"description"}',
    );
    expect(error.fields).toEqual([
      { field: 'description', code: 'field.required', message: '请填写' },
    ]);
  });
  it('knows how long to wait and what a gateway said', () => {
    expect(
      errorOf(429, '{"code":"rate","message":"x","details":{"retry_after":30}}').retryAfterSeconds,
    ).toBe(30);
    expect(errorOf(502, '<h1>Bad gateway</h1>').unanswered).toBe(true);
    expect(errorOf(500, '{"code":"internal","message":"x"}').unanswered).toBe(false);
  });
});
