// Which verbs of an entity a role may carry out, on which rows.
import type { Grant, Scope } from '@hougu/api/types';
import { verbsOf } from '@hougu/api/verbs';
import { useText } from '@hougu/i18n';
import { usePhone } from '@hougu/ui';
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { scopeList, withVerb } from './grants';
import { ScopePicker } from './scope_picker';
import { verbName } from './sentences';

interface VerbRightsProps {
  open: boolean;
  title: string;
  entity: string;
  usable: Scope[];
  grant: Grant;
  readOnly: boolean;
  onChange: (grant: Grant) => void;
  onClose: () => void;
}

export function VerbRights(props: VerbRightsProps): ReactNode {
  const { entity, grant, usable, readOnly, onChange } = props;
  const { t } = useText();
  const phone = usePhone();
  const allVerbs = scopeList(grant.verbs?.['*']);
  const otherwise =
    allVerbs.length > 0
      ? t('studio.roles.verb_as_any', {
          scope: allVerbs.map((scope) => t(`studio.scope.${scope}`)).join(t('studio.common.comma')),
        })
      : t('studio.scope.none');
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      size={phone ? '100%' : 460}
      title={t('studio.roles.verbs_title', { entity: props.title })}
    >
      <p className="studio-soft">{t('studio.roles.verbs_text')}</p>
      <div className="studio-lines">
        <div className="studio-line">
          <strong>{t('studio.roles.any_verb')}</strong>
          <ScopePicker
            label={t('studio.roles.any_verb')}
            usable={usable}
            disabled={readOnly}
            value={grant.verbs?.['*']}
            onChange={(list) => onChange(withVerb(grant, '*', list.length > 0 ? list : null))}
          />
        </div>
        {verbsOf(entity, Object.keys(grant.verbs ?? {})).map((verb) => (
          <div key={verb} className="studio-line">
            <span>{verbName(verb)}</span>
            <ScopePicker
              label={verbName(verb)}
              usable={usable}
              disabled={readOnly}
              placeholder={otherwise}
              value={grant.verbs?.[verb]}
              onChange={(list) => onChange(withVerb(grant, verb, list.length > 0 ? list : null))}
            />
          </div>
        ))}
      </div>
    </Drawer>
  );
}
