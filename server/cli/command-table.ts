import type { Command } from 'commander';

/**
 * The commands, each loaded only when it is asked for: `serve` must never load TensorFlow, and `--help` should not wait
 * for it.
 */
export const commandTable: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.js')).serveCommand(),
  classify: async () => (await import('./commands/classify.js')).classifyCommand(),
  train: async () => (await import('./commands/train.js')).trainCommand(),
  evaluate: async () => (await import('./commands/evaluate.js')).evaluateCommand(),
  'check-data': async () => (await import('./commands/check-data.js')).checkDataCommand(),
  'check-pretrained': async () => (await import('./commands/check-pretrained.js')).checkPretrainedCommand(),
  'train-detector': async () => (await import('./commands/train-detector.js')).trainDetectorCommand(),
  card: async () => (await import('./commands/card.js')).cardCommand(),
  export: async () => (await import('./commands/export.js')).exportCommand(),
  quantize: async () => (await import('./commands/quantize.js')).quantizeCommand(),
  robustness: async () => (await import('./commands/robustness.js')).robustnessCommand(),
  study: async () => (await import('./commands/study.js')).studyCommand(),
  models: async () => (await import('./commands/models.js')).modelsCommand(),
  user: async () => (await import('./commands/user.js')).userCommand(),
  config: async () => (await import('./commands/config.js')).configCommand(),
  init: async () => (await import('./commands/init.js')).initCommand(),
  backup: async () => (await import('./commands/backup.js')).backupCommand(),
  restore: async () => (await import('./commands/backup.js')).restoreCommand(),
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand(),
  completion: async () =>
    (await import('./commands/completion.js')).completionCommand(() =>
      Promise.all(
        Object.entries(commandTable)
          .filter(([name]) => name !== 'completion')
          .map(([, factory]) => factory()),
      ),
    ),
};
