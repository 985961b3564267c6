// The service worker: keeps the page on this device, and tells of a new version. Nobody is interrupted: a new one is used
// when a person says so, or when the page is opened next time.

const HOUR = 3_600_000;

export class Updates {
  waiting = false;
  onChange: () => void = () => {};
  private registration: ServiceWorkerRegistration | null = null;
  private asked = false;

  async start(): Promise<void> {
    if (!('serviceWorker' in navigator)) return;
    const changed = (): void => { if (this.asked) location.reload(); };
    navigator.serviceWorker.addEventListener('controllerchange', changed);
    this.registration = await navigator.serviceWorker.register('/field/worker.js', { scope: '/field/', updateViaCache: 'none' }).catch(() => null);
    this.registration?.addEventListener('updatefound', this.found);
    this.look();
    setInterval(() => this.check(), HOUR);
  }

  /** Asks the server whether there is a new one; without a signal nothing happens. */
  check(): void {
    void this.registration?.update().catch(() => {});
  }

  /** The person wants the new version, now. */
  take(): void {
    this.asked = true;
    this.registration?.waiting?.postMessage('take over');
  }

  private readonly found = (): void => {
    const coming = this.registration?.installing;
    coming?.addEventListener('statechange', () => this.look());
  };

  /** A first worker waits for nobody: there is a new version only where an old one is at work. */
  private look(): void {
    this.waiting = Boolean(this.registration?.waiting && navigator.serviceWorker.controller);
    this.onChange();
  }
}
