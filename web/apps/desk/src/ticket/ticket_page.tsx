// A ticket on its own page, by its link.
import type { ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';
import { TicketView } from './ticket_view';

export function TicketPage(): ReactNode {
  const { id = '' } = useParams();
  const go = useNavigate();
  const back = () => {
    // Opened by a link: there is nothing to go back to but the queues.
    if (window.history.state?.idx > 0) void go(-1);
    else void go('/');
  };
  return <TicketView key={id} id={id} shortcuts onBack={back} />;
}
