import type { ErrorCode } from '../../config/errors.ts';

/** For each failure: its name, what happened, what was kept, what to do. `{…}` are the details that come with it. */
export const errors = {
  'error.backend-unknown.title': 'No backend of that name',
  'error.backend-unknown.happened': 'The address asks for the backend “{backend}”, which does not exist.',
  'error.backend-unknown.kept': 'The experiment in the address is kept; the backend was chosen automatically.',
  'error.backend-unknown.todo': 'Use webgpu, webgl, wasm or cpu after ?backend=.',

  'error.backend-unavailable.title': '{backend} is not available here',
  'error.backend-unavailable.happened': 'This browser cannot train on {backend}: {reason}.',
  'error.backend-unavailable.kept': 'Your settings are kept.',
  'error.backend-unavailable.todo': 'Let Duel choose, or pick another backend.',

  'error.backend-self-test.title': '{backend} computes wrong numbers',
  'error.backend-self-test.happened':
    'In the self-test {backend} missed a known result, so training on it would be meaningless.',
  'error.backend-self-test.kept': 'Your settings are kept.',
  'error.backend-self-test.todo': 'Use another backend. A newer browser or graphics driver often mends this.',

  'error.backend-none.title': 'Nothing here can train',
  'error.backend-none.happened': 'None of WebGPU, WebGL, WASM and CPU passed the self-test in this browser.',
  'error.backend-none.kept': 'Your settings are kept.',
  'error.backend-none.todo': 'Try again, or open the page in a current Chrome, Edge, Firefox or Safari.',

  'error.device-lost.title': 'The graphics device was lost',
  'error.device-lost.happened': 'The browser took the GPU away: the driver was reset, or the machine slept.',
  'error.device-lost.kept': 'Your settings are kept; the weights of this run are gone.',
  'error.device-lost.todo': 'Start again, or train on WASM, which no driver can take away.',

  'error.device-refused.title': 'The graphics device refused a command',
  'error.device-refused.happened': 'WebGPU would not run what it was given: {message}',
  'error.device-refused.kept': 'Your settings are kept; the weights of this run can no longer be trusted.',
  'error.device-refused.todo': 'Train on WASM, which needs no graphics device, and report this with the text above.',

  'error.data-missing.title': 'The data file is missing',
  'error.data-missing.happened': '{file} is not on the server that this page came from.',
  'error.data-missing.kept': 'Your settings are kept; nothing was trained on it.',
  'error.data-missing.todo': 'Load it again. If it stays so, choose another data set.',

  'error.data-network.title': 'The data did not arrive',
  'error.data-network.happened': '{file} could not be fetched.',
  'error.data-network.kept': 'Your settings are kept; nothing was trained on it.',
  'error.data-network.todo': 'Check the connection and load it again.',

  'error.data-truncated.title': 'The data file is cut short',
  'error.data-truncated.happened': '{file} is not as long as it should be, so it did not arrive whole.',
  'error.data-truncated.kept': 'Your settings are kept; nothing was trained on it.',
  'error.data-truncated.todo': 'Load it again. If it stays so, choose another data set.',

  'error.data-damaged.title': 'The data file is damaged',
  'error.data-damaged.happened': '{file} does not have the content that it should have.',
  'error.data-damaged.kept': 'Your settings are kept; nothing was trained on it.',
  'error.data-damaged.todo': 'Load it again. If it stays so, choose another data set.',

  'error.data-manifest.title': 'The list of data sets is unreadable',
  'error.data-manifest.happened': '{file} is not what this version of the page expects ({reason}).',
  'error.data-manifest.kept': 'Your settings are kept.',
  'error.data-manifest.todo': 'Reload the page. If it stays so, its copy on the server is incomplete.',

  'error.points-none.title': 'No points in it',
  'error.points-none.happened':
    'A point is a line with two numbers, x and y. Of those {found} were found; {skipped} lines could not be read. The first: “{text}”.',
  'error.points-none.happened.empty': 'A point is a line with two numbers, x and y. Of those {found} were found.',
  'error.points-none.kept': 'The points that were there are kept.',
  'error.points-none.todo': 'Choose a file with at least two such lines. A header is allowed.',

  'error.points-too-large.title': 'The file is too large',
  'error.points-too-large.happened': 'It has {bytes} bytes; {most} are read at most.',
  'error.points-too-large.kept': 'The points that were there are kept.',
  'error.points-too-large.todo': 'Keep some 20,000 rows and the two columns x and y.',

  'error.points-unreadable.title': 'The file cannot be read',
  'error.points-unreadable.happened': 'The browser could not read {file}.',
  'error.points-unreadable.kept': 'The points that were there are kept.',
  'error.points-unreadable.todo': 'Choose it again, or choose another file.',

  'error.experiment-invalid.title': 'A setting has no such value',
  'error.experiment-invalid.happened': '{setting} cannot be “{value}”. Allowed: {allowed}.',
  'error.experiment-invalid.happened.unknown': 'There is no setting “{setting}”.',
  'error.experiment-invalid.happened.restart': '{setting} cannot change while a run goes on.',
  'error.experiment-invalid.happened.range': '{setting} cannot be “{value}”. Allowed: {min} to {max}.',
  'error.experiment-invalid.happened.wholeRange':
    '{setting} cannot be “{value}”. Allowed: whole numbers from {min} to {max}.',
  'error.experiment-invalid.happened.rangeOrOff': '{setting} cannot be “{value}”. Allowed: 0 (off), or {min} to {max}.',
  'error.experiment-invalid.happened.wholeRangeOrOff':
    '{setting} cannot be “{value}”. Allowed: 0 (off), or whole numbers from {min} to {max}.',
  'error.experiment-invalid.kept': 'It was not taken over, and nothing that came with it.',
  'error.experiment-invalid.todo': 'Correct the setting, or go back to the preset.',

  'error.link-invalid.title': 'The link cannot be read',
  'error.link-invalid.happened': 'The part “{part}” of the link is not a setting.',
  'error.link-invalid.happened.twice': 'The link gives “{part}” twice.',
  'error.link-invalid.happened.long': 'The link is {part} characters long; no link of Duel is.',
  'error.link-invalid.kept': 'Nothing of it was taken over. What was open before, or the default, is open.',
  'error.link-invalid.todo': 'Ask for the link again, or go on from here.',

  'error.link-version.title': 'The link is from another version',
  'error.link-version.happened': 'The link says version “{version}”; this page reads version 1.',
  'error.link-version.kept': 'Nothing of it was taken over. What was open before, or the default, is open.',
  'error.link-version.todo': 'Make the link again with this page.',

  'error.preset-unknown.title': 'No preset of that name',
  'error.preset-unknown.happened': 'There is no preset “{preset}”. There are: {known}.',
  'error.preset-unknown.kept': 'What was open before, or the default, is open.',
  'error.preset-unknown.todo': 'Choose a preset from the menu.',

  'error.out-of-memory.title': 'The memory is full',
  'error.out-of-memory.happened': 'The browser has no more memory for these networks.',
  'error.out-of-memory.kept': 'Your settings are kept; the weights of this run are gone.',
  'error.out-of-memory.todo': 'Start again with half the batch, or with narrower networks.',

  'error.not-finite.title': 'Training blew up',
  'error.not-finite.happened': 'A loss or a gradient became infinite or NaN at step {step}.',
  'error.not-finite.kept': 'The settings, the curves and the last samples are kept; the weights are of no more use.',
  'error.not-finite.todo': 'Start again with half the learning rates, or reset and change what you suspect.',

  'error.worker-start.title': 'The trainer did not start',
  'error.worker-start.happened': 'The browser could not start the thread that trains.',
  'error.worker-start.kept': 'Your settings are kept.',
  'error.worker-start.todo':
    'Try again. If it stays so, reload the page: an extension or a half-updated copy may block it.',

  'error.worker-crash.title': 'The trainer stopped',
  'error.worker-crash.happened': 'The thread that trains ended by itself, often for want of memory.',
  'error.worker-crash.kept': 'Your settings and the curves are kept; the weights of this run are gone.',
  'error.worker-crash.todo': 'Start again, or use another backend.',

  'error.internal.title': 'Something unforeseen happened',
  'error.internal.happened': 'Duel did not expect this: {message}',
  'error.internal.kept': 'Your settings are kept.',
  'error.internal.todo': 'Try again. If it comes back, report it with the text above and the link of the experiment.',

  'wayOut.retry': 'Try again',
  'wayOut.load': 'Load it again',
  'wayOut.again': 'Start again',
  'wayOut.auto': 'Choose automatically',
  'wayOut.wasm': 'Use WASM',
  'wayOut.cpu': 'Use the CPU',
  'wayOut.preset': 'Back to the preset',
  'wayOut.default': 'Reset settings to the default',
  'wayOut.halveRates': 'Halve both learning rates',
  'wayOut.halveBatch': 'Halve the batch',
  'wayOut.reload': 'Reload the page',
} as const satisfies Record<`error.${ErrorCode}.${'title' | 'happened' | 'kept' | 'todo'}`, string> &
  Record<`error.${ErrorCode}.happened.${string}` | `wayOut.${string}`, string>;
