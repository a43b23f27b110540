import type { Strings } from './en.js';

/** Words about the first steps after set-up, in Spanish. */
export const startWords: Strings['start'] = {
  title: 'Tres pasos para empezar',
  noPermission: 'Estos pasos son para administradores.',
  loading: 'Un momento…',
  offer: '¿Es su primera vez? Tres pasos llevan a las primeras cifras: una cámara, una zona, una alerta.',
  goOn: (step: string) => `La configuración no está terminada. Lo siguiente: ${step}`,
  begin: 'Empezar',
  resume: 'Continuar',
  dismiss: 'No volver a mostrar',
  steps: { camera: 'Una cámara', zone: 'Una zona', alert: 'Una alerta' },
  headings: {
    camera: '¿Qué cámara hay que vigilar?',
    zone: '¿Dónde hay que contar personas?',
    alert: '¿Cuándo quiere recibir un aviso?',
  },
  hints: {
    camera: 'La dirección se prueba enseguida: verá su imagen o qué es lo que falla.',
    zone: 'Es opcional: la imagen entera se cuenta siempre. Una zona cuenta un lugar por separado, como una entrada; una línea cuenta quién la cruza.',
    alert: 'También es opcional. Las reglas se pueden cambiar y añadir en cualquier momento.',
  },
  byAddress: 'Por su dirección',
  connect: 'Conectar',
  orWebcam: 'O la cámara web de este dispositivo',
  webcamHint: 'Su imagen va solo a este servidor. Vuelva aquí cuando se esté enviando.',
  orKnown: 'O una que ya está aquí',
  goOnWith: (camera: string) => `Seguir con ${camera}`,
  isThis: (camera: string) => `¿Es esta la imagen correcta de ${camera}?`,
  otherAddress: 'No, otra dirección',
  next: 'Siguiente',
  back: 'Atrás',
  skip: 'Saltar este paso',
  skipAll: 'Saltarlo todo',
  later: 'Continuar más tarde',
  whichAlert: 'Una alerta cuando',
  offers: {
    'unmasked-person': 'Alguien está 5 segundos sin mascarilla: para lugares donde todos deben llevarla.',
    'share-unmasked': 'Más de la cuarta parte de al menos 4 personas en 5 minutos va sin mascarilla.',
    occupancy: 'Hay más de 20 personas a la vez.',
    'camera-down': 'La cámara no da vídeo durante un minuto.',
  },
  alertHint:
    'La alerta llega a la bandeja de entrada y se comunica a lo que esté configurado: correo, webhook o MQTT.',
  makeAlert: 'Crear esta alerta',
  allSet: 'Todo está configurado',
  allSetHint:
    'Todo se puede cambiar después. Las alertas llegan a la bandeja de entrada; diga a quién más hay que avisar.',
};
