/** Why an address may not be called, for programs. */
export type AddressRefusal =
  'malformed' | 'scheme' | 'credentials' | 'forbidden-network' | 'own-port' | 'unknown-host' | 'redirect';

/** An address that the policy does not let the server call. The message names the rule, never the address. */
export class RefusedAddressError extends Error {
  override readonly name = 'RefusedAddressError';

  /** @param rule reads on after "The address": "must …", "leads to …" */
  constructor(
    readonly code: AddressRefusal,
    readonly rule: string,
  ) {
    super(`The address ${rule}.`);
  }
}
