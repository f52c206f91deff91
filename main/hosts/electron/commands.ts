import { runDoctorCommand } from '../../diagnostics/doctor/command.ts';
import type { Sealer } from '../../secrets/sealer.ts';
import { runSettingsCommand, type CommandResult } from '../../settings/command.ts';

/** `milepost doctor …` and `milepost settings …`; undefined where the words ask for a window. */
export function commandIn(
  words: readonly string[],
  version: string,
  sealer: () => Sealer,
): (() => Promise<CommandResult>) | undefined {
  const [command, ...rest] = words;
  if (command === 'doctor') return () => runDoctorCommand(rest, version, sealer());
  if (command === 'settings') return () => Promise.resolve(runSettingsCommand(rest));
  return undefined;
}
