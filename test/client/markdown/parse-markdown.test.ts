import { expect } from 'chai';
import fc from 'fast-check';
import { type Block, parseMarkdown } from '../../../client/src/markdown/parse-markdown.js';

const text = (value: string) => ({ kind: 'text', text: value });

describe('the reader of cards', () => {
  it('knows headings, paragraphs, lists, code and tables', () => {
    const card = [
      '## Test *part*',
      'Two lines',
      'of **strong** words and `code`.',
      '* one',
      '- two',
      '```sh',
      '# not a heading',
      '| nor | a table |',
      '```',
      '| true \\\\ said | a |',
      '|---|---|',
      '| a | 1 |',
    ].join('\n');
    expect(parseMarkdown(card)).to.deep.equal([
      { kind: 'heading', level: 2, text: [text('Test *part*')] },
      {
        kind: 'paragraph',
        text: [
          text('Two lines of '),
          { kind: 'strong', text: 'strong' },
          text(' words and '),
          { kind: 'code', text: 'code' },
          text('.'),
        ],
      },
      { kind: 'list', items: [[text('one')], [text('two')]] },
      { kind: 'code', text: '# not a heading\n| nor | a table |' },
      { kind: 'table', head: [[text('true \\ said')], [text('a')]], rows: [[[text('a')], [text('1')]]] },
    ]);
  });

  it('leaves HTML and links the text that they are', () => {
    const hostile = '<script>alert(1)</script> [x](javascript:alert(1)) ![y](http://z)';
    expect(parseMarkdown(hostile)).to.deep.equal([{ kind: 'paragraph', text: [text(hostile)] }]);
  });

  it('reads anything in one pass, and ends', () => {
    const pieces = fc.constantFrom('# ', '* ', '```', '|', '|---|', '\n', '\r\n', '`', '**', '\\', 'a', ' ');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (list) => {
        const blocks: Block[] = parseMarkdown(list.join(''));
        expect(blocks.length).to.be.at.most(list.length);
      }),
    );
    expect(parseMarkdown('x'.repeat(1e6))).to.have.length(1);
    expect(parseMarkdown('`'.repeat(1e5))).to.have.length(1);
  });
});
