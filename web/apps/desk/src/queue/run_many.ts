// The same thing done to many records, a few at a time; what fails doesn't stop the others.
import { errorText } from '@hougu/api/client';

export interface Outcome {
  done: string[];
  failed: { id: string; problem: string }[];
  /** Not begun, because it was stopped. */
  left: string[];
}

const atOnce = 4;

export async function runMany(
  ids: string[],
  act: (id: string) => Promise<unknown>,
  onProgress: (finished: number) => void = () => {},
  stop?: AbortSignal,
): Promise<Outcome> {
  const outcome: Outcome = { done: [], failed: [], left: [...ids] };
  const work = async () => {
    while (!stop?.aborted) {
      const id = outcome.left.shift();
      if (id === undefined) return;
      try {
        await act(id);
        outcome.done.push(id);
      } catch (error) {
        outcome.failed.push({ id, problem: errorText(error) });
      }
      onProgress(outcome.done.length + outcome.failed.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, ids.length) }, work));
  return outcome;
}
