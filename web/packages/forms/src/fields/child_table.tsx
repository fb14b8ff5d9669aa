import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { ChildRow, FieldValue } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Button } from 'antd';
import { type DisplayProps, type EditorProps, type FieldKind, presence } from '../kind';
import { kindOf } from '../kinds';
import './child_table.css';

function rowsOf(value: FieldValue): ChildRow[] {
  return Array.isArray(value) ? (value as ChildRow[]).filter((row) => typeof row === 'object') : [];
}

function Editor({ field, value, onChange, disabled }: EditorProps) {
  const { t, localized } = useText();
  const rows = rowsOf(value);
  const columns = (field.fields ?? []).filter((column) => !column.archived);
  const most = field.max_rows ?? 200;
  const put = (next: ChildRow[]) => onChange(next.length > 0 ? next : null);
  const change = (index: number, name: string, next: FieldValue) =>
    put(rows.map((row, at) => (at === index ? { ...row, [name]: next } : row)));
  return (
    <div className="hougu-rows">
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.name}
                  scope="col"
                  style={{ minWidth: kindOf(column.type).column.width }}
                >
                  {localized(column.label)}
                  {column.required && <span aria-hidden="true"> *</span>}
                </th>
              ))}
              <th scope="col">
                <span className="hougu-visually-hidden">{t('ui.action.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.id ?? `new-${index}`}>
                {columns.map((column) => {
                  const { Editor: CellEditor } = kindOf(column.type);
                  const id = `${field.name}-${index}-${column.name}`;
                  return (
                    <td key={column.name}>
                      <label htmlFor={id} className="hougu-visually-hidden">
                        {t('forms.rows.cell', { row: index + 1, column: localized(column.label) })}
                      </label>
                      <CellEditor
                        id={id}
                        field={column}
                        disabled={disabled ?? false}
                        value={row[column.name] ?? null}
                        onChange={(next) => change(index, column.name, next)}
                      />
                    </td>
                  );
                })}
                <td>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    disabled={disabled ?? false}
                    aria-label={t('forms.rows.remove', { row: index + 1 })}
                    onClick={() => put(rows.filter((_, at) => at !== index))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length < most && (
        <Button
          icon={<PlusOutlined />}
          disabled={disabled ?? false}
          onClick={() => put([...rows, {}])}
        >
          {t('forms.rows.add')}
        </Button>
      )}
    </div>
  );
}

function Display({ field, value, compact }: DisplayProps) {
  const { t, localized } = useText();
  const rows = rowsOf(value);
  if (rows.length === 0) return null;
  if (compact) return <span>{t('forms.rows.count', { count: rows.length })}</span>;
  const columns = (field.fields ?? []).filter((column) => !column.archived);
  return (
    <div className="hougu-rows">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                style={{ textAlign: kindOf(column.type).column.align }}
              >
                {localized(column.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id ?? index}>
              {columns.map((column) => {
                const { Display: CellDisplay, column: settings } = kindOf(column.type);
                return (
                  <td key={column.name} style={{ textAlign: settings.align }}>
                    <CellDisplay field={column} value={row[column.name] ?? null} compact />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export const childTableKind: FieldKind = {
  type: 'child_table',
  Editor,
  Display,
  column: { width: 100 },
  operators: presence,
  wide: true,
};
