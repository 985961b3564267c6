// Where a picture comes from: a marked copy is of the source of what it was drawn on, and names it (§5 Inputs).
import type { Held } from '../../../engine/shelf.ts';

export type Source = 'camera' | 'gallery';

export interface Origin {
  readonly source: Source;
  readonly marked?: string; // SHA-256 of the picture the marks were drawn on
}

/** The camera is never claimed: where nothing is known here of the picture, its digest leads to what the server knows. */
export function markedFrom(acts: readonly Held[], sha: string): Origin {
  const first = acts.find((held) => held.act.act.startsWith('sheets.attach_picture@') && held.act.input['picture'] === sha);
  return { source: first?.act.input['source'] === 'camera' ? 'camera' : 'gallery', marked: sha };
}
