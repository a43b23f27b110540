import { componentPrefix, type JsonSchema } from './json-schema.js';

/** A schema as a few lines that look like TypeScript: what people read on the reference page. */
export function schemaText(schema: JsonSchema, indent = ''): string {
  if (schema.$ref !== undefined) return schema.$ref.replace(componentPrefix, '');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map((choice) => schemaText(choice, indent)).join(' | ');
  if (schema.allOf !== undefined) return schema.allOf.map((part) => schemaText(part, indent)).join(' & ');
  if (schema.type === 'array') return `${bracketed(schemaText(schema.items ?? {}, indent))}[]`;
  if (schema.type === 'object' || schema.properties !== undefined) return objectText(schema, indent);
  if (typeof schema.type === 'string') return schema.type;
  return schema.type?.join(' | ') ?? 'anything';
}

function objectText(schema: JsonSchema, indent: string): string {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) {
    const { additionalProperties: others } = schema;
    if (typeof others !== 'object') return 'object';
    const key = schema.propertyNames === undefined ? 'string' : schemaText(schema.propertyNames, indent);
    return `{ [${key}]: ${schemaText(others, indent)} }`;
  }
  const inner = `${indent}  `;
  const lines = fields.map(([name, field]) => {
    const mark = (schema.required ?? []).includes(name) ? '' : '?';
    const note = field.description === undefined ? '' : `  // ${field.description}`;
    return `${inner}${name}${mark}: ${schemaText(field, inner)}${note}`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function bracketed(text: string): string {
  return text.includes(' | ') ? `(${text})` : text;
}
