// A new ticket from elsewhere is announced; many at once in one sentence.
import { get } from '@hougu/api/client';
import { useLive } from '@hougu/api/live';
import { useSession } from '@hougu/api/session';
import type { LiveRecord, RecordData } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { useUndoToast } from '@hougu/ui';
import { useCallback, useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { queuePath, ticketPath } from '../paths';

const gather = 1500;

export function useNewTicketToasts(): void {
  const { t } = useText();
  const { info } = useSession();
  const toast = useUndoToast();
  const go = useNavigate();
  // In that queue a new ticket shows by itself.
  const { pathname } = useLocation();
  const seenAnyway = useRef(false);
  seenAnyway.current = pathname.startsWith(queuePath('to_triage'));
  const fresh = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const announce = useCallback(async () => {
    timer.current = null;
    const ids = fresh.current;
    fresh.current = [];
    if (seenAnyway.current) return;
    const [only] = ids;
    if (ids.length === 1 && only) {
      const ticket = await get<RecordData>(`/ticket/${only}`).catch(() => null);
      if (!ticket) return;
      toast({
        text: t('desk.toast.new_ticket', {
          number: String(ticket.number),
          subject: String(ticket.subject),
        }),
        open: { label: t('desk.toast.open'), onClick: () => void go(ticketPath(only)) },
      });
    } else if (ids.length > 1) {
      toast({
        text: t('desk.toast.new_tickets', { count: ids.length }),
        open: { label: t('desk.toast.open'), onClick: () => void go(queuePath('to_triage')) },
      });
    }
  }, [t, toast, go]);

  const listen = useCallback(
    (changed: LiveRecord) => {
      if (changed?.entity !== 'ticket' || changed.type !== 'ticket.created') return;
      if (changed.actor?.id === info.user.id) return;
      fresh.current.push(changed.id);
      timer.current ??= setTimeout(() => void announce(), gather);
    },
    [announce, info.user.id],
  );
  useLive('record', listen);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
}
