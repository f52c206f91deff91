import { runSettingsCommand } from './command.ts';

const { exitCode, output, complaint } = runSettingsCommand(process.argv.slice(2));
process.stdout.write(output);
if (complaint !== undefined) process.stderr.write(complaint);
process.exitCode = exitCode;
