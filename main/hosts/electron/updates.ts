import updater from 'electron-updater';
import type { Installer } from '../../updates/updater.ts';

/** What the host does around an installation. */
export interface Around {
  /** Stops the terminal and lets another start beside this program. */
  stop(): Promise<void>;
  /** Ends this program and starts it again: the installer did nothing, for this reason. */
  restart(cause: unknown): void;
}

/**
 * electron-updater, told to wait: nothing is downloaded unasked and nothing is installed by quitting. It checks the
 * signature of what it downloaded against the publisher of what runs (Windows, macOS). Its AppImage starts the new
 * version at once: the terminal has stopped before, so that the new one finds its folder free.
 */
export function createElectronInstaller(feedUrl: string, { stop, restart }: Around): Installer {
  const { autoUpdater } = updater;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.allowPrerelease = false;
  autoUpdater.logger = null;
  autoUpdater.setFeedURL({ provider: 'generic', url: feedUrl });
  return {
    async check() {
      const found = await autoUpdater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : undefined;
    },
    download: async () => void (await autoUpdater.downloadUpdate()),
    async install() {
      await stop();
      autoUpdater.once('error', restart);
      try {
        // Silently, and started again afterwards.
        autoUpdater.quitAndInstall(true, true);
      } catch (cause) {
        restart(cause);
      }
    },
  };
}
