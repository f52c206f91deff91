import { findPackageRoot } from '../../hosts/package-root.ts';
import { runDoctorCommand } from './command.ts';

const { version } = findPackageRoot(import.meta.dirname);
const { exitCode, output, complaint } = await runDoctorCommand(process.argv.slice(2), version);
process.stdout.write(output);
if (complaint !== undefined) process.stderr.write(complaint);
process.exitCode = exitCode;
