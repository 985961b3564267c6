// Rows under the store's key (AES-GCM). Each is bound to its place: a row moved to another key does not open.
import type { Kind } from '../engine/ports.ts';

export interface Row {
  readonly key: string;
  readonly iv: Uint8Array;
  readonly data: Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export async function seal(secret: CryptoKey, kind: Kind, key: string, value: unknown): Promise<Row> {
  const plain = value instanceof Uint8Array ? value : encoder.encode(JSON.stringify(value));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(how(kind, key, iv), secret, plain as Uint8Array<ArrayBuffer>);
  return { key, iv, data: new Uint8Array(data) };
}

/** Rejects where the row was altered or moved. */
export async function unseal(secret: CryptoKey, kind: Kind, row: Row): Promise<unknown> {
  const plain = await crypto.subtle.decrypt(how(kind, row.key, row.iv), secret, row.data as Uint8Array<ArrayBuffer>);
  return kind === 'bytes' ? new Uint8Array(plain) : JSON.parse(decoder.decode(plain));
}

function how(kind: Kind, key: string, iv: Uint8Array): AesGcmParams {
  return { name: 'AES-GCM', iv: iv as Uint8Array<ArrayBuffer>, additionalData: encoder.encode(`${kind}/${key}`) };
}
