import { LoadingOutlined } from '@ant-design/icons';
import type { ButtonProps } from 'antd';

/**
 * How a button looks while its action runs: not at all when that is over at once, and never as a word of
 * the button's name (the icon may outlast the action by a cut animation).
 */
export function busyLook(busy: boolean): NonNullable<ButtonProps['loading']> {
  return busy ? { delay: 150, icon: <LoadingOutlined aria-hidden="true" /> } : false;
}
