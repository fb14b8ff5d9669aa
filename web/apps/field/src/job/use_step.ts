// Carrying out a step: kept first, sent at once where that is possible, and said what came of it.

import { useText } from '@hougu/i18n';
import { App } from 'antd';
import { useCallback, useState } from 'react';
import type { NewDeed, Outcome } from '../outbox/outbox';
import { useOutbox } from '../outbox/provider';

export interface Stepping {
  busy: boolean;
  /** The server's refusal, to stand beside the button; null once something new is tried. */
  problem: string | null;
  /** True when the deed is done or safely kept. `quiet`: the next page says itself which of them. */
  run: (deed: NewDeed, quiet?: boolean) => Promise<boolean>;
}

export function useStep(): Stepping {
  const outbox = useOutbox();
  const { t } = useText();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = useCallback(
    async (deed: NewDeed, quiet = false) => {
      setBusy(true);
      setProblem(null);
      let outcome: Outcome;
      try {
        outcome = await outbox.add(deed);
      } catch {
        setProblem(t('field.unsent.unkept'));
        return false;
      } finally {
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
