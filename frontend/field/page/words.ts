// Moments, days and sizes as people read them.

const ZONE = 'Asia/Shanghai';
const clock = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE });
const dayOf = new Intl.DateTimeFormat('zh-CN', { month: 'long', day: 'numeric', timeZone: ZONE });

/** 14:05 */
export function hour(ms: number): string {
  return clock.format(ms);
}

/** 3月16日 14:05 */
export function moment(ms: number): string {
  return `${dayOf.format(ms)} ${hour(ms)}`;
}

/** `2026-03-16`, `2026-03-18` → 3月16日至18日; one day alone stands alone. */
export function days(from: string, to: string): string {
  const [, month, day] = parts(from);
  const [, otherMonth, otherDay] = parts(to);
  if (from === to) return `${month}月${day}日`;
  return `${month}月${day}日至${month === otherMonth ? '' : `${otherMonth}月`}${otherDay}日`;
}

function parts(iso: string): number[] {
  return iso.split('-').map(Number);
}

/** 820 字节, 12 kB, 3.4 MB, 1.2 GB */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} 字节`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

const UNITS = [[86_400, '天'], [3600, '小时'], [60, '分钟']] as const;

/** How long still: 25 秒, 3 分钟, 2 小时, 4 天 */
export function wait(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const [length, name] = UNITS.find(([each]) => seconds >= 1.5 * each) ?? [1, '秒'];
  return `${Math.ceil(seconds / length)} ${name}`;
}

/** A clock that is off: 快 2 分钟, 慢 5 秒, 准确 */
export function offset(ms: number): string {
  const apart = Math.abs(ms);
  if (apart < 2000) return '准确';
  return `${ms < 0 ? '快' : '慢'} ${wait(apart)}`;
}
