// Small things to show: times, states, people, emptiness.
import { formatDateTime, formatRelative } from '@hougu/i18n';
import { type CSSProperties, type ReactNode, useEffect, useState } from 'react';
import { type Hue, hues } from './tokens';
import './small.css';

/** The time now, anew every so often; for what counts down or grows old. */
export function useNow(every = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** "5 minutes ago", the absolute time on hover. */
export function RelativeTime({ at }: { at: string | null | undefined }): ReactNode {
  const now = useNow();
  if (!at) return null;
  return (
    <time dateTime={at} title={formatDateTime(at)}>
      {formatRelative(at, now)}
    </time>
  );
}

export function hueOf(color: string | null | undefined): Hue {
  const named = color === 'gray' ? 'grey' : color;
  return hues.includes(named as Hue) ? (named as Hue) : 'grey';
}

interface StatusTagProps {
  color?: string | null | undefined;
  icon?: ReactNode;
  title?: string;
  children: ReactNode;
}

/** A word on its colour. The word alone has to say it. */
export function StatusTag({ color, icon, title, children }: StatusTagProps): ReactNode {
  const hue = hueOf(color);
  return (
    <span
      className="hougu-tag"
      style={{ color: `var(--hougu-${hue})`, background: `var(--hougu-${hue}-soft)` }}
      title={title}
    >
      {icon}
      <span className="hougu-cut">{children}</span>
    </span>
  );
}

function initials(name: string): string {
  const trimmed = name.trim();
  if (/[\u3400-\u9fff]/.test(trimmed)) return trimmed.slice(-2);
  const words = trimmed.split(/\s+/);
  return words.length > 1
    ? `${words[0]?.[0] ?? ''}${words[words.length - 1]?.[0] ?? ''}`.toUpperCase()
    : trimmed.slice(0, 2);
}

function hueFor(name: string): Hue {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 997;
  return hues[1 + (sum % (hues.length - 1))] ?? 'blue';
}

/** A person as the end of their name on a colour of their own. */
export function Avatar({ name, size = 24 }: { name: string; size?: number }): ReactNode {
  const hue = hueFor(name);
  const style: CSSProperties = {
    width: size,
    height: size,
    fontSize: Math.max(10, Math.round(size * 0.42)),
    color: `var(--hougu-${hue})`,
    background: `var(--hougu-${hue}-soft)`,
  };
  return (
    <span className="hougu-avatar" style={style} title={name} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

interface EmptyStateProps {
  title: ReactNode;
  children?: ReactNode;
  /** What to do next: a button. */
  action?: ReactNode;
  icon?: ReactNode;
}

/** What belongs here, and the next thing to do. */
export function EmptyState({ title, children, action, icon }: EmptyStateProps): ReactNode {
  return (
    <div className="hougu-empty">
      {icon && (
        <div className="hougu-empty-icon" aria-hidden="true">
          {icon}
        </div>
      )}
      <p className="hougu-empty-title">{title}</p>
      {children && <p className="hougu-empty-text">{children}</p>}
      {action}
    </div>
  );
}
