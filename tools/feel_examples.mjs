// Seeds for fuzzing: the example of every built-in function, a file each.
//   node tools/feel_examples.mjs FOLDER
import { readFileSync, writeFileSync } from 'node:fs';

const builtins = JSON.parse(readFileSync('server/feel/builtins/builtins.json', 'utf8'));
const examples = Object.values(builtins).flatMap((builtin) => builtin.examples);
examples.forEach(([source], index) => {
  writeFileSync(`${process.argv[2]}/example${index}`, source);
});
