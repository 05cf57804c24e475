import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';

export const show = (node: React.ReactNode) => render(<MantineProvider env="test">{node}</MantineProvider>);
