/** Prints the presets as JSON: `npm run presets`. */
import { familyOf } from '../src/config/families.ts';
import { experimentOf, presets } from '../src/config/presets.ts';

const rows = presets.map((preset) => {
  const experiment = experimentOf(preset);
  return {
    name: preset.id,
    dataSet: experiment['data.set'],
    model: familyOf(experiment),
    objective: experiment['objective.loss'],
    expected: preset.expected,
  };
});
console.log(JSON.stringify(rows, null, 2));
