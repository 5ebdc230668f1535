// Writes the types of the API into `generated/api.ts`, as openapi-typescript makes them from the OpenAPI document: the one
// in the repository, which `server/tests/http/api/openapi.rs` compares with what the server gives out.
import { mkdir, readFile, writeFile } from 'node:fs/promises';

import openapiTS, { astToString } from 'openapi-typescript';

const SNAPSHOT = new URL(
  '../../server/tests/http/api/snapshots/http__api__openapi__the_document.snap',
  import.meta.url,
);
const GENERATED = new URL('../generated/', import.meta.url);

const snapshot = await readFile(SNAPSHOT, 'utf8');
// What insta tells of the document stands before it, between two lines of hyphens.
const [, , text] = snapshot.split(/^---$/m);
const types = astToString(await openapiTS(JSON.parse(text ?? '')));
await mkdir(GENERATED, { recursive: true });
await writeFile(new URL('api.ts', GENERATED), types);
