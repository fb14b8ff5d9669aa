import { ApartmentOutlined, BankOutlined, ShopOutlined, TeamOutlined } from '@ant-design/icons';
import type { UnitKind } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import type { ReactNode } from 'react';

const icons: Record<UnitKind, ReactNode> = {
  company: <BankOutlined />,
  department: <ApartmentOutlined />,
  outlet: <ShopOutlined />,
  team: <TeamOutlined />,
};

/** The kind as a picture with its word for those who don't see it. */
export function UnitKindIcon({ kind }: { kind: UnitKind }): ReactNode {
  const { t } = useText();
  const word = t(`studio.unit_kind.${kind}`);
  return (
    <span title={word} role="img" aria-label={word} className="studio-soft">
      {icons[kind]}
    </span>
  );
}
