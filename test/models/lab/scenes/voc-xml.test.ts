import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseVocXml, readVocFolder } from '../../../../models/lab/scenes/voc-xml.js';

function annotation(name: string, xmax = '50'): string {
  return `<annotation><folder>images</folder><filename>a &amp; b.png</filename>
  <size><width>400</width><height>300</height><depth>3</depth></size><!-- <object><name>old</name></object> -->
  <object><name>${name}</name><pose>Unspecified</pose>
    <bndbox><xmin>11</xmin><ymin>21</ymin><xmax>${xmax}</xmax><ymax>80</ymax></bndbox></object></annotation>`;
}

describe('parseVocXml', () => {
  it('reads file, size and boxes, pixels counted from 0', () => {
    expect(parseVocXml(annotation('with_mask'))).to.deep.equal({
      file: 'a & b.png',
      width: 400,
      height: 300,
      boxes: [{ label: 'mask', box: { x: 10, y: 20, width: 40, height: 60 } }],
    });
  });

  it('knows our own names and those of the public collections', () => {
    const labels = ['incorrect', 'mask_weared_incorrect', 'without_mask'].map(
      (name) => parseVocXml(annotation(name)).boxes[0]?.label,
    );
    expect(labels).to.deep.equal(['incorrect', 'incorrect', 'no_mask']);
  });

  it('says what is wrong', () => {
    expect(() => parseVocXml(annotation('dog'))).to.throw('unknown label dog');
    expect(() => parseVocXml(annotation('mask', 'wide'))).to.throw('<xmax> is no number: wide');
    expect(() => parseVocXml(annotation('mask', '5'))).to.throw('a box of -5x60');
    expect(() => parseVocXml('<annotation/>')).to.throw('no <size>');
  });
});

describe('readVocFolder', () => {
  it('names each bad file and goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'maskwatch-voc-'));
    await writeFile(join(folder, 'a.xml'), annotation('dog'));
    await writeFile(join(folder, 'b.xml'), annotation('mask'));
    await writeFile(join(folder, 'notes.txt'), 'not read');
    const { scenes, bad } = await readVocFolder(folder);
    expect(scenes).to.have.length(1);
    expect(bad).to.deep.equal([{ file: 'a.xml', message: 'unknown label dog' }]);
    await rm(folder, { recursive: true });
  });
});
