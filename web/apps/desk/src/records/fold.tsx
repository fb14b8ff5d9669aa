// A group of facts that folds; how it was left is remembered.
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { usePreference } from '@hougu/api/session';
import { type ReactNode, useId } from 'react';

interface FoldProps {
  /** Names the group in the person's settings. */
  name: string;
  title: ReactNode;
  /** At the right of the title. */
  extra?: ReactNode;
  folded?: boolean;
  children: ReactNode;
}

export function Fold({ name, title, extra, folded = false, children }: FoldProps): ReactNode {
  const id = useId();
  const [kept, keep] = usePreference<Record<string, boolean>>('folded', {});
  const closed = kept[name] ?? folded;
  return (
    <section className="desk-fold" aria-labelledby={id}>
      <header>
        <h2 id={id}>
          <button
            type="button"
            aria-expanded={!closed}
            onClick={() => keep({ ...kept, [name]: !closed })}
          >
            {closed ? <RightOutlined aria-hidden="true" /> : <DownOutlined aria-hidden="true" />}
            {title}
          </button>
        </h2>
        {extra}
      </header>
      {!closed && <div className="desk-fold-body">{children}</div>}
    </section>
  );
}
