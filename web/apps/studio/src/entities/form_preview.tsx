// A form as people will see it, to try out; nothing is saved.
import type { EntityDefinition } from '@hougu/api/types';
import { RecordForm, useRecordDraft } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { usePhone } from '@hougu/ui';
import { Drawer } from 'antd';
import type { ReactNode } from 'react';

interface FormPreviewProps {
  open: boolean;
  entity: EntityDefinition;
  title: string;
  onClose: () => void;
}

export function FormPreview({ open, entity, title, onClose }: FormPreviewProps): ReactNode {
  const { t } = useText();
  const phone = usePhone();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={phone ? '100%' : 720}
      title={t('studio.forms.preview_title', { name: title })}
      destroyOnHidden
    >
      <p className="studio-soft">{t('studio.forms.preview_text')}</p>
      <Trial entity={entity} />
    </Drawer>
  );
}

function Trial({ entity }: { entity: EntityDefinition }): ReactNode {
  const draft = useRecordDraft(entity, null);
  return <RecordForm entity={entity} draft={draft} />;
}
