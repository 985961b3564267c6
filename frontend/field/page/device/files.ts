// The last resort: everything on this device as a file, taken in on another one by the same person.
import { exported, imported } from '../../engine/exported.ts';
import { exportFile } from '../../engine/told.ts';
import type { Context } from '../screen.ts';
import { moment } from '../words.ts';

/** Gives the file to the browser; says what is in it. */
export async function exportAll(context: Context): Promise<string> {
  const { engine, account, name } = context;
  const file = await exported(engine.shelf, account);
  const blob = new Blob([JSON.stringify(file)], { type: 'application/json' });
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = `达标现场-${name}-${moment(context.now()).replace(/[ :]/g, '')}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return `已导出 ${file.acts.length} 项、${Object.keys(file.pictures).length} 张图片。文件没有加密，请妥善保管，用完删去。`;
}

/** RangeError in words where the file is none, or somebody else's. */
export async function importAll(context: Context, file: File): Promise<string> {
  const told = parsed(await file.text());
  if (!exportFile(told)) throw new RangeError('这不是本系统导出的现场文件，或者文件不完整。');
  const { taken, had, damaged } = await imported(context.engine.shelf, context.account, told);
  context.engine.wake();
  const rest = [had ? `${had} 项本机已有` : '', damaged.length ? `${damaged.length} 项图片缺失或损坏，没有导入` : ''].filter(Boolean);
  return [`已导入 ${taken} 项`, ...rest].join('；');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
