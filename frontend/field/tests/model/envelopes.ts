// What a server answers with: envelopes, refusals, and what is neither.
import { createHash } from 'node:crypto';
import type { Answered } from '../../engine/ports.ts';

export function envelope(status: number, body: object, headers: Record<string, string> = {}): Answered {
  const bytes = new TextEncoder().encode(JSON.stringify({ dabiao: 'field/1', ...body }));
  const all: Record<string, string> = {
    'Content-Type': 'application/json', 'X-Dabiao-Field': '1', 'Content-Digest': digested(bytes), ...headers,
  };
  return { status, header: (name) => all[name] ?? null, body: bytes };
}

/** Reckoned by another hand than the engine's. */
export function digested(bytes: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;
}

export function unchanged(): Answered {
  return { status: 304, header: (name) => (name === 'X-Dabiao-Field' ? '1' : null), body: new Uint8Array() };
}

export function refuse(status: number, text: string, headers: Record<string, string> = {}): Answered {
  return envelope(status, { error: { status, text, clause: '' } }, headers);
}

export function plain(status: number, text: string, headers: Record<string, string> = {}): Answered {
  const all: Record<string, string> = { 'Content-Type': 'text/html', ...headers };
  return { status, header: (name) => all[name] ?? null, body: new TextEncoder().encode(text) };
}

export function parse(body: Uint8Array | null): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body ?? new Uint8Array()));
  } catch {
    return null;
  }
}
