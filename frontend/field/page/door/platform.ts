// What a device is called in the office's list of devices.

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/iPad/, 'iPad'], [/iPhone/, 'iPhone'], [/Android.*Mobile/, '安卓手机'], [/Android/, '安卓平板'],
  [/Windows/, 'Windows 电脑'], [/Macintosh/, 'Mac 电脑或 iPad'], [/Linux|X11/, 'Linux 电脑'],
];

export function deviceName(agent: string): string {
  return KINDS.find(([pattern]) => pattern.test(agent))?.[1] ?? '其他设备';
}
