import { describe, expect, it } from 'vitest';
import { RequestError } from '../api/request';
import { fitted, shouldShrink } from './downscale';
import { isBusy, PhotoQueue, sentPhotos } from './photo_queue';

const picture = (name: string, type = 'image/jpeg') => ({ blob: new Blob(['x'], { type }), name });
const prepare = async (blob: Blob) => ({ blob, thumbnail: 'data:,' });

function gate() {
  const calls: { key: string; done: (id: string) => void; fail: (error: unknown) => void }[] = [];
  const send = (_blob: Blob, _name: string, key: string) =>
    new Promise<{ id: string }>((resolve, reject) => {
      calls.push({ key, done: (id) => resolve({ id }), fail: reject });
    });
  return { calls, send };
}

const settled = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

describe('PhotoQueue', () => {
  it('sends two at a time and reports the ids', async () => {
    const { calls, send } = gate();
    const queue = new PhotoQueue({ prepare, send }, [], 9);
    expect(queue.add([picture('a'), picture('b'), picture('c')])).toBe(0);
    await settled();
    expect(calls).toHaveLength(2);
    expect(isBusy(queue.snapshot())).toBe(true);
    calls[0]?.done('1');
    calls[1]?.done('2');
    await settled();
    calls[2]?.done('3');
    await settled();
    expect(sentPhotos(queue.snapshot()).map((photo) => photo.id)).toEqual(['1', '2', '3']);
    expect(isBusy(queue.snapshot())).toBe(false);
  });
  it('retries with the same key after the line came back', async () => {
    const { calls, send } = gate();
    const queue = new PhotoQueue({ prepare, send }, [], 9);
    queue.add([picture('a')]);
    await settled();
    calls[0]?.fail(new RequestError(0, 'network', ''));
    await settled();
    expect(queue.snapshot()[0]).toMatchObject({ state: 'failed', fault: 'network' });
    queue.retryLost();
    await settled();
    expect(calls[1]?.key).toBe(calls[0]?.key);
  });
  it('does not retry by itself what the server refused', async () => {
    const { calls, send } = gate();
    const queue = new PhotoQueue({ prepare, send }, [], 9);
    queue.add([picture('a')]);
    await settled();
    calls[0]?.fail(new RequestError(415, 'attachment.type', 'no'));
    await settled();
    queue.retryLost();
    await settled();
    expect(calls).toHaveLength(1);
  });
  it('takes no more than the limit, no other files, and forgets what was removed', async () => {
    const { calls, send } = gate();
    const old = { id: 'old', at: 5, name: 'o', thumbnail: '' };
    const queue = new PhotoQueue({ prepare, send }, [old], 2);
    expect(queue.add([picture('a'), picture('b')])).toBe(1);
    await settled();
    const taken = queue.snapshot()[1];
    if (taken) queue.remove(taken.key);
    calls[0]?.done('late');
    await settled();
    expect(sentPhotos(queue.snapshot())).toEqual([old]);
    queue.add([picture('a.pdf', 'application/pdf')]);
    await settled();
    expect(queue.snapshot()[1]).toMatchObject({ state: 'failed', fault: 'type' });
  });
});

describe('downscale', () => {
  it('keeps proportions and never enlarges', () => {
    expect(fitted(4000, 3000, 1920)).toEqual({ width: 1920, height: 1440 });
    expect(fitted(300, 200, 1920)).toEqual({ width: 300, height: 200 });
    expect(fitted(10_000, 1, 1920)).toEqual({ width: 1920, height: 1 });
  });
  it('shrinks what is large in pixels or bytes, but no animation', () => {
    expect(shouldShrink(100, 'image/png', 4000, 10)).toBe(true);
    expect(shouldShrink(900_000, 'image/jpeg', 1000, 1000)).toBe(true);
    expect(shouldShrink(900_000, 'image/gif', 400, 400)).toBe(false);
    expect(shouldShrink(90_000, 'image/jpeg', 1000, 1000)).toBe(false);
  });
});
