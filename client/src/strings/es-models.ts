import { countedIn } from './counted.js';
import type { Strings } from './en.js';

const counted = countedIn('es');

/** Words about the mask classifiers, in Spanish. */
export const modelWords: Strings['models'] = {
  title: 'Modelos de mascarilla',
  intro:
    'Determinan cómo se lleva la mascarilla. Cambiar de modelo no interrumpe nada: las personas en pantalla conservan su seguimiento y no se pierde ningún fotograma.',
  loading: 'Cargando los modelos de mascarilla…',
  errorTitle: 'No se han podido cargar los modelos de mascarilla',
  emptyTitle: 'No hay ningún modelo de mascarilla',
  empty: 'Instale uno con: maskwatch models install DIR',
  running: 'En uso',
  origin: { shipped: 'Incluido', installed: 'Instalado aquí' },
  runsIn: (running, all) =>
    running === all
      ? `Se ejecuta en ${all === 1 ? 'el proceso de análisis' : `los ${all} procesos de análisis`}.`
      : `Se ejecuta en ${running} de ${counted(all, 'proceso de análisis', 'procesos de análisis')}.`,
  unusable: (reason) => `No se puede usar: ${reason}`,
  noFigures: 'Su manifiesto no contiene resultados de pruebas.',
  use: 'Usar este',
  useTitle: (name) => `¿Usar ${name}?`,
  useText:
    'Cada proceso de análisis cambia con el siguiente lote de fotogramas. Puede volver al modelo actual en cualquier momento.',
  changing: 'Cambiando…',
  changed: (name) => `${name} está ahora en uso.`,
  rollback: 'Volver al anterior',
  rollbackTo: (name) => `Volver a ${name}`,
  rollbackTitle: (name) => `¿Volver a ${name}?`,
  macroRecall: 'Sensibilidad media',
  accuracy: 'Exactitud',
  testFaces: 'Rostros de prueba',
  architecture: 'Arquitectura',
  parameters: 'Parámetros',
  input: 'Entrada',
  pixels: (side) => `${side} × ${side} px`,
  licence: 'Licencia',
  created: 'Creado el',
  confusion: (model) => `Matriz de confusión de ${model}`,
  confusionHint:
    'Rostros de prueba: cómo se llevaba la mascarilla (filas) y qué dijo el modelo (columnas), con la proporción de cada fila.',
  trueState: 'Real',
  card: 'Ficha del modelo',
};
