import { Command, Option } from 'commander';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { checkPretrained } from '../../../models/lab/architectures/check-pretrained.js';
import { beyondLimits, usualLimits, worstDrift } from '../../../models/lab/architectures/norm-drift.js';
import type { DriftLimits, NormDrift } from '../../../models/lab/architectures/norm-drift.js';
import { architectureNamed, architectures } from '../../../models/lab/architectures/registry.js';
import { exitCodes } from '../exit-codes.js';
import { numberBetween, wholeBetween } from '../number-list.js';

interface CheckFlags {
  readonly arch: string;
  readonly size?: number;
  readonly mostMean: number;
  readonly mostVariance: number;
  readonly threads: number;
  readonly json: boolean;
}

/** `maskwatch check-pretrained`: whether imported weights see on photographs what they were trained to see; a failure where not. */
export function checkPretrainedCommand(): Command {
  const names = architectures.map(({ name }) => name);
  return new Command('check-pretrained')
    .description('compare what enters each batch norm of imported weights with what the norm has stored')
    .argument('<file>', 'safetensors with PyTorch names, as `train --pretrained` takes them')
    .argument('<photographs...>', 'natural photographs, a dozen and more')
    .addOption(new Option('--arch <name>').choices(names).makeOptionMandatory())
    .option('--size <px>', 'side of the input (default: that of the network)', wholeBetween(32, 512))
    .option(
      '--most-mean <x>',
      'most that a mean may be off, in stored deviations',
      numberBetween(0, Infinity),
      usualLimits.mean,
    )
    .option(
      '--most-variance <x>',
      'most that a variance may be off, as a factor',
      numberBetween(1, Infinity),
      usualLimits.variance,
    )
    .option('--threads <n>', 'threads that TensorFlow may use', wholeBetween(1, 1024), 1)
    .option('--json', 'print all figures as JSON', false)
    .action(async (file: string, photographs: string[], flags: CheckFlags) => {
      process.exitCode = await runCheck(file, photographs, flags);
    });
}

async function runCheck(
  pretrained: string,
  photographs: readonly string[],
  { arch, size, mostMean, mostVariance, threads, json }: CheckFlags,
): Promise<number> {
  const { tf } = await loadEngine({ threads });
  const drifts = await checkPretrained(tf, {
    architecture: arch,
    pretrained,
    size: size ?? architectureNamed(arch).size,
    photographs,
  });
  const worst = worstDrift(drifts);
  const limits = { mean: mostMean, variance: mostVariance };
  const beyond = beyondLimits(drifts, limits);
  process.stdout.write(
    json
      ? `${JSON.stringify({ norms: drifts, worst, limits, fits: beyond.length === 0 })}\n`
      : textOf(drifts, worst, beyond, limits),
  );
  return beyond.length === 0 ? exitCodes.ok : exitCodes.failure;
}

function textOf(
  drifts: readonly NormDrift[],
  worst: NormDrift | null,
  beyond: readonly NormDrift[],
  { mean: mostMean, variance: mostVariance }: DriftLimits,
): string {
  const line = ({ layer, mean, variance }: NormDrift): string =>
    `${layer}: ${mean.toFixed(2)}, ${variance.toFixed(2)}`;
  const told = `within ${mostMean} and ${mostVariance}`;
  return [
    'batch norm: distance of the mean in stored deviations, factor between the variances',
    ...drifts.map(line),
    ...(worst ? [`worst of ${drifts.length}: ${line(worst)}`] : []),
    beyond.length === 0
      ? `The import fits: all norms are ${told}.`
      : `The import does not fit these photographs: ${beyond.length} of ${drifts.length} norms are not ${told}, first ` +
        `${beyond[0]?.layer ?? ''}. A wrong normalisation, padding or order shows so; so do too few photographs.`,
    '',
  ].join('\n');
}
