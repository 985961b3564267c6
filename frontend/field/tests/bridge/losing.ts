// A tablet breaks for good right after a hand-over, with acts on it that nobody else can deliver; whoever leads gives it up.
import type { Device } from '../model/device.ts';
import { busy, givesUp } from '../model/moves.ts';

export class Losing {
  private readonly gone = new Set<string>();

  constructor(private readonly visit: string) {}

  /** With everything on it. What the server said it has stays promised. */
  breaks(device: Device): void {
    this.gone.add(String(device.disk.table('meta').get('device') ?? ''));
    for (const held of device.held()) if (!held.receipt) device.promised.delete(held.act.id);
    device.kill();
    device.tablet.broken = true;
    device.disk.kept.clear();
  }

  /** `anew`: what is here as a copy is recorded in the leader's own name first. */
  async givesUp(leader: Device, anew: boolean): Promise<void> {
    await busy(leader, () => givesUp(leader, this.visit, this.gone, anew));
  }
}
