// What device and server say to each other (docs/field-protocol.md), as types. Names are the protocol's.
import type { Json } from '../digests/canonical.ts';

export const FIELD = 'field/1';

export interface Place {
  readonly lat: number;
  readonly lon: number;
  readonly accuracy: number;
  readonly mocked: boolean;
}

/** One thing done by one person. Its id is made once, on the device, and is its identity for ever. */
export interface Act {
  readonly id: string;
  readonly act: string; // name@version
  readonly visit: string;
  readonly order: number;
  readonly done_at: string;
  readonly uncertainty: number; // ms
  readonly based_on: number | string;
  readonly where: Place | null;
  readonly input: { readonly [key: string]: unknown };
}

export type Outcome =
  | { readonly id: string; readonly outcome: 'stored'; readonly receipt: number; readonly version?: number; readonly digest?: string;
      readonly done_at?: string }
  | { readonly id: string; readonly outcome: 'refused'; readonly receipt: number; readonly text: string; readonly clause?: string }
  | { readonly id: string; readonly outcome: 'conflict'; readonly receipt: number; readonly text: string; readonly theirs?: Json;
      readonly version?: number; readonly differs?: readonly string[] }
  | { readonly id: string; readonly outcome: 'waiting'; readonly needs: readonly string[]; readonly acts?: readonly string[] };

export interface Outcomes {
  readonly outcomes: readonly Outcome[];
  readonly watermark: number;
}

export interface VisitListed {
  readonly key: string;
  readonly title: string;
  readonly occasion: string;
  readonly from: string;
  readonly to: string;
  readonly state: string;
  readonly etag: string;
}

export interface Session {
  readonly account: number;
  readonly name: string;
  readonly csrf: string;
  readonly now: string;
  readonly epoch: string;
  readonly watermark: number;
  readonly visits: readonly VisitListed[];
  readonly wipe: boolean;
}

export interface PictureStanding {
  readonly have: number;
  readonly complete: boolean;
}

export interface Known {
  readonly missing: readonly string[];
  readonly pictures: readonly string[];
  readonly after?: readonly string[] | undefined;
}
