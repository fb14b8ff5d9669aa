// A filter written as an expression; a fault is shown with its place.
import { ApiError } from '@hougu/api/client';
import { useText } from '@hougu/i18n';
import { Alert, Button, Input, Space } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';

export interface ExpressionFault {
  message: string;
  line: number;
  column: number;
}

/** What the server found wrong with an expression; null: something else went wrong, or nothing. */
export function expressionFault(error: unknown): ExpressionFault | null {
  if (!(error instanceof ApiError) || !/^(feel|filter)\./.test(error.code)) return null;
  const { line, column } = error.details as { line?: unknown; column?: unknown };
  if (typeof line !== 'number' || typeof column !== 'number') return null;
  return { message: error.message, line, column };
}

/** The line of the expression that is wrong, cut in two where the fault is. */
export function faultyLine(expression: string, fault: ExpressionFault): [string, string] {
  const characters = [...(expression.split('\n')[fault.line - 1] ?? '')];
  return [
    characters.slice(0, fault.column - 1).join(''),
    characters.slice(fault.column - 1).join(''),
  ];
}

interface ExpressionBoxProps {
  value: string;
  fault: ExpressionFault | null;
  onApply: (expression: string) => void;
}

export function ExpressionBox({ value, fault, onApply }: ExpressionBoxProps): ReactNode {
  const { t } = useText();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const apply = () => onApply(typed.trim());
  const [before, behind] = fault ? faultyLine(value, fault) : ['', ''];
  return (
    <div>
      <Space.Compact block>
        <Input
          aria-label={t('desk.expression.label')}
          placeholder={t('desk.expression.placeholder')}
          aria-invalid={fault !== null}
          status={fault ? 'error' : ''}
          allowClear
          spellCheck={false}
          maxLength={2_000}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={apply}
        />
        <Button onClick={apply}>{t('desk.expression.apply')}</Button>
      </Space.Compact>
      {fault && (
        <Alert
          type="error"
          role="alert"
          showIcon
          message={t('desk.expression.fault', {
            line: fault.line,
            column: fault.column,
            message: fault.message,
          })}
          description={
            <code>
              {before}
              <mark>{behind || ' '}</mark>
            </code>
          }
        />
      )}
    </div>
  );
}
