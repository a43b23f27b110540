import { expect } from 'chai';
import request from 'supertest';
import { z } from 'zod';
import { createHttpApp, routeTable } from '../../../server/http/create-http-app.js';
import { asyncApiDocument } from '../../../server/openapi/asyncapi-document.js';
import { joinComponents, toJsonSchemas } from '../../../server/openapi/json-schema.js';
import { openApiDocument } from '../../../server/openapi/openapi-document.js';
import { eventSchemas } from '../../../server/realtime/event-schemas.js';
import { HttpBench } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

/** Every `$ref` inside a document. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}

function lookUp(document: unknown, pointer: string): unknown {
  return pointer
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((place, key) => (place as Record<string, unknown> | undefined)?.[key], document);
}

describe('the documents of the interfaces', () => {
  const folders = tempFolders();
  let bench: HttpBench;
  before(() => {
    bench = new HttpBench(folders.make(), folders.make());
  });
  after(() => bench.close());

  it('tell of every route: what it does, who may, what it takes and what it answers', () => {
    const table = routeTable(bench.options);
    const { paths } = openApiDocument(table);
    for (const entry of table) {
      const operation = paths[entry.path.replaceAll(/:(\w+)/g, '{$1}')]?.[entry.method];
      const name = `${entry.method} ${entry.path}`;
      expect(operation?.summary, name).to.match(/^[A-Z].*[^.]$/);
      expect(operation?.responses, name).to.include.keys(String(entry.answer.status), 'default');
      expect(operation?.security, name).to.deep.equal(
        entry.permission === 'public' ? [] : [{ session: [entry.permission] }, { token: [entry.permission] }],
      );
      const inPath = [...entry.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
      const declared = (operation?.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(
        declared.map((parameter) => parameter.name),
        name,
      ).to.deep.equal(inPath);
      if (entry.body !== undefined) expect(operation?.requestBody, name).not.to.equal(undefined);
    }
  });

  it('give each operation a name of its own', () => {
    const ids = Object.values(openApiDocument(routeTable(bench.options)).paths).flatMap((methods) =>
      Object.values(methods).map((operation) => operation.operationId),
    );
    expect(new Set(ids).size).to.equal(ids.length);
    expect(ids).to.include.members(['getCameras', 'patchCamerasById', 'postWhipByCamera']);
  });

  it('refer only to parts that they have', () => {
    for (const document of [openApiDocument(routeTable(bench.options)), asyncApiDocument()]) {
      const lost = references(document).filter((pointer) => lookUp(document, pointer) === undefined);
      expect(lost).to.deep.equal([]);
      expect(references(document).length).to.be.greaterThan(10);
    }
  });

  it('tell of every event, and of its name, payload and direction', () => {
    const { operations, components } = asyncApiDocument();
    for (const name of Object.keys(eventSchemas)) {
      expect(operations[name]).to.include({ action: 'send' });
      expect(components.messages[name]?.payload, name).to.have.property('$ref');
      expect(components.messages[name]?.summary, name).to.match(/\S/);
    }
    expect(operations.subscribe).to.include({ action: 'receive' });
  });

  it('do not promise that answers have no further fields, but refuse unknown ones of requests', () => {
    const thing = z.strictObject({ a: z.string().default('x'), b: z.int().exactOptional() });
    const [input, output] = (['input', 'output'] as const).map(
      (direction) => toJsonSchemas({ thing }, direction).schemas.thing,
    );
    expect(input).to.include({ additionalProperties: false });
    expect(output).not.to.have.property('additionalProperties');
    expect(input).not.to.have.property('required');
    expect(output?.required).to.deep.equal(['a']);
    expect(JSON.stringify(output)).not.to.include(String(Number.MAX_SAFE_INTEGER));
  });

  it('refuse one name for two things', () => {
    expect(() => joinComponents({ A: { type: 'string' } }, { A: { type: 'number' } })).to.throw('two things');
  });

  it('are served, with a page that needs nothing else', async () => {
    const app = createHttpApp(bench.options);
    const rest = await request(app).get('/api/openapi.json');
    expect(rest.body).to.deep.equal(openApiDocument(routeTable(bench.options)));
    const events = await request(app).get('/api/asyncapi.json');
    expect(events.body).to.deep.equal(asyncApiDocument());
    const page = await request(app).get('/api/reference');
    expect(page.type).to.equal('text/html');
    expect(page.text).not.to.match(/<script|style=|https?:\/\//i);
    for (const path of Object.keys((rest.body as { paths: object }).paths)) {
      expect(page.text).to.include(`<code>${path}</code>`);
    }
    const anchors = [...page.text.matchAll(/href="#([^"]+)"/g)].map((match) => match[1] ?? '');
    const lost = anchors.filter((id) => !page.text.includes(` id="${id}"`));
    expect(lost).to.deep.equal([]);
    expect((await request(app).get('/api/reference.css')).type).to.equal('text/css');
  });
});

describe('an id of a request', () => {
  const folders = tempFolders();
  let bench: HttpBench;
  before(() => {
    bench = new HttpBench(folders.make(), folders.make());
  });
  after(() => bench.close());

  it('is taken over, and stands in the header, the problem and the log', async () => {
    const reply = await request(bench.app)
      .post('/api/cameras')
      .set('X-Request-Id', 'proxy-1234.5')
      .send({ name: 'boom', url: 'rtsp://10.0.0.9/1' });
    expect(reply.status).to.equal(500);
    expect(reply.headers).to.have.property('x-request-id', 'proxy-1234.5');
    expect(JSON.parse(reply.text)).to.have.property('requestId', 'proxy-1234.5');
    expect(bench.logged.at(-1)).to.have.property('requestId', 'proxy-1234.5');
  });

  it('is made anew where it is missing, too short, too long or not plain', async () => {
    for (const bad of [undefined, 'short', 'x'.repeat(65), 'with space 1', '"quoted-id"', 'ü'.repeat(9)]) {
      const asked = request(bench.app).get('/api/nothing');
      if (bad !== undefined) void asked.set('X-Request-Id', Buffer.from(bad).toString('latin1'));
      const { headers, text } = await asked;
      const id = (headers as Record<string, string>)['x-request-id'];
      expect(id).to.match(/^[\da-f]{8}-[\da-f-]{27}$/);
      expect(JSON.parse(text)).to.include({ requestId: id, status: 404 });
    }
  });
});
