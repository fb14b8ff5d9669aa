// The customer's link to the progress page, to copy or to scan from the screen.
import { CopyOutlined, QrcodeOutlined } from '@ant-design/icons';
import { errorText, get } from '@hougu/api/client';
import { useText } from '@hougu/i18n';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Input, Popover, QRCode, Skeleton, Space } from 'antd';
import { type ReactNode, useState } from 'react';

export function Tracking({ ticket }: { ticket: string }): ReactNode {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomRight"
      content={<Link ticket={ticket} />}
    >
      <Button
        icon={<QrcodeOutlined />}
        aria-label={t('desk.tracking.title')}
        title={t('desk.tracking.title')}
      />
    </Popover>
  );
}

function Link({ ticket }: { ticket: string }): ReactNode {
  const { t } = useText();
  const { message } = App.useApp();
  const { data, error } = useQuery({
    queryKey: ['ticket_parts', ticket, 'tracking'],
    queryFn: () => get<{ url: string }>(`/ticket/${ticket}/tracking`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <p role="alert">{errorText(error)}</p>;
  if (!data) return <Skeleton.Node active style={{ width: 240, height: 240 }} />;
  const url = new URL(data.url, window.location.origin).href;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      void message.success(t('ui.action.copied'));
    } catch {
      void message.info(t('desk.tracking.copy_by_hand'));
    }
  };
  return (
    <div className="desk-tracking">
      <p>{t('desk.tracking.hint')}</p>
      {/* Dark on white in both schemes: cameras read it best. */}
      <QRCode value={url} size={176} color="#000000" bgColor="#ffffff" />
      <Space.Compact block>
        <Input
          readOnly
          value={url}
          aria-label={t('desk.tracking.title')}
          onFocus={(event) => event.target.select()}
        />
        <Button
          icon={<CopyOutlined />}
          aria-label={t('ui.action.copy')}
          onClick={() => void copy()}
        />
      </Space.Compact>
    </div>
  );
}
