/** Name of a convolution's batch norm where norms are counted on in their block: `0.0` to `0.1`, `conv.2` to `conv.3`. */
export function nextNumber(convolution: string): string {
  return convolution.replace(/\d+$/, (number) => String(Number(number) + 1));
}

/** The same for efficientnet-pytorch, where a block's norms are counted by themselves. */
export function efficientNetNorm(convolution: string): string {
  const norms = {
    conv_stem: 'bn0',
    conv_head: 'bn1',
    expand_conv: 'bn0',
    depthwise_conv: 'bn1',
    project_conv: 'bn2',
  };
  const [, block = '', part = ''] = /^(.*\.)?(\w+)$/.exec(convolution) ?? [];
  const norm = Object.entries(norms).find(([name]) => name === part)?.[1];
  if (norm === undefined) throw new RangeError(`EfficientNet has no convolution ${convolution}`);
  return `${block}${norm}`;
}

/** The same for ResNet: `conv2` has `bn2`, `downsample.0` has `downsample.1`. */
export function resNetNorm(convolution: string): string {
  return convolution.endsWith('downsample.0')
    ? nextNumber(convolution)
    : convolution.replace(/conv(\d)$/, 'bn$1');
}
