import type { z } from 'zod';

/** A type without `readonly`, level by level, so that what zod infers can be compared with what the contract says. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;

/** The same with every optional field demanded: two types with different optional fields fit each other otherwise. */
type Filled<T> = T extends readonly (infer Item)[]
  ? Filled<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]-?: Filled<T[Key]> }
    : T;

type Fit<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** A schema, or a type that no schema has when its output is not what `T` says. */
type Exactly<T, Schema extends z.ZodType> = [
  Fit<Plain<T>, Plain<z.output<Schema>>>,
  Fit<Filled<T>, Filled<z.output<Schema>>>,
] extends [true, true]
  ? Schema
  : { readonly 'differs from the contract': T };

/**
 * Ties a schema to a type of the contract: `schemaOf<Visit>()(z.strictObject({ … }))` does not compile when the two say
 * different things. The contract stays readable TypeScript, and the documents made from the schemas cannot drift from it.
 */
export function schemaOf<T>() {
  return <Schema extends z.ZodType>(schema: Schema & Exactly<T, Schema>): Schema => schema;
}
