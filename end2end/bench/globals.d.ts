// What the scripts of `in_page.mjs` leave in the measured page for the script outside of it.
import type { Sample, Seen } from './in_page.mjs';

declare global {
  interface Window {
    watch: { seen: () => Seen };
    recorder: { settled: () => Promise<Sample> };
  }
}
