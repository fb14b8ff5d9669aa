import {
  AppstoreOutlined,
  ContactsOutlined,
  CustomerServiceOutlined,
  EnvironmentOutlined,
  FileTextOutlined,
  LaptopOutlined,
  MessageOutlined,
  ShoppingOutlined,
  StarOutlined,
  TeamOutlined,
  ToolOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

const icons: Record<string, ReactNode> = {
  ticket: <CustomerServiceOutlined />,
  user: <UserOutlined />,
  contact: <ContactsOutlined />,
  device: <LaptopOutlined />,
  product: <ShoppingOutlined />,
  visit: <ToolOutlined />,
  map: <EnvironmentOutlined />,
  message: <MessageOutlined />,
  star: <StarOutlined />,
  team: <TeamOutlined />,
  document: <FileTextOutlined />,
};

export function EntityIcon({ icon }: { icon: string | undefined }): ReactNode {
  return icons[icon ?? ''] ?? <AppstoreOutlined />;
}
