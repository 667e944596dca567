/** Words of the choice of a backend, and of how it runs. */
export const backend = {
  'backend.webgpu': 'WebGPU',
  'backend.webgl': 'WebGL',
  'backend.wasm': 'WASM',
  'backend.cpu': 'CPU',
  'backend.choosing': 'Trying backends',
  'backend.none': 'No backend',
  'backend.title': 'Where the training runs',
  'backend.chosen': '{name} runs it: {adapter}.',
  'backend.by.trial': 'Chosen by a self-test and a short trial on this machine.',
  'backend.by.you': 'Chosen by you.',
  'backend.pick': 'Run on',
  'backend.switch': 'Another backend starts the run again from step 0. Your settings are kept.',
  'backend.use': 'Use {name}',
  'backend.again': 'Choose automatically',
  'backend.trial': '{ms} ms a step',
  'backend.error': ' (off by {error})',
  'verdict.chosen': 'runs now',
  'verdict.slower': 'passed the self-test; slower in the trial',
  'verdict.software': 'only an emulated GPU; passed over without a trial',
  'verdict.absent': 'this browser does not have it',
  'verdict.no-adapter': 'the browser found no device for it',
  'verdict.self-test': 'computed wrong numbers in the self-test',
  'verdict.crashed': 'failed when it was started',
  'verdict.not-tried': 'not tried, the choice was already made',
  'backend.untried': 'not tried',
  'backend.refused': 'did not get through',

  'wasm.simd': 'SIMD',
  'wasm.fma': 'SIMD + FMA',
  'wasm.runs': { one: '{kernels}, {n} thread', other: '{kernels}, {n} threads' },
  'wasm.single.not-isolated':
    'It runs on one thread. A browser gives more only to a page that is cross-origin isolated, shut off from all other sites, and this page is not.',
  'wasm.single.one-core': 'It runs on one thread: the browser says that this machine has one core.',
  'wasm.single.no-shared-memory':
    'It runs on one thread: the browser gave it no memory that threads can share. With other tabs closed, a reload may find some.',
  'wasm.single.helpers-failed':
    'It runs on one thread: its helper threads did not start, or stopped. The training goes on without them, to the same weights. The next run starts anew those that stopped.',

  'isolation.insecure': 'It came over plain HTTP; over HTTPS it can be.',
  'isolation.embedded': 'It stands inside another page; in a tab of its own it can be.',
  'isolation.no-service-worker':
    'Its server does not ask for it, and this browser has no service worker to do so instead. A private window often has none.',
  'isolation.refused':
    'Its server does not ask for it, and the service worker that would do so instead has not started.',
  'isolation.late': 'It will be once it is reloaded. The settings stay; the run begins again.',
  'isolation.in-vain':
    'Its server does not ask for it; its service worker did so instead, and the browser did not follow.',
} as const;
