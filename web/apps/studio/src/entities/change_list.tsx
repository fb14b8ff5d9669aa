// Changes of a definition as sentences.
import { formatList, hasText, useText } from '@hougu/i18n';
import { StatusTag } from '@hougu/ui';
import type { ReactNode } from 'react';
import type { DefinitionChange } from './diff';

const hues: Record<string, string> = {
  added: 'green',
  restored: 'green',
  removed: 'red',
  archived: 'orange',
};

export function ChangeList({ changes }: { changes: DefinitionChange[] }): ReactNode {
  const { t, localized } = useText();
  if (changes.length === 0) return <p className="studio-soft">{t('studio.publish.nothing')}</p>;
  const settingName = (name: string) => {
    const key = `studio.setting.${name}`;
    return hasText(key) ? t(key) : name;
  };
  return (
    <ul className="studio-changes">
      {changes.map((change, index) => {
        const how = change.kind.split('_')[1] ?? '';
        return (
          <li key={index}>
            <StatusTag color={hues[how] ?? 'blue'}>{t(`studio.change.tag_${how}`)}</StatusTag>
            <span>
              {t(`studio.change.${change.kind}`, {
                name: localized(change.label),
                settings: formatList((change.settings ?? []).map(settingName)),
                choices: formatList((change.choices ?? []).map(localized)),
              })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
