// The person's menu at the foot of the rail, with changing the own password.
import { NewPasswordForm } from '@hougu/api/password';
import { useSession } from '@hougu/api/session';
import { useText } from '@hougu/i18n';
import { UserMenu, useUndoToast } from '@hougu/ui';
import { Modal } from 'antd';
import { type ReactNode, useState } from 'react';

export function PersonMenu({
  narrow,
  onShortcuts,
}: {
  narrow: boolean;
  onShortcuts: () => void;
}): ReactNode {
  const { t } = useText();
  const { info, signOut, setPreference } = useSession();
  const [password, setPassword] = useState(false);
  const toast = useUndoToast();
  return (
    <>
      <UserMenu
        name={info.user.name}
        narrow={narrow}
        faces={info.faces
          .filter((face) => face !== 'studio')
          .map((face) => ({ href: `/${face}/`, label: t(`api.face.${face}`) }))}
        onSignOut={() => void signOut()}
        onPassword={() => setPassword(true)}
        onShortcuts={onShortcuts}
        onLocale={(locale) => setPreference('locale', locale)}
        onMode={(mode) => setPreference('theme', mode)}
      />
      <Modal
        open={password}
        onCancel={() => setPassword(false)}
        title={t('ui.user.password')}
        footer={null}
        destroyOnHidden
        width={420}
      >
        <NewPasswordForm
          onChanged={() => {
            setPassword(false);
            toast({ text: t('studio.frame.password_changed') });
          }}
        />
      </Modal>
    </>
  );
}
