// The choices of a field: label, colour, order; those in use are archived, not removed.
import { DeleteOutlined, InboxOutlined, PlusOutlined, UndoOutlined } from '@ant-design/icons';
import type { Choice } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { hues, StatusTag } from '@hougu/ui';
import { Button, Select } from 'antd';
import { type ReactNode, useRef } from 'react';
import { LocalizedInput } from '../parts/localized_input';
import { suggestName } from '../parts/names';
import { moved, SortableList } from '../parts/sortable_list';

interface ChoicesEditorProps {
  choices: Choice[];
  published: Choice[];
  /** The server relies on exactly these values: only words, colours and order change. */
  fixed: boolean;
  complaint: (place: string) => string | undefined;
  onChange: (choices: Choice[]) => void;
}

interface Keyed {
  key: string;
  choice: Choice;
}

export function ChoicesEditor(props: ChoicesEditorProps): ReactNode {
  const { choices, published, fixed, complaint, onChange } = props;
  const { t, localized } = useText();
  // The value of a new choice follows its label, so rows go by a key of their own.
  const keys = useRef<string[]>([]);
  while (keys.current.length < choices.length) keys.current.push(crypto.randomUUID());
  const rows: Keyed[] = choices.map((choice, i) => ({ key: keys.current[i] ?? '', choice }));
  const isPublished = (choice: Choice) => published.some((one) => one.value === choice.value);
  const taken = (without: number) => choices.filter((_, i) => i !== without).map((c) => c.value);
  const set = (at: number, change: Partial<Choice>) => {
    const next = { ...choices[at], ...change } as Choice;
    if (change.label && !isPublished(next))
      next.value = suggestName(change.label.en, taken(at), 'choice');
    if (!next.color) delete next.color;
    if (!next.archived) delete next.archived;
    onChange(choices.map((choice, i) => (i === at ? next : choice)));
  };
  const add = () =>
    onChange([
      ...choices,
      {
        value: suggestName(
          undefined,
          choices.map((c) => c.value),
          'choice',
        ),
        label: {},
      },
    ]);
  const remove = (at: number) => {
    keys.current.splice(at, 1);
    onChange(choices.filter((_, i) => i !== at));
  };
  return (
    <div>
      <SortableList
        label={t('studio.setting.choices')}
        items={rows}
        idOf={(row) => row.key}
        nameOf={(row) => localized(row.choice.label) || row.choice.value}
        onMove={(from, to) => {
          keys.current = moved(keys.current, from, to);
          onChange(moved(choices, from, to));
        }}
        className="studio-rows studio-choices"
        row={({ choice }, at, handle) => {
          const name = localized(choice.label) || choice.value;
          const fault =
            complaint(`choices[${at}].label`) ??
            complaint(`choices[${at}].value`) ??
            complaint(`choices[${at}].color`);
          return (
            <div className={choice.archived ? 'studio-choice studio-faded' : 'studio-choice'}>
              {handle}
              <div className="studio-choice-words">
                <LocalizedInput
                  name={t('studio.entity.choice', { number: at + 1 })}
                  value={choice.label}
                  status={fault ? 'error' : ''}
                  onChange={(label) => set(at, { label })}
                />
                {fault && (
                  <small className="studio-wrong" role="alert">
                    {fault}
                  </small>
                )}
                {choice.archived && <small>{t('studio.entity.choice_archived_help')}</small>}
              </div>
              <Select
                className="studio-color"
                value={choice.color ?? ''}
                aria-label={t('studio.entity.color_of', { name })}
                popupMatchSelectWidth={120}
                onChange={(color: string) => set(at, { color })}
                options={['', ...hues].map((hue) => ({
                  value: hue,
                  label: <StatusTag color={hue}>{t(`studio.hue.${hue || 'none'}`)}</StatusTag>,
                }))}
              />
              {isPublished(choice) ? (
                <Button
                  type="text"
                  disabled={fixed}
                  icon={choice.archived ? <UndoOutlined /> : <InboxOutlined />}
                  onClick={() => set(at, { archived: !choice.archived })}
                  title={t(choice.archived ? 'studio.entity.restore' : 'studio.entity.archive')}
                  aria-label={t(
                    choice.archived ? 'studio.entity.restore_name' : 'studio.entity.archive_name',
                    { name },
                  )}
                />
              ) : (
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  onClick={() => remove(at)}
                  aria-label={t('studio.entity.remove_name', { name })}
                />
              )}
            </div>
          );
        }}
      />
      {fixed ? (
        <p className="studio-soft">{t('studio.entity.choices_fixed')}</p>
      ) : (
        <Button size="small" icon={<PlusOutlined />} onClick={add}>
          {t('studio.entity.add_choice')}
        </Button>
      )}
    </div>
  );
}
