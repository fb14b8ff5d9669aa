import { NewPasswordForm } from '@hougu/api/password';
import { useText } from '@hougu/i18n';
import { App, Modal } from 'antd';
import type { ReactNode } from 'react';

export function PasswordDialog({
  open,
  onClose,
}: {
  open: boolean;
  onClose: () => void;
}): ReactNode {
  const { t } = useText();
  const { message } = App.useApp();
  const done = () => {
    onClose();
    void message.success(t('desk.password.done'));
  };
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      title={t('ui.user.password')}
      width={400}
      destroyOnHidden
    >
      <NewPasswordForm onChanged={done} />
    </Modal>
  );
}
