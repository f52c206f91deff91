import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { CallReply, Wire } from '../../../shared/contract/contract.ts';
import { channels } from './channels.ts';

/**
 * Everything a page gets: the wire, and no other channel. Runs in a sandboxed, isolated world; built as CommonJS
 * because a sandboxed preload can be nothing else.
 */
const wire: Wire = {
  async call(name, input) {
    try {
      return await ipcRenderer.invoke(channels.call, name, input);
    } catch {
      // What can not be cloned (a function, say) never reaches main, so nobody but the page itself can be told.
      return { kind: 'failure', failure: 'failed' } satisfies CallReply;
    }
  },
  onEvent(listener) {
    // The event object stays here: it would hand the page `sender`, and with it every channel.
    const pass = (_event: IpcRendererEvent, name: string, payload: unknown): void => listener(name, payload);
    ipcRenderer.on(channels.event, pass);
    return () => {
      ipcRenderer.removeListener(channels.event, pass);
    };
  },
  onConnection(listener) {
    // Window and main live and die together, so there is nothing to lose.
    listener(true);
    return () => undefined;
  },
};

contextBridge.exposeInMainWorld('milepost', wire);
