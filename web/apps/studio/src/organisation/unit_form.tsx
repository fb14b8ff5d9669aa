// Adds a unit, or changes one.
import type { Unit } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { placeErrors } from '../parts/form_errors';
import { UnitPicker } from './unit_picker';
import { createUnit, type UnitValues, unitsKey, updateUnit } from './unit_queries';
import { unitKinds, withBelow } from './unit_tree';

interface UnitFormProps {
  open: boolean;
  units: Unit[];
  /** The unit to change; without it one is added. */
  unit?: Unit;
  initial: UnitValues;
  onClose: () => void;
  onSaved: (unit: Unit) => void;
}

export function UnitForm({
  open,
  units,
  unit,
  initial,
  onClose,
  onSaved,
}: UnitFormProps): ReactNode {
  const { t } = useText();
  const [form] = Form.useForm<UnitValues>();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: filled when it opens, not while somebody types
  useEffect(() => {
    if (!open) return;
    form.resetFields();
    form.setFieldsValue(initial);
    setProblem(null);
  }, [open]);

  const submit = async (values: UnitValues) => {
    setBusy(true);
    setProblem(null);
    const body: UnitValues = {
      ...values,
      parent: values.parent ?? null,
      code: values.code || null,
      phone: values.phone || null,
      address: values.address || null,
    };
    try {
      const saved = unit ? await updateUnit(unit.id, body) : await createUnit(body);
      await queries.invalidateQueries({ queryKey: unitsKey });
      onSaved(saved);
    } catch (error) {
      setProblem(placeErrors(form, error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      open={open}
      title={
        unit
          ? t('studio.organisation.edit_title', { name: unit.name })
          : t('studio.organisation.add')
      }
      okText={unit ? t('ui.action.save') : t('ui.action.add')}
      cancelText={t('ui.action.cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" onFinish={submit} requiredMark="optional">
        <Form.Item
          name="name"
          label={t('studio.unit.name')}
          rules={[{ required: true, whitespace: true, message: t('studio.unit.name_missing') }]}
        >
          <Input autoFocus maxLength={100} placeholder={t('studio.unit.name_example')} />
        </Form.Item>
        <Form.Item
          name="kind"
          label={t('studio.unit.kind')}
          extra={t('studio.unit.kind_help')}
          rules={[{ required: true }]}
        >
          <Select
            options={unitKinds.map((kind) => ({
              value: kind,
              label: t(`studio.unit_kind.${kind}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="parent" label={t('studio.unit.parent')}>
          <UnitPicker {...(unit && { without: withBelow(units, unit.id) })} />
        </Form.Item>
        <Form.Item name="code" label={t('studio.unit.code')} extra={t('studio.unit.code_help')}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="phone" label={t('studio.unit.phone')}>
          <Input maxLength={40} inputMode="tel" />
        </Form.Item>
        <Form.Item name="address" label={t('studio.unit.address')}>
          <Input maxLength={200} />
        </Form.Item>
        {problem && <Alert type="error" showIcon role="alert" title={problem} />}
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}
