import { SaveOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useText } from '@hougu/i18n';
import { Button, Input, Popover, Space } from 'antd';
import { type ReactNode, useState } from 'react';

/** Asks for a name, then saves. */
export function SaveView({
  disabled,
  onSave,
}: {
  disabled?: boolean;
  onSave: (label: string) => Promise<void>;
}): ReactNode {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const [label, setLabel] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onSave(label.trim());
      setOpen(false);
      setLabel('');
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      content={
        <div style={{ width: 280 }}>
          <Space.Compact block>
            <Input
              autoFocus
              maxLength={40}
              aria-label={t('desk.view.name')}
              placeholder={t('desk.view.name')}
              value={label}
              onChange={(event) => setLabel(event.target.value)}
              onPressEnter={() => label.trim() && void save()}
            />
            <Button
              type="primary"
              loading={busy}
              disabled={!label.trim()}
              onClick={() => void save()}
            >
              {t('ui.action.save')}
            </Button>
          </Space.Compact>
          {problem && (
            <div role="alert" className="desk-problem">
              {problem}
            </div>
          )}
        </div>
      }
    >
      <Button icon={<SaveOutlined />} disabled={disabled ?? false}>
        {t('desk.view.save')}
      </Button>
    </Popover>
  );
}
