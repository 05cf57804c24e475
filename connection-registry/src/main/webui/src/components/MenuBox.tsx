import { Menu } from '@mantine/core';

interface MenuBoxProps {
  /** What opens it. */
  target: React.ReactNode;
  width?: number;
  children: React.ReactNode;
}

/** A menu that lies inside the page's main landmark, but outside of what it was opened from, which may be clipped. */
export function MenuBox({ target, width = 190, children }: MenuBoxProps) {
  return (
    <Menu position="bottom-end" width={width} radius="md" portalProps={{ target: '#content' }}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
