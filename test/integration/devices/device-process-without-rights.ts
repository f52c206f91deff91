/** The device process as a user without rights. Root could open any port, so root becomes `nobody` once all is loaded. */
import '../../../main/devices/device-process.ts';

if (process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(65_534);
  process.setuid?.(65_534);
}
