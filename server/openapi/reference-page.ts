import type { AsyncApiDocument } from './asyncapi-document.js';
import type { JsonSchema } from './json-schema.js';
import type { Content, OpenApiDocument, Operation } from './openapi-document.js';
import { schemaText } from './schema-text.js';

/**
 * The reference of the interfaces as one plain page: no script, no inline style, nothing from elsewhere, so that it works
 * offline and under the strict content security policy.
 */
export function referencePage(rest: OpenApiDocument, events: AsyncApiDocument): string {
  const schemas = { ...rest.components.schemas, ...events.components.schemas };
  const operations = Object.entries(rest.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))].sort();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Maskwatch: reference of the interfaces</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/api/reference.css">
</head>
<body>
<header>
<h1>Reference of the interfaces</h1>
<p>${escape(String(rest.info.description))}</p>
<p>For programs: <a href="/api/openapi.json">OpenAPI 3.1</a>, <a href="/api/asyncapi.json">AsyncAPI 3</a>.</p>
<nav aria-label="Sections">${tags.map((tag) => `<a href="#${escape(tag)}">${escape(tag)}</a>`).join(' ')}
<a href="#events">events</a> <a href="#schemas">schemas</a></nav>
</header>
<main>
${tags
  .map((tag) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(tag));
    return `<section id="${escape(tag)}"><h2>${escape(tag)}</h2>\n${own.map(operationHtml).join('\n')}</section>`;
  })
  .join('\n')}
<section id="events"><h2>Events (socket.io)</h2>
<p>${escape(String(events.info.description))}</p>
${Object.values(events.components.messages)
  .map(
    ({ name, summary, payload }) =>
      `<article><h3><code>${escape(name)}</code></h3><p>${escape(summary ?? '')}</p>${typeHtml(payload)}</article>`,
  )
  .join('\n')}</section>
<section id="schemas"><h2>Schemas</h2>
${Object.entries(schemas)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([name, schema]) =>
      `<article id="schema-${escape(name)}"><h3><code>${escape(name)}</code></h3>${described(schema)}${typeHtml(schema)}</article>`,
  )
  .join('\n')}</section>
</main>
</body>
</html>
`;
}

function operationHtml({
  path,
  method,
  operation,
}: {
  path: string;
  method: string;
  operation: Operation;
}): string {
  const asked = operation.security[0];
  const permission =
    asked === undefined ? 'open to all' : `asks for: ${Object.values(asked).flat().join(', ')}`;
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${escape(name)}</code></td><td>${place}${required ? '' : ', optional'}</td><td>${linked(schemaText(schema))}</td></tr>`,
  );
  const answers = Object.entries(operation.responses).filter(([status]) => status !== 'default');
  return `<article id="${escape(operation.operationId)}">
<h3><span class="method">${method.toUpperCase()}</span> <code>${escape(path)}</code></h3>
<p>${escape(operation.summary)} <span class="permission">${escape(permission)}</span></p>
${parameters.length === 0 ? '' : `<table><tbody>${parameters.join('')}</tbody></table>`}
${operation.requestBody === undefined ? '' : `<h4>Send</h4>${contentHtml(operation.requestBody.content)}`}
${answers.map(([status, { content }]) => `<h4>${status}</h4>${content === undefined ? '' : contentHtml(content)}`).join('')}
</article>`;
}

function contentHtml(content: Content): string {
  return Object.entries(content)
    .map(([type, { schema }]) => `<p><code>${escape(type)}</code></p>${typeHtml(schema)}`)
    .join('');
}

function described({ description }: JsonSchema): string {
  return description === undefined ? '' : `<p>${escape(description)}</p>`;
}

function typeHtml(schema: JsonSchema): string {
  return `<pre>${linked(schemaText(schema))}</pre>`;
}

/** Names of schemas begin with a capital; everything else in the text does not, but for comments. */
function linked(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [code = '', ...comment] = line.split('  // ');
      const anchors = escape(code).replaceAll(
        /(?<![&\w])([A-Z][A-Za-z]+)(?![\w&])/g,
        '<a href="#schema-$1">$1</a>',
      );
      return comment.length === 0 ? anchors : `${anchors}  <i>// ${escape(comment.join('  // '))}</i>`;
    })
    .join('\n');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
