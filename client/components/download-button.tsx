import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { downloadFile } from '../api/download.ts';
import { RequestError } from '../api/request.ts';
import { notify } from '../notify.ts';
import { useDownloadTexts } from './download-words.ts';
import { Icon } from './icons.tsx';

interface DownloadProps {
  /** Where the table is, at the moment of the click. */
  path(): string;
  disabled?: boolean;
  size?: 'sm' | 'md';
  /** Beside another button: only the kind of file is written on it. */
  narrow?: boolean;
  className?: string | undefined;
}

/** Downloads a table as CSV; the server may want a proof first, and then asks for it. */
export default function DownloadButton({
  path,
  disabled = false,
  size = 'md',
  narrow = false,
  className,
}: DownloadProps) {
  const { t } = useDownloadTexts();
  const download = useMutation({
    mutationFn: () => downloadFile(path()),
    onSuccess: () => notify({ title: t('done'), message: t('doneHint') }),
    onError: (error) => {
      const code = error instanceof RequestError ? error.body.code : '';
      // Who is asked for a proof and gives none has changed his mind.
      if (code === 'step_up_required') return;
      const hint = code === 'forbidden' ? t('forbidden') : t('failedHint');
      notify({ color: 'yellow', title: t('failed'), message: hint });
    },
  });
  return (
    <Button
      variant="default"
      size={size}
      className={className}
      leftSection={<Icon name="download" size={18} />}
      {...(narrow && { 'aria-label': t('label'), title: t('label') })}
      disabled={disabled}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      {narrow ? 'CSV' : t('label')}
    </Button>
  );
}
