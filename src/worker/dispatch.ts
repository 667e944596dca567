import type { BackendName, BackendReport } from '../config/backends.ts';
import { toFailure } from '../config/errors.ts';
import type { Command } from './protocol.ts';
import type { Trainer, TrainerHost } from './trainer.ts';

/**
 * Hands commands to the trainer. `prepare` and `create` take a while and are done one after the other; the rest apply
 * at once, between two steps.
 */
export function dispatcher(
  trainer: Trainer,
  emit: TrainerHost['emit'],
  prepare: (wanted: BackendName | undefined) => Promise<BackendReport>,
): (command: Command) => void {
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    // What throws here, a heap that has trapped, must not end the queue in silence.
    turn = turn.then(work).catch((thrown: unknown) => trainer.fail(thrown));
  };

  /** A command that fails leaves the run as it is. */
  const attempt = async (runId: number, work: () => void | Promise<void>) => {
    try {
      await work();
    } catch (thrown) {
      emit({ type: 'failed', runId, failure: toFailure(thrown), fatal: false });
    }
  };

  return (command) => {
    switch (command.type) {
      case 'prepare':
        return inTurn(async () => {
          try {
            await trainer.dispose();
            emit({ type: 'prepared', report: await prepare(command.wanted) });
          } catch (thrown) {
            trainer.fail(thrown);
          }
        });
      case 'create':
        // A run that is still loading gives way at once.
        trainer.giveWay();
        return inTurn(() => trainer.create(command));
      case 'dispose':
        trainer.giveWay();
        return inTurn(() => trainer.dispose());
      case 'train':
        return void trainer.find(command.runId)?.train();
      case 'pause':
        return void trainer.find(command.runId)?.pause();
      case 'step':
        return void trainer.find(command.runId)?.step(command.which);
      case 'view': {
        const run = trainer.find(command.runId);
        return void run?.guard(() => run.view(command.view));
      }
      case 'styles': {
        const run = trainer.find(command.runId);
        return void run?.guard(() => run.styles(command.crossover));
      }
      case 'apply':
        return void attempt(command.runId, () => trainer.find(command.runId)?.apply(command.change));
    }
  };
}
