// Writes how the run ended to build/results/web.json, where bin/test adds up all suites.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestModule } from 'vitest/node';

export default class ResultReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const result = { suite: 'web', passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      // A file that could not be loaded has failed without any of its tests.
      if (tests.length === 0 && module.state() === 'failed') result.failed++;
      for (const test of tests) {
        const { state } = test.result();
        if (state === 'passed') result.passed++;
        else if (state === 'failed') result.failed++;
        else result.skipped++;
      }
    }
    const folder = fileURLToPath(new URL('../build/results', import.meta.url));
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/web.json`, `${JSON.stringify(result)}\n`);
  }
}
