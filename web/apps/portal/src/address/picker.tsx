// Province, city, district: one list at a time, in a sheet.
import { useCallback, useState } from 'react';
import { useLoaded } from '../api/loading';
import type { Division } from '../api/portal';
import { Notice, Skeleton, useErrorText } from '../parts/blocks';
import { Sheet } from '../parts/sheet';
import { useText } from '../text/text';
import { loadDivisions, namesOf, pathTo } from './divisions';

export function DivisionPicker(props: {
  code: string;
  onPick: (code: string, names: string) => void;
  onClose: () => void;
}) {
  const { t, locale } = useText();
  const errorText = useErrorText();
  const load = useCallback(() => loadDivisions(locale), [locale]);
  const { value: tree, error } = useLoaded(load);
  // null until the person goes somewhere: then the way to what was picked before is shown
  const [walked, setWalked] = useState<Division[] | null>(null);
  const way = walked ?? (tree ? pathTo(tree, props.code).slice(0, -1) : []);
  const last = way[way.length - 1];
  const choices = last ? (last.children ?? []) : (tree ?? []);

  const pick = (division: Division) => {
    const next = [...way, division];
    if (division.children?.length) setWalked(next);
    else props.onPick(division.code, namesOf(next));
  };

  return (
    <Sheet title={t('portal.address.pick')} onClose={props.onClose} tall>
      <nav className="way" aria-label={t('portal.address.way')}>
        <button
          type="button"
          aria-current={way.length === 0 ? 'step' : undefined}
          onClick={() => setWalked([])}
        >
          {t('portal.address.all')}
        </button>
        {way.map((division, index) => (
          <button
            key={division.code}
            type="button"
            aria-current={index === way.length - 1 ? 'step' : undefined}
            onClick={() => setWalked(way.slice(0, index + 1))}
          >
            {division.name}
          </button>
        ))}
      </nav>
      {error && !tree && <Notice tone="bad">{errorText(error)}</Notice>}
      {!tree && !error && <Skeleton lines={8} card={false} />}
      <ul className="division-list" aria-live="polite">
        {choices.map((division) => (
          <li key={division.code}>
            <button
              type="button"
              aria-pressed={division.code === props.code}
              onClick={() => pick(division)}
            >
              {division.name}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
