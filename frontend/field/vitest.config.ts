import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: 'frontend/field',
  cacheDir: '../../build/vitest',
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 1_200_000, // a hang is a failure; nothing here is measured by the clock
  },
});
