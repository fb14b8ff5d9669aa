// Builds a condition line by line, in groups of "all of" and "any of".
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { Condition, EntityDefinition, Operator } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Button, Select, Space } from 'antd';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { ConditionValue } from './condition_value';
import {
  type FieldPath,
  fieldPaths,
  type Group,
  type Line,
  needsValue,
  newGroup,
  newLine,
  operatorsOf,
  toCondition,
  toGroup,
} from './conditions';
import './condition_editor.css';

export interface ConditionEditorProps {
  entity: EntityDefinition;
  entities: EntityDefinition[];
  value: Condition | null;
  onChange: (value: Condition | null) => void;
}

const deepest = 3;

interface PartProps {
  paths: FieldPath[];
  onRemove?: () => void;
}

function LineEditor({
  line,
  paths,
  onChange,
  onRemove,
}: PartProps & { line: Line; onChange: (line: Line) => void }): ReactNode {
  const { t } = useText();
  const path = paths.find((one) => one.path === line.field);
  const operators = path ? operatorsOf(path.field) : [];
  const chooseField = (name: string) => {
    const next = paths.find((one) => one.path === name);
    const allowed = next ? operatorsOf(next.field) : [];
    onChange({ ...line, field: name, op: allowed[0] ?? 'eq', value: null });
  };
  const chooseOperator = (op: Operator) => {
    const shape = (one: Operator) =>
      one === 'between' ? 'pair' : one === 'in' || one === 'not_in' ? 'list' : 'one';
    onChange({ ...line, op, value: shape(op) === shape(line.op) ? line.value : null });
  };
  return (
    <div className="hougu-condition-line">
      <Select
        className="hougu-condition-field"
        aria-label={t('forms.condition.field')}
        placeholder={t('forms.condition.field')}
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: 'label' }}
        value={line.field}
        options={paths.map((one) => ({ value: one.path, label: one.label }))}
        onChange={chooseField}
      />
      {path && (
        <Select
          className="hougu-condition-operator"
          aria-label={t('forms.condition.operator')}
          popupMatchSelectWidth={false}
          value={line.op}
          options={operators.map((op) => ({ value: op, label: t(`forms.operator.${op}`) }))}
          onChange={chooseOperator}
        />
      )}
      <div className="hougu-condition-value">
        {path && needsValue(line.op) && (
          <ConditionValue
            field={path.field}
            op={line.op}
            value={line.value}
            label={t('forms.condition.value', { field: path.label })}
            onChange={(value) => onChange({ ...line, value })}
          />
        )}
      </div>
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t('forms.condition.remove')}
        onClick={onRemove}
      />
    </div>
  );
}

interface GroupProps extends PartProps {
  group: Group;
  depth: number;
  onChange: (group: Group) => void;
}

function GroupEditor({ group, paths, depth, onChange, onRemove }: GroupProps): ReactNode {
  const { t } = useText();
  const replace = (key: string, next: Line | Group | null) =>
    onChange({
      ...group,
      items: group.items.flatMap((item) => (item.key === key ? (next ? [next] : []) : [item])),
    });
  const mode = `${group.not ? 'not_' : ''}${group.join}`;
  return (
    <fieldset className={depth > 0 ? 'hougu-condition-group' : 'hougu-condition-root'}>
      <legend className="hougu-visually-hidden">{t('forms.condition.group')}</legend>
      {(group.items.length > 1 || depth > 0 || group.not) && (
        <Space>
          <Select
            size="small"
            aria-label={t('forms.condition.join')}
            popupMatchSelectWidth={false}
            value={mode}
            options={['and', 'or', 'not_and', 'not_or'].map((name) => ({
              value: name,
              label: t(`forms.condition.join_${name}`),
            }))}
            onChange={(next) =>
              onChange({
                ...group,
                not: next.startsWith('not_'),
                join: next.endsWith('or') ? 'or' : 'and',
              })
            }
          />
          {onRemove && (
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('forms.condition.remove_group')}
              onClick={onRemove}
            />
          )}
        </Space>
      )}
      {group.items.map((item) =>
        item.kind === 'group' ? (
          <GroupEditor
            key={item.key}
            group={item}
            paths={paths}
            depth={depth + 1}
            onChange={(next) => replace(item.key, next)}
            onRemove={() => replace(item.key, null)}
          />
        ) : (
          <LineEditor
            key={item.key}
            line={item}
            paths={paths}
            onChange={(next) => replace(item.key, next)}
            onRemove={() => replace(item.key, null)}
          />
        ),
      )}
      <Space>
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => onChange({ ...group, items: [...group.items, newLine()] })}
        >
          {t('forms.condition.add')}
        </Button>
        {depth < deepest && (
          <Button
            size="small"
            type="text"
            onClick={() => {
              const inner = newGroup(group.join === 'and' ? 'or' : 'and', [newLine()]);
              onChange({ ...group, items: [...group.items, inner] });
            }}
          >
            {t('forms.condition.add_group')}
          </Button>
        )}
      </Space>
    </fieldset>
  );
}

export function ConditionEditor({
  entity,
  entities,
  value,
  onChange,
}: ConditionEditorProps): ReactNode {
  const [group, setGroup] = useState<Group>(() => toGroup(value));
  const told = useRef(JSON.stringify(value));
  const paths = useMemo(() => fieldPaths(entity, entities), [entity, entities]);

  // A value from elsewhere (another view) replaces the lines; our own answer must not, or a
  // half-typed line would vanish.
  useEffect(() => {
    const text = JSON.stringify(value);
    if (text === told.current) return;
    told.current = text;
    setGroup(toGroup(value));
  }, [value]);

  const change = (next: Group) => {
    setGroup(next);
    const condition = toCondition(next);
    const text = JSON.stringify(condition);
    if (text === told.current) return;
    told.current = text;
    onChange(condition);
  };
  return <GroupEditor group={group} paths={paths} depth={0} onChange={change} />;
}
