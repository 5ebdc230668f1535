// A client of the API whose types a public generator has made from the OpenAPI document leads the whole life of a group.
import createClient from 'openapi-fetch';
import type { Client } from 'openapi-fetch';

import type { Portal } from '../fixtures/portal.ts';
import { expect, test } from '../fixtures/test.ts';
import type { components, paths } from '../generated/api.ts';
import { alder } from '../support/addresses.ts';
import { uniqueName } from '../support/groups.ts';
import { people } from '../support/people.ts';

type GroupInput = components['schemas']['GroupInput'];

const enterprise = { enterprise: alder };

// Groups that are made here would be counted by others.
test.use({ database: 'changed' });

/** A client with a new token of the admin, which may be `role` at most. */
async function clientOf(portal: Portal, role: 'admin' | 'viewer'): Promise<Client<paths>> {
  const { email } = people.alderAdmin;
  const told = await portal.run('create-token', '--email', email, '--name', 'Generated client', '--role', role);
  const token = /mp_[0-9A-Za-z]{40}/.exec(told)?.[0] ?? '';
  return createClient<paths>({ baseUrl: portal.address, headers: { Authorization: `Bearer ${token}` } });
}

/** A group of somebody who is there, with a number that is free. */
async function newGroup(client: Client<paths>): Promise<GroupInput> {
  const users = await client.GET('/api/v1/enterprises/{enterprise}/users', {
    params: { path: enterprise, query: { page_size: 25, sort: 'name' } },
  });
  const numbers = await client.GET('/api/v1/enterprises/{enterprise}/numbers', {
    params: { path: enterprise, query: { filter: ['services:in:free'], page_size: 200 } },
  });
  const [owner, member] = users.data?.rows ?? [];
  const free = numbers.data?.rows.find((number) => number.sms && !number.assignee && !number.released);
  if (!owner || !member || !free) {
    throw new Error(`The demo content has too little: ${JSON.stringify([users.error, numbers.error])}`);
  }
  return { name: uniqueName('Client'), owner_id: owner.id, member_ids: [owner.id, member.id], number_ids: [free.id] };
}

test('a group is made, read, changed, found and deleted', async ({ portal }) => {
  const client = await clientOf(portal, 'admin');
  const input = await newGroup(client);
  const made = await client.POST('/api/v1/enterprises/{enterprise}/groups', {
    params: { path: enterprise },
    body: input,
  });
  expect(made.error).toBeUndefined();
  expect(made.data?.numbers.map((number) => number.id)).toEqual(input.number_ids);
  const path = { ...enterprise, id: made.data?.id ?? '' };
  const first = made.response.headers.get('etag') ?? '';

  const read = await client.GET('/api/v1/enterprises/{enterprise}/groups/{id}', { params: { path } });
  expect(read.data).toEqual(made.data);
  expect(read.response.headers.get('etag')).toBe(first);

  const renamed = { ...input, name: uniqueName('Renamed'), member_ids: [input.owner_id] };
  const change = (tag: string) =>
    client.PUT('/api/v1/enterprises/{enterprise}/groups/{id}', {
      params: { path, header: { 'If-Match': tag } },
      body: renamed,
    });
  const changed = await change(first);
  expect(changed.data).toMatchObject({ name: renamed.name, version: 2 });
  const outdated = await change(first);
  expect(outdated.response.status).toBe(412);
  expect(outdated.error).toMatchObject({ code: 'outdated', current_version: 2 });

  const found = await client.GET('/api/v1/enterprises/{enterprise}/groups', {
    params: { path: enterprise, query: { search: renamed.name } },
  });
  expect(found.data?.matching).toBe(1);
  expect(found.data?.rows[0]).toMatchObject({ id: path.id, member_count: 1 });

  const deleted = await client.DELETE('/api/v1/enterprises/{enterprise}/groups/{id}', {
    params: { path, header: { 'If-Match': changed.response.headers.get('etag') ?? '' } },
  });
  expect(deleted.response.status).toBe(204);
  const gone = await client.GET('/api/v1/enterprises/{enterprise}/groups/{id}', { params: { path } });
  expect(gone.response.status).toBe(404);
  expect(gone.error?.code).toBe('not_found');
});

test('what the types forbid the server refuses', async ({ portal }) => {
  const client = await clientOf(portal, 'admin');
  const path = { ...enterprise, id: '018f3c1e-0000-7000-8000-000000000001' };
  const unversioned = await client.DELETE('/api/v1/enterprises/{enterprise}/groups/{id}', {
    // @ts-expect-error: a change names the version it was made from
    params: { path },
  });
  expect(unversioned.response.status).toBe(428);
  const nameless = await client.POST('/api/v1/enterprises/{enterprise}/groups', {
    params: { path: enterprise },
    // @ts-expect-error: a group has a name
    body: { owner_id: path.id, member_ids: [path.id] },
  });
  expect(nameless.error?.code).toBe('bad_body');
});

test('a token that only reads makes no group', async ({ portal }) => {
  const client = await clientOf(portal, 'viewer');
  const refused = await client.POST('/api/v1/enterprises/{enterprise}/groups', {
    params: { path: enterprise },
    body: await newGroup(client),
  });
  expect(refused.response.status).toBe(403);
  expect(refused.error?.code).toBe('forbidden');
});
