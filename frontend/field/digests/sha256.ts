// SHA-256, synchronous: signing and the engine hash small texts often, where WebCrypto's promise would cost a
// turn of the event loop each and could not be used between two steps of a transaction.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Hex, as the name of a picture. */
export function hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** "sha256:…", as the digest of content. */
export function digest(bytes: Uint8Array): string {
  return `sha256:${hex(bytes)}`;
}
