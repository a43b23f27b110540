import type { Strings } from './en.js';

/** Words about the audit log and the publish links, in Spanish. */
export const auditWords: Strings['audit'] = {
  title: 'Registro de auditoría',
  intro:
    'Quién ha cambiado qué, ha iniciado sesión o ha sido rechazado; lo más reciente primero. Las entradas se conservan un año.',
  actor: 'Quién',
  actorHint: 'El nombre completo de una cuenta; vacío para todas.',
  camera: 'Cámara',
  everyCamera: 'cualquiera o ninguna',
  show: 'Mostrar',
  time: 'Hora',
  action: 'Qué',
  subject: 'Objeto',
  address: 'Desde',
  status: 'Resultado',
  done: (status) => `realizado (${status})`,
  refused: (status) => `rechazado (${status})`,
  empty: 'Ninguna entrada coincide',
  emptyHint: 'Las entradas aparecen en cuanto alguien inicia sesión o cambia algo.',
  more: 'Mostrar entradas anteriores',
  links: 'Enlaces de envío',
  linksEmpty: 'No hay ningún enlace de envío. Un administrador lo crea en la página de una cámara web.',
  linkBy: (camera, maker, time) => `${camera} · creado por ${maker} · hasta el ${time}`,
  used: 'en uso por un navegador',
  unused: 'todavía sin usar',
  endLink: (camera) => `Revocar el enlace a ${camera}`,
  camerasOf: (name) => `Cámaras de ${name}`,
  saveCameras: (name) => `Guardar las cámaras de ${name}`,
  signsOut: 'Al guardar se cierra la sesión de la cuenta en todas partes.',
};
