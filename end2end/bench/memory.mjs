// How much memory the server takes, as Linux tells it.
import { readFile } from 'node:fs/promises';

/**
 * The most memory that a process has held so far, in MB of 1,024 KB; null where the system does not tell.
 * @param {string} id
 */
export async function mostMemory(id) {
  const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
  const most = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return most ? Number(most) / 1024 : null;
}
