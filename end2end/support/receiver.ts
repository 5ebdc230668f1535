// A webhook for tests: keeps what it is sent, and checks signatures as docs/OPERATIONS.md says.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Call = { path: string; headers: IncomingHttpHeaders; body: string };

export type Receiver = {
  /** Host and port. What begins with /broken is answered with 500. */
  address: string;
  /** Everything that was sent to a path so far. */
  calls: (path: string) => Call[];
  stop: () => Promise<void>;
};

/** Starts one on a free port. */
export async function startReceiver(): Promise<Receiver> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => (body += text));
    request.on('end', () => {
      calls.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(request.url?.startsWith('/broken') ? 500 : 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    calls: (path) => calls.filter((call) => call.path === path),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Whether whoever knows the secret has sent it. */
export function isSigned(call: Call, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${call.headers['webhook-id']}.${call.headers['webhook-timestamp']}.${call.body}`;
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  const given = Buffer.from(String(call.headers['webhook-signature']));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
