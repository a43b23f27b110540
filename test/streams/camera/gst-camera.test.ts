import { expect } from 'chai';
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseCamera } from '../../../streams/camera/camera-config.js';
import { createCameraRegistry } from '../../../streams/camera/camera-registry.js';

const python = '/usr/bin/python3';
const importable = [
  'import gi',
  'gi.require_version("GstRtspServer", "1.0")',
  'from gi.repository import Gst, GstRtspServer',
  'Gst.init(None)',
  'assert Gst.ElementFactory.find("x264enc") and Gst.ElementFactory.find("rtph264pay")',
].join('; ');

describe('a camera of another make, gst-rtsp-server', function () {
  this.timeout(40_000);
  let server: ChildProcess | undefined;

  before(function () {
    if (spawnSync(python, ['-c', importable]).status !== 0) this.skip();
  });

  after(() => {
    server?.kill('SIGKILL');
  });

  for (const transport of ['tcp', 'udp'] as const) {
    it(`is passed through over ${transport}`, async () => {
      server?.kill('SIGKILL');
      const script = join(import.meta.dirname, '..', '..', 'helpers', 'gst-rtsp-server.py');
      const child = spawn(python, [script], { stdio: ['ignore', 'pipe', 'ignore'] });
      server = child;
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const registry = createCameraRegistry();
      const url = `rtsp://127.0.0.1:${line.toString().trim()}/cam`;
      const { source } = registry.add(parseCamera({ id: 'gst', url, transport }));
      const timestamps: number[] = [];
      await new Promise<void>((resolve) => {
        source.onAccessUnit(({ extendedTimestamp }) => {
          timestamps.push(extendedTimestamp);
          if (timestamps.length === 40) resolve();
        });
      });
      expect(timestamps).to.deep.equal([...new Set(timestamps)].sort((a, b) => a - b));
      expect(source.size).to.deep.equal({ width: 640, height: 360 });
      expect(registry.get('gst')?.status.video).to.deep.include({ cameraCodec: 'h264', codec: 'h264' });
      expect(registry.get('gst')?.status.video).not.to.have.property('transcodedBecause');
      await registry.close();
    });
  }
});
