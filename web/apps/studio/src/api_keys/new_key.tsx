// A new key: what it may do, until when; then the key itself, this once.
import { useEntities } from '@hougu/api/queries';
import { useText } from '@hougu/i18n';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Form, Input, Modal, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { type ReactNode, useEffect, useState } from 'react';
import { CopyButton } from '../parts/copy_button';
import { placeErrors } from '../parts/form_errors';
import { apiKeysKey, createApiKey } from './api_key_queries';

interface Fields {
  name: string;
  reach: 'read' | 'write' | 'some';
  readable?: string[];
  writable?: string[];
  expires_at?: Dayjs | null;
}

function scopesOf({ reach, readable = [], writable = [] }: Fields): string[] {
  if (reach !== 'some') return [reach];
  return [
    ...readable.filter((name) => !writable.includes(name)).map((name) => `${name}:read`),
    ...writable.map((name) => `${name}:write`),
  ];
}

export function NewKey({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const { t, localized } = useText();
  const [form] = Form.useForm<Fields>();
  const reach = Form.useWatch('reach', form);
  const entities = useEntities();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [made, setMade] = useState<string | null>(null);
  useEffect(() => {
    if (!open) return;
    form.resetFields();
    setProblem(null);
    setMade(null);
  }, [open, form]);

  const submit = async (fields: Fields) => {
    const scopes = scopesOf(fields);
    if (scopes.length === 0) {
      form.setFields([{ name: 'readable', errors: [t('studio.keys_page.scopes_missing')] }]);
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const { key } = await createApiKey({
        name: fields.name,
        scopes,
        ...(fields.expires_at && { expires_at: fields.expires_at.endOf('day').toISOString() }),
      });
      setMade(key);
      void queries.invalidateQueries({ queryKey: apiKeysKey });
    } catch (error) {
      setProblem(placeErrors(form, error));
    } finally {
      setBusy(false);
    }
  };
  const options = (entities.data ?? []).map((entity) => ({
    value: entity.name,
    label: localized(entity.label),
  }));
  const several = { mode: 'multiple', options, showSearch: { optionFilterProp: 'label' } } as const;
  return (
    <Modal
      open={open}
      title={t(made ? 'studio.keys_page.made_title' : 'studio.keys_page.add')}
      onCancel={onClose}
      mask={{ closable: !made }}
      footer={
        made ? (
          <Button type="primary" onClick={onClose}>
            {t('studio.keys_page.kept')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('ui.action.cancel')}</Button>
            <Button type="primary" loading={busy} onClick={() => form.submit()}>
              {t('studio.keys_page.make')}
            </Button>
          </>
        )
      }
    >
      {made && (
        <>
          <p>{t('studio.keys_page.made_text')}</p>
          <div className="studio-secret">
            <code>{made}</code>
            <CopyButton text={made} size="small" />
          </div>
        </>
      )}
      <Form
        form={form}
        layout="vertical"
        requiredMark="optional"
        onFinish={submit}
        initialValues={{ reach: 'read' }}
        hidden={made !== null}
      >
        <Form.Item
          name="name"
          label={t('studio.keys_page.name')}
          extra={t('studio.keys_page.name_help')}
          rules={[
            { required: true, whitespace: true, message: t('studio.keys_page.name_missing') },
          ]}
        >
          <Input autoFocus maxLength={100} placeholder={t('studio.keys_page.name_example')} />
        </Form.Item>
        <Form.Item name="reach" label={t('studio.keys_page.reach')} rules={[{ required: true }]}>
          <Radio.Group
            className="studio-radios"
            options={(['read', 'write', 'some'] as const).map((value) => ({
              value,
              label: t(`studio.keys_page.reach_${value}`),
            }))}
          />
        </Form.Item>
        {reach === 'some' && (
          <>
            <Form.Item name="readable" label={t('studio.keys_page.readable')}>
              <Select {...several} placeholder={t('studio.entity.choose_entity')} />
            </Form.Item>
            <Form.Item name="writable" label={t('studio.keys_page.writable')}>
              <Select {...several} placeholder={t('studio.entity.choose_entity')} />
            </Form.Item>
          </>
        )}
        <Form.Item
          name="expires_at"
          label={t('studio.keys_page.expires')}
          extra={t('studio.keys_page.expires_help')}
        >
          <DatePicker minDate={dayjs()} style={{ width: '100%' }} />
        </Form.Item>
        <p className="studio-soft">{t('studio.keys_page.rights_help')}</p>
        {problem && <Alert type="error" showIcon role="alert" title={problem} />}
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}
