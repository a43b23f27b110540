import type { z } from 'zod';

/** A type without `readonly`, level by level, so that what zod infers can be compared with what the contract says. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;

/** True when two types are one and the same, optional fields included. */
type Same<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;

/** A schema, or a type that no schema has when its output is not exactly `T`. */
type Exactly<T, Schema extends z.ZodType> =
  Same<Plain<T>, Plain<z.output<Schema>>> extends true ? Schema : { readonly 'differs from the contract': T };

/**
 * Ties a schema to a type of the contract: `schemaOf<Visit>()(z.strictObject({ … }))` does not compile when the two say
 * different things. The contract stays readable TypeScript, and the documents made from the schemas cannot drift from it.
 */
export function schemaOf<T>() {
  return <Schema extends z.ZodType>(schema: Schema & Exactly<T, Schema>): Schema => schema;
}
