// Carrying out a step: kept first, sent at once where that is possible, and said what came of it.

import { useText } from '@hougu/i18n';
import { App } from 'antd';
import { useCallback, useRef, useState } from 'react';
import type { NewDeed, Outcome } from '../outbox/outbox';
import { useOutbox } from '../outbox/provider';

export interface Stepping {
  busy: boolean;
  /** The server's refusal, to stand beside the button; null once something new is tried. */
  problem: string | null;
  /**
   * True when the deed is done or safely kept. `quiet`: the next page says itself which of them. While
   * one runs, another tap does nothing.
   */
  run: (deed: NewDeed | (() => Promise<NewDeed>), quiet?: boolean) => Promise<boolean>;
}

export function useStep(): Stepping {
  const outbox = useOutbox();
  const { t } = useText();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // known at once, where the button's own look follows only with the next frame
  const running = useRef(false);
  const run = useCallback<Stepping['run']>(
    async (deed, quiet = false) => {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      setProblem(null);
      let outcome: Outcome;
      try {
        outcome = await outbox.add(typeof deed === 'function' ? await deed() : deed);
      } catch {
        setProblem(t('field.unsent.unkept'));
        return false;
      } finally {
        running.current = false;
        setBusy(false);
      }
      if (outcome.state === 'refused') {
        setProblem(outcome.error.message);
        return false;
      }
      if (outcome.state === 'waiting' && !quiet) void message.info(t('field.unsent.kept'));
      return true;
    },
    [outbox, message, t],
  );
  return { busy, problem, run };
}
