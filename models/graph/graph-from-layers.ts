import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs';
import { filterLayer, isFilterLayer } from './filter-layers.js';
import type { GraphBuilder, Ref } from './graph-builder.js';
import type { Layer } from './layer-settings.js';
import { channelAffine, layerSettings, settingsOf } from './layer-settings.js';
import { plainLayers } from './plain-layers.js';

/**
 * Adds a tfjs layers model to a graph, its weights as constants and its batch normalisations folded into the layer before
 * them where that is possible.
 *
 * @param inputs one for each input of the model, in its order
 * @returns the model's outputs, in its order
 * @throws RangeError for a layer that no graph is written for, naming it
 */
export function graphFromLayers(graph: GraphBuilder, model: LayersModel, inputs: readonly Ref[]): Ref[] {
  if (inputs.length !== model.inputs.length) {
    throw new RangeError(`The model has ${model.inputs.length} inputs, got ${inputs.length}`);
  }
  const done = new Map<number, Ref>();
  model.inputs.forEach((input, i) => {
    const ref = inputs[i];
    if (ref !== undefined) done.set(input.id, ref);
  });
  return model.outputs.map((output) => convert(graph, output, done));
}

/** The ref of a symbolic tensor of the model; what it depends on is added first. */
function convert(graph: GraphBuilder, tensor: SymbolicTensor, done: Map<number, Ref>): Ref {
  const known = done.get(tensor.id);
  if (known !== undefined) return known;
  const ref = foldedNorm(graph, tensor, done) ?? convertLayer(graph, tensor, done);
  done.set(tensor.id, ref);
  return ref;
}

function convertLayer(graph: GraphBuilder, tensor: SymbolicTensor, done: Map<number, Ref>): Ref {
  const layer = tensor.sourceLayer;
  const className = layer.getClassName();
  const inputs = inputsOf(tensor).map((input) => convert(graph, input, done));
  if (isModel(layer)) {
    const output = graphFromLayers(graph, layer, inputs)[tensor.tensorIndex];
    if (output === undefined) throw new RangeError(`Model ${layer.name} has no output ${tensor.tensorIndex}`);
    return output;
  }
  const [x] = inputs;
  if (isFilterLayer(className) && x !== undefined) return filterLayer(graph, className, layer, x);
  const plain = plainLayers[className];
  if (plain === undefined) throw new RangeError(`No graph for layer ${layer.name} of class ${className}`);
  return plain(graph, layer, inputs);
}

/** A batch normalisation together with the linear layer before it, if nothing else uses that layer's output. */
function foldedNorm(graph: GraphBuilder, tensor: SymbolicTensor, done: Map<number, Ref>): Ref | undefined {
  if (tensor.sourceLayer.getClassName() !== 'BatchNormalization') return undefined;
  const [filtered] = inputsOf(tensor);
  const before = filtered?.sourceLayer;
  const className = before?.getClassName() ?? '';
  if (filtered === undefined || before === undefined || done.has(filtered.id) || !isFilterLayer(className))
    return undefined;
  if (before.outboundNodes.length !== 1) return undefined;
  if (settingsOf(before, layerSettings.activation).activation !== 'linear') return undefined;
  const [source] = inputsOf(filtered);
  if (source === undefined) return undefined;
  return filterLayer(
    graph,
    className,
    before,
    convert(graph, source, done),
    channelAffine(tensor.sourceLayer),
  );
}

/** What the layer was applied to when it gave this tensor. */
function inputsOf(tensor: SymbolicTensor): readonly SymbolicTensor[] {
  const node = tensor.sourceLayer.inboundNodes[tensor.nodeIndex];
  if (node === undefined) throw new RangeError(`Layer ${tensor.sourceLayer.name} is not connected`);
  return node.inputTensors;
}

function isModel(layer: Layer): layer is LayersModel {
  return 'layers' in layer && 'outputs' in layer;
}
