// make fieldsim SEEDS=… FROM=…: as many stories as one likes; exits with 1 at the first that breaks.
import { search } from './story.ts';

const [from = 1, seeds = 2000] = process.argv.slice(2).map(Number);
const found = await search(from, seeds);
const { user, system } = process.cpuUsage();
if (found) console.log(`seed ${found.seed}: make fieldsim FROM=${found.seed} SEEDS=1\n${found.found.join('\n')}`);
else console.log(`${seeds} stories from ${from} on: nothing lost, doubled, altered or stuck; ${((user + system) / 1e6).toFixed(1)} s CPU`);
process.exit(found ? 1 : 0);
