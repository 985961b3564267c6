import { simulated } from './simulating.ts';

simulated(1);
