// Copies a text and says so.
import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { Button, type ButtonProps } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';

export function CopyButton({ text, ...rest }: { text: string } & ButtonProps): ReactNode {
  const { t } = useText();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without a secure context there is no clipboard: the old way through a selection.
      const area = document.createElement('textarea');
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    setCopied(true);
  };
  return (
    <Button
      icon={copied ? <CheckOutlined /> : <CopyOutlined />}
      onClick={() => void copy()}
      aria-live="polite"
      {...rest}
    >
      {copied ? t('ui.action.copied') : t('ui.action.copy')}
    </Button>
  );
}
