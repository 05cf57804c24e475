import { Modal } from '@mantine/core';
import { strings } from '@/strings';
import classes from './Dialog.module.css';

interface DialogProps {
  title: React.ReactNode;
  onClose: () => void;
  size?: string | number;
  children: React.ReactNode;
}

/**
 * The page behind is kept still by the style sheet: the library's own way injects styles, which the policy forbids. The
 * head is no `header`, which would be a second banner of the page.
 */
export function Dialog({ title, onClose, size = 'md', children }: DialogProps) {
  return (
    <Modal.Root
      opened onClose={onClose} size={size} centered radius="lg" lockScroll={false} transitionProps={{ duration: 120 }}
      removeScrollProps={{ enabled: false }} classNames={{ content: classes.content ?? '', inner: classes.inner ?? '' }}
    >
      <Modal.Overlay backgroundOpacity={0.5} />
      <Modal.Content>
        <div className={classes.head}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label={strings.close} />
        </div>
        <Modal.Body className={classes.body}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
