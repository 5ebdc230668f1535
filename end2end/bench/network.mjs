// How many bytes a page loads, by kind, as the browser's own network panel counts them.

/**
 * @typedef {'html' | 'wasm' | 'js' | 'css' | 'list' | 'other'} Kind
 */

/**
 * Counts from now on; the answer tells how many bytes have come.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<() => Record<Kind, number>>}
 */
export async function countBytes(page) {
  const devtools = await page.context().newCDPSession(page);
  /** @type {Record<Kind, number>} */
  const bytes = { html: 0, wasm: 0, js: 0, css: 0, list: 0, other: 0 };
  /** @type {Map<string, Kind>} */
  const kinds = new Map();
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    kinds.set(requestId, kindOf(response.url, response.mimeType));
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes[kinds.get(requestId) ?? 'other'] += encodedDataLength;
  });
  await devtools.send('Network.enable');
  return () => ({ ...bytes });
}

/**
 * @param {string} url
 * @param {string} type
 * @returns {Kind}
 */
function kindOf(url, type) {
  if (new URL(url).pathname.startsWith('/rpc/')) {
    return 'list';
  }
  switch (type) {
    case 'text/html':
      return 'html';
    case 'application/wasm':
      return 'wasm';
    case 'text/javascript':
    case 'application/javascript':
      return 'js';
    case 'text/css':
      return 'css';
    default:
      return 'other';
  }
}
