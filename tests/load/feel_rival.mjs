// The npm interpreter of FEEL at the same expressions. Standard input: [{expression, context}];
// standard output: [{value, rate}] with evaluations per second, the median of five runs.
// Its interface takes the source each time: it has no compiled form to keep.
import { readFileSync } from 'node:fs';
import { evaluate } from 'feelin';

const kSeconds = 0.3;

// Of this thread alone, as ours is measured.
function seconds() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}

function rate(expression, context) {
  for (let i = 0; i < 2000; i++) evaluate(expression, context);
  const rates = [];
  for (let run = 0; run < 5; run++) {
    const began = seconds();
    let count = 0;
    while (seconds() - began < kSeconds) {
      for (let i = 0; i < 50; i++) evaluate(expression, context);
      count += 50;
    }
    rates.push(count / (seconds() - began));
  }
  return rates.sort((a, b) => a - b)[2];
}

const cases = JSON.parse(readFileSync(0, 'utf8'));
const results = cases.map(({ expression, context }) => ({
  value: String(evaluate(expression, context).value),
  rate: rate(expression, context),
}));
process.stdout.write(JSON.stringify(results));
