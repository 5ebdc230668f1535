// What runs inside of the measured page. The functions are sent there as text, so they use nothing from outside; what the
// watch leaves in the page is there for the others.

/**
 * One press, in milliseconds.
 * @typedef {object} Sample
 * @property {number} waited From the press to when the page could begin to answer it.
 * @property {number} changed From there until the page's elements had changed.
 * @property {number} painted From the press until the frame was painted.
 * @property {number | null} answered From the press until the server's rows were painted, where it was asked.
 */

/**
 * What happened since the navigation began, in milliseconds from there.
 * @typedef {object} Seen
 * @property {number} firstPaint
 * @property {number} hydrated
 * @property {number | null} whole
 * @property {{ start: number, length: number }[]} longTasks
 * @property {{ start: number, value: number, afterInput: boolean }[]} shifts
 */

/** Watches a page from its first moment on: paint, life, the list, long tasks and what moves. */
export function installWatch() {
  /** @type {Seen} */
  const seen = { firstPaint: 0, hydrated: 0, whole: null, longTasks: [], shifts: [] };
  /**
   * @param {string} type
   * @param {(entry: any) => void} take
   */
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') {
      seen.firstPaint = startTime;
    }
  });
  observe('longtask', ({ startTime, duration }) => seen.longTasks.push({ start: startTime, length: duration }));
  observe('layout-shift', ({ startTime, value, hadRecentInput }) =>
    seen.shifts.push({ start: startTime, value, afterInput: hadRecentInput }),
  );
  const marks = new MutationObserver(() => {
    if (seen.hydrated === 0 && document.querySelector('html[data-hydrated]')) {
      seen.hydrated = performance.now();
    }
    if (seen.whole === null && document.querySelector('[data-feed=whole]')) {
      seen.whole = performance.now();
      marks.disconnect();
    }
  });
  marks.observe(document, { subtree: true, attributes: true, attributeFilter: ['data-hydrated', 'data-feed'] });

  /**
   * Calls `then` with the time at which the tasks and microtasks that are due have been done.
   * @param {(at: number) => void} then
   */
  const afterTasks = (then) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(null);
  };
  /**
   * Calls `then` with the time at which the next frame has been painted: a frame's work is one task, the message the next.
   * @param {(at: number) => void} then
   */
  const afterFrame = (then) => requestAnimationFrame(() => afterTasks(then));
  window.watch = { seen: () => seen, afterTasks, afterFrame };
}

/**
 * What answers presses.
 * @typedef {object} Answering
 * @property {string} element The selector of what shows the answers.
 * @property {string} waiting Its attribute while the server is asked.
 */

/** @type {Answering} */
export const TABLE = { element: 'section.data-table', waiting: 'data-loading' };
/** @type {Answering} */
export const PALETTE = { element: '#palette-list', waiting: 'data-outdated' };

/**
 * Records what follows from each press that changes a field, and from each press of the mouse.
 * @param {Answering} answering
 */
export function installRecorder({ element, waiting }) {
  const { afterTasks, afterFrame } = window.watch;
  const answers = document.querySelector(element);
  if (!answers) {
    throw new Error(`there is no ${element}`);
  }
  /** @type {{ record: { changed: number | null }, done: Promise<Sample> } | null} */
  let current = null;
  let pressed = { at: 0, received: 0 };

  new MutationObserver(() => {
    if (current) {
      current.record.changed = performance.now();
    }
  }).observe(answers, { subtree: true, childList: true, characterData: true, attributes: true });

  /** @param {{ at: number, received: number }} press */
  const begin = (press) => {
    /** @type {{ changed: number | null }} */
    const record = { changed: null };
    /** @type {Promise<Sample>} */
    const done = new Promise((resolve) => {
      /** @type {number | null} */
      let worked = null;
      afterTasks((at) => (worked = at));
      afterFrame((painted) => {
        // Where nothing on the page has changed, the answer was there when the work was done.
        const changed = record.changed ?? worked ?? painted;
        /** @param {number | null} answered */
        const tell = (answered) =>
          resolve({
            waited: press.received - press.at,
            changed: changed - press.received,
            painted: painted - press.at,
            answered: answered === null ? null : answered - press.at,
          });
        if (!answers.hasAttribute(waiting)) {
          tell(null);
          return;
        }
        const loading = new MutationObserver(() => {
          if (!answers.hasAttribute(waiting)) {
            loading.disconnect();
            afterFrame(tell);
          }
        });
        loading.observe(answers, { attributes: true, attributeFilter: [waiting] });
      });
    });
    current = { record, done };
  };
  addEventListener('keydown', ({ timeStamp }) => (pressed = { at: timeStamp, received: performance.now() }), true);
  addEventListener('input', () => begin(pressed), true);
  addEventListener('click', ({ timeStamp }) => begin({ at: timeStamp, received: performance.now() }), true);

  window.recorder = {
    settled: () => {
      if (!current) {
        throw new Error('nothing was pressed');
      }
      return current.done;
    },
  };
}

/**
 * Puts a copy of the table in its place that the portal knows nothing of. Each key in its search shows the next of `pages`,
 * the HTML of whose rows is there already.
 * @param {string[][]} pages
 */
export function installBareRows(pages) {
  const table = document.querySelector('section.data-table');
  const copy = /** @type {Element | undefined} */ (table?.cloneNode(true));
  const search = copy?.querySelector('input[type=search]');
  if (!table || !copy || !search) {
    throw new Error('there is no table that can be searched');
  }
  table.replaceWith(copy);
  const rows = [...copy.querySelectorAll('tbody tr')];
  let page = 0;
  search.addEventListener('input', () => {
    page = (page + 1) % pages.length;
    rows.forEach((row, place) => (row.innerHTML = pages[page]?.[place] ?? ''));
  });
}

/** Records how far the progress bar of the page is, in percent, each time that it has moved. */
export function installProgress() {
  /** @type {number[]} */
  const seen = [];
  new MutationObserver(() => {
    const bar = document.querySelector('progress');
    // Without a value it only says that something is under way.
    if (bar?.hasAttribute('value') && bar.position * 100 !== seen.at(-1)) {
      seen.push(bar.position * 100);
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['value', 'max'] });
  window.progress = { seen: () => seen };
}

/** Measures from each press of Ctrl + K until the first entry of the palette is painted. */
export function installOpening() {
  const { afterTasks } = window.watch;
  /** @type {Promise<number> | null} */
  let opened = null;
  addEventListener(
    'keydown',
    ({ ctrlKey, key, timeStamp }) => {
      if (!ctrlKey || key !== 'k') {
        return;
      }
      opened = new Promise((resolve) => {
        const look = () => {
          if (document.querySelector('dialog[open] [role=option]')) {
            afterTasks((painted) => resolve(painted - timeStamp));
          } else {
            requestAnimationFrame(look);
          }
        };
        requestAnimationFrame(look);
      });
    },
    true,
  );
  window.opening = {
    opened: () => {
      if (!opened) {
        throw new Error('the keys were not pressed');
      }
      return opened;
    },
  };
}
