// How long the server takes for a page, asked without a browser.

/** Visits that are measured, after some that are not. */
const VISITS = 20;
const WARM_UPS = 3;

/**
 * From the request until the whole answer has come, in milliseconds, one visit after the other.
 * @param {string} address
 * @param {import('./browser.mjs').Session} session
 * @param {string} path
 */
export async function serverTimes(address, session, path) {
  const cookie = session.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  /** @type {number[]} */
  const times = [];
  for (let visit = 0; visit < WARM_UPS + VISITS; visit++) {
    const begun = performance.now();
    const answer = await fetch(new URL(path, address), { headers: { cookie }, redirect: 'manual' });
    await answer.arrayBuffer();
    if (answer.status !== 200) {
      throw new Error(`${path} was answered with status ${answer.status}`);
    }
    if (visit >= WARM_UPS) {
      times.push(performance.now() - begun);
    }
  }
  return times;
}
