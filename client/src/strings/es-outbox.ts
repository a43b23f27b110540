import { countedIn } from './counted.js';
import type { Strings } from './en.js';

const one = countedIn('es');

/** Words about what waits to be told, and whom, in Spanish. */
export const outboxWords: Strings['outbox'] = {
  title: 'Bandeja de salida',
  intro:
    'Lo que queda por comunicar y lo que se dio por perdido. Lo que se olvida aquí sigue en la bandeja de entrada.',
  noPermission: 'La bandeja de salida es para administradores.',
  loading: 'Cargando la bandeja de salida…',
  filters: { open: 'Sin enviar', waiting: 'En espera', dead: 'Dados por perdidos', sent: 'Enviados' },
  state: { waiting: 'En espera', sent: 'Enviado', dead: 'Dado por perdido' },
  again: { waiting: 'Intentar ahora', sent: 'Volver a enviar', dead: 'Volver a enviar' },
  drop: 'Olvidar',
  replayAll: 'Volver a enviar lo perdido',
  dropAll: 'Olvidar lo perdido',
  lastTry: (reason: string) => `El último intento falló: ${reason}`,
  nothing: 'Aquí no hay nada.',
  since: (time: string) => `de ${time}`,
  tried: (count: number) => `intentado ${one(count, 'vez', 'veces')}`,
  next: (time: string) => `próximo intento ${time}`,
  sinkOff: 'se intenta cuando el destino está activado',
  ended: (time: string) => `terminado ${time}`,
  tell: 'A quién se avisa',
  tellAll: 'A todos los destinos, también a los que se añadan después',
  tellThese: 'Solo a estos',
  tellsAll: 'Se avisa a todos',
  tellsNobody: 'No se avisa a nadie: las alertas están solo en la bandeja de entrada',
  tells: (names: string) => `Se avisa a ${names}`,
};
