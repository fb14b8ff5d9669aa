// How a related record is reached: apps that have a page for it say where.
import type { Ref } from '@hougu/api/types';
import { createContext, type ReactNode, useContext } from 'react';
import { Link } from 'react-router';

type PathOf = (entity: string, id: string) => string | null;
const LinksContext = createContext<PathOf>(() => null);

/** Gives the paths of record pages to all displays below. */
export const RecordLinks = LinksContext.Provider;

export function RecordLink({
  entity,
  to,
  compact,
}: {
  entity: string;
  to: Ref;
  compact?: boolean;
}): ReactNode {
  const path = useContext(LinksContext)(entity, to.id);
  const className = compact ? 'hougu-cut' : undefined;
  if (!path || compact) {
    return (
      <span className={className} title={to.title}>
        {to.title}
      </span>
    );
  }
  return <Link to={path}>{to.title}</Link>;
}
