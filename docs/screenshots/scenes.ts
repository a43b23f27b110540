import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { untilOverlay } from '../../test/helpers/overlay-probe.js';
import type { Site } from './furnish-site.js';

/** One page, or one state of it, that pictures are taken of. */
export interface Scene {
  /** The first part of its files' names. */
  readonly name: string;
  /** What the table of pictures calls it. */
  readonly title: string;
  readonly path: string;
  /** `nobody` has no account; everything else is shown to an admin. */
  readonly as?: 'nobody';
  /** Brings the page into the state that is shown; it is loaded before. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const photo = createRequire(import.meta.url).resolve('@vladmandic/face-api/demo/sample6.jpg');

/** What there is to see while no account exists. */
export const firstScenes: readonly Scene[] = [
  { name: 'setup', title: 'The first account', path: '/setup' },
  {
    ...{ name: 'welcome', title: 'The first steps', path: '/welcome' },
    prepare: (page) => video(page, 'entrance-hall'),
  },
];

/**
 * All other pages of a furnished site, the wall first; what sends a webcam comes last, since it adds cameras.
 *
 * @param cameraUrl of a camera that could be added
 */
export function scenesOf({ replayId }: Site, cameraUrl: string): Scene[] {
  return [
    { name: 'wall', title: 'Wall', path: '/', prepare: (page) => video(page, 'demo') },
    {
      ...{ name: 'camera', title: 'One camera', path: '/camera/entrance-hall' },
      prepare: (page) => video(page, 'entrance-hall'),
    },
    {
      ...{ name: 'zones', title: 'Drawing zones', path: '/camera/entrance-hall' },
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Draw zones' }).click();
        await page.getByRole('button', { name: /^Point 1 of Desk/ }).waitFor();
        await video(page, 'entrance-hall');
      },
    },
    {
      ...{ name: 'connection', title: 'Why can’t I connect?', path: '/camera/entrance-hall' },
      prepare: async (page) => {
        await page.locator('[data-testid="stage"][data-playing="true"]').waitFor();
        await page.getByRole('button', { name: 'Why can’t I connect?' }).click();
        await page.locator('[data-testid="connection"][data-over="true"]').waitFor();
      },
    },
    {
      ...{ name: 'add-camera', title: 'Adding a camera', path: '/' },
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Add camera' }).first().click();
        const form = page.getByTestId('camera-form');
        await form.getByLabel('Name').fill('Side door');
        await form.getByLabel('Address').fill(cameraUrl);
        await form.getByRole('button', { name: 'Check address' }).click();
        await page.getByTestId('probe').getByText(/works/).waitFor();
      },
    },
    { name: 'history', title: 'History', path: '/history' },
    { name: 'report', title: 'Daily report', path: '/report' },
    { name: 'alerts', title: 'Alerts', path: '/alerts' },
    { name: 'rules', title: 'Alert rules', path: '/rules' },
    { name: 'sinks', title: 'Who is told', path: '/sinks' },
    { name: 'outbox', title: 'Outbox', path: '/outbox' },
    {
      ...{ name: 'try', title: 'Try a picture', path: '/try' },
      prepare: async (page) => {
        await page.getByLabel('Choose a picture').setInputFiles(photo);
        await page.getByTestId('face').first().waitFor();
      },
    },
    {
      ...{ name: 'replay', title: 'Replay a clip', path: `/replay/${replayId}` },
      prepare: async (page) => {
        const runs = page.getByTestId('runs');
        await runs.getByText('Done').nth(1).waitFor();
        await runs.evaluate((node) => (node as unknown as { scrollIntoView(): void }).scrollIntoView());
        // The header of the page stays at the top.
        await page.mouse.wheel(0, -140);
      },
    },
    { name: 'models', title: 'Models', path: '/models' },
    { name: 'board', title: 'Display board', path: '/board', prepare: boardNumber },
    { name: 'notice', title: 'Privacy notice', path: '/notice' },
    { name: 'settings', title: 'Settings', path: '/settings' },
    { name: 'account', title: 'Account and tokens', path: '/account' },
    { name: 'users', title: 'Users and publish links', path: '/users' },
    { name: 'audit', title: 'Audit log', path: '/audit' },
    { name: 'not-found', title: 'No such page', path: '/nowhere' },
    { name: 'sign-in', title: 'Signing in', path: '/', as: 'nobody' },
    { name: 'join', title: 'A publish link', path: '/join#what-an-admin-made', as: 'nobody' },
    {
      ...{ name: 'publish', title: 'Sending a webcam', path: '/publish' },
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Start sending' }).click();
        await untilOverlay(page, ({ counters }) => counters.received > 20);
        await page.getByTestId('publish-state').getByText('50%').waitFor();
      },
    },
  ];
}

function video(page: Page, cameraId: string): Promise<void> {
  return untilOverlay(page, ({ counters }) => counters.exact > 20, cameraId);
}

function boardNumber(page: Page): Promise<void> {
  return page
    .getByTestId('board-now')
    .filter({ hasText: /^\d+%$/ })
    .waitFor();
}
