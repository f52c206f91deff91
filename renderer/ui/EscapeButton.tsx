import { Button } from './Button.tsx';
import { Key } from './Key.tsx';

interface EscapeButtonProps {
  readonly label: string;
  readonly onPress: () => void;
}

/** The quiet way out of a sheet or a panel, with the key that does the same. */
export function EscapeButton({ label, onPress }: EscapeButtonProps) {
  return (
    <Button kind="quiet" onPress={onPress}>
      <span>{label}</span>
      <Key name="escape" />
    </Button>
  );
}
