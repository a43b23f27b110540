import { parentPort } from 'node:worker_threads';
import type { FromModels, ModelAnswers, ModelRequest, NumberedRequest } from './model-thread-messages.js';
import { ModelHost } from './model-host.js';
import type { LoadModels } from './models.js';
import { ownMemory } from './own-memory.js';

/**
 * Makes this thread the thread of the models: answers the requests of a `ModelThread`, each as soon as the models let it.
 *
 * @throws Error on the main thread
 */
export function serveModels(loadModels: LoadModels): void {
  const port = parentPort;
  if (port === null) throw new Error('the models are served on a thread of their own');
  const host = new ModelHost(loadModels);
  const send = (message: FromModels, moved: readonly ArrayBuffer[] = []): void => {
    port.postMessage(message, moved);
  };
  port.on('message', ({ id, request }: NumberedRequest) => {
    respond(host, request, (fallback) => {
      send({ fallback });
    }).then(
      (answer) => {
        const memory =
          request.type === 'analyse' ? request.frames.flatMap(({ data }) => ownMemory(data)) : [];
        send({ id, answer, memory }, memory);
        if (request.type === 'close') port.close();
      },
      (error: unknown) => {
        send({ id, error: error instanceof Error ? error.message : String(error) });
      },
    );
  });
}

async function respond(
  host: ModelHost,
  request: ModelRequest,
  onFallback: (reason: string) => void,
): Promise<ModelAnswers[ModelRequest['type']]> {
  switch (request.type) {
    case 'start':
      return host.start(request.settings, onFallback);
    case 'analyse':
      return host.analyse(request.frames, request.known);
    case 'faces':
      return host.faces(request.frame, request.minScore);
    case 'classifier':
      return host.useClassifier(request.folder);
    case 'tensors':
      return host.tensors();
    case 'close':
      await host.close();
      return undefined;
  }
}
