import { z } from 'zod';

/** A JSON Schema (2020-12), as far as the documents here look into it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly [keyword: string]: unknown;
}

/** Schemas that share their named parts. */
export interface SchemaSet {
  /** By the key that was given. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** Parts with an `id` in their meta data, by that id; every reference leads to one of them. */
  readonly components: Readonly<Record<string, JsonSchema>>;
}

/** Where a document keeps its named schemas, in OpenAPI and in AsyncAPI alike. */
export const componentPrefix = '#/components/schemas/';

/**
 * Writes zod schemas as JSON Schema. Schemas with an `id` become components, all others stay where they are used.
 *
 * @param direction `input` for what clients send, `output` for what they get. Answers may gain fields in later versions, so
 *   clients are not told that there are no others.
 */
export function toJsonSchemas(
  schemas: Readonly<Record<string, z.ZodType>>,
  direction: 'input' | 'output',
): SchemaSet {
  const written = z.toJSONSchema(z.object(schemas), {
    io: direction,
    target: 'draft-2020-12',
    // What only exists in a program (a transformation's result) is "anything" on the wire.
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (direction === 'output' && jsonSchema.additionalProperties === false) {
        delete jsonSchema.additionalProperties;
      }
      // Only tells JavaScript's own limits apart from those of the interface.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      delete jsonSchema.id;
    },
  });
  const moved = JSON.parse(
    JSON.stringify(written).replaceAll('"$ref":"#/$defs/', `"$ref":"${componentPrefix}`),
  ) as JsonSchema & { readonly $defs?: Readonly<Record<string, JsonSchema>> };
  return { schemas: moved.properties ?? {}, components: moved.$defs ?? {} };
}

/**
 * Joins the named schemas of both directions.
 *
 * @throws TypeError when one name stands for two things
 */
export function joinComponents(
  ...sets: readonly Readonly<Record<string, JsonSchema>>[]
): Record<string, JsonSchema> {
  const joined = new Map<string, JsonSchema>();
  for (const [name, schema] of sets.flatMap((set) => Object.entries(set))) {
    const known = joined.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new TypeError(`The schema ${name} is two things: give one of them another id.`);
    }
    joined.set(name, schema);
  }
  return Object.fromEntries([...joined].sort(([a], [b]) => (a < b ? -1 : 1)));
}
