import { HALF, simulated } from './simulating.ts';

simulated(1 + HALF);
