import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { Icon, type IconName } from '@/components/icons';
import { MenuBox } from '@/components/MenuBox';
import { strings } from '@/strings';

const SCHEMES = [['light', 'sun'], ['dark', 'moon'], ['auto', 'auto']] as const satisfies readonly (readonly [string, IconName])[];

export function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const current = SCHEMES.find(([scheme]) => scheme === colorScheme)?.[1] ?? 'auto';
  const target = <ActionIcon variant="subtle" color="gray" size="lg" aria-label={strings.theme.toggle}><Icon name={current} /></ActionIcon>;
  return (
    <MenuBox target={target}>
      {SCHEMES.map(([scheme, icon]) => (
        <Menu.Item
          key={scheme} leftSection={<Icon name={icon} size={16} />} onClick={() => setColorScheme(scheme)}
          rightSection={scheme === colorScheme && <Icon name="check" size={16} />}
        >
          {strings.theme[scheme]}
        </Menu.Item>
      ))}
    </MenuBox>
  );
}
