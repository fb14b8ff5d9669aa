// The same thing done to many records, a few at a time; what fails doesn't stop the others.
import { errorText } from '@hougu/api/client';

export interface Outcome {
  done: string[];
  failed: { id: string; problem: string }[];
}

const atOnce = 4;

export async function runMany(
  ids: string[],
  act: (id: string) => Promise<unknown>,
  onProgress: (finished: number) => void = () => {},
): Promise<Outcome> {
  const outcome: Outcome = { done: [], failed: [] };
  const waiting = [...ids];
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
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
