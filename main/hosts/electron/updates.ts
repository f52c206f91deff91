import updater from 'electron-updater';
import type { Installer } from '../../updates/updater.ts';

/**
 * electron-updater, told to wait: nothing is downloaded unasked and nothing is installed by quitting. It checks the
 * signature of what it downloaded against the publisher of what runs (Windows, macOS).
 */
export function createElectronInstaller(feedUrl: string): Installer {
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
    // Silently, and started again afterwards.
    install: () => autoUpdater.quitAndInstall(true, true),
  };
}
