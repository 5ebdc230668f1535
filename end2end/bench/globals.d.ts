// What the scripts of `in_page.mjs` leave in the measured page for each other and for the script outside of it.
import type { Sample, Seen } from './in_page.mjs';

type After = (then: (at: number) => void) => void;

declare global {
  interface Window {
    watch: { seen: () => Seen; afterTasks: After; afterFrame: After };
    recorder: { settled: () => Promise<Sample> };
    progress: { seen: () => number[] };
    opening: { opened: () => Promise<number> };
  }
}
