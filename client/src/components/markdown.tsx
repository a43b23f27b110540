import { Fragment } from 'preact';
import { type Block, type Inline, parseMarkdown } from '../markdown/parse-markdown.js';

interface MarkdownProps {
  /** Not trusted: it only ever becomes text. */
  readonly text: string;
  /** Added to the level of its headings, so that they fit below those around it. */
  readonly below: number;
}

/** A text with simple Markdown in it. */
export function Markdown({ text, below }: MarkdownProps) {
  return (
    <div class="markdown">
      {parseMarkdown(text).map((block, n) => (
        <BlockView key={n} block={block} below={below} />
      ))}
    </div>
  );
}

function BlockView({ block, below }: { readonly block: Block; readonly below: number }) {
  switch (block.kind) {
    case 'heading': {
      const Heading = headings[Math.min(block.level + below, 6) - 1] ?? 'h6';
      return (
        <Heading>
          <Pieces of={block.text} />
        </Heading>
      );
    }
    case 'paragraph':
      return (
        <p>
          <Pieces of={block.text} />
        </p>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((item, n) => (
            <li key={n}>
              <Pieces of={item} />
            </li>
          ))}
        </ul>
      );
    case 'code':
      return (
        // Scrolls sideways, so it must be reachable by keyboard.
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case 'table':
      return <TableView block={block} />;
  }
}

const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

function TableView({ block }: { readonly block: Extract<Block, { kind: 'table' }> }) {
  return (
    <div class="table-scroll" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {block.head.map((cell, n) => (
              <th key={n} scope="col">
                <Pieces of={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, n) => (
            <tr key={n}>
              {row.map((cell, m) => (
                <td key={m}>
                  <Pieces of={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Pieces({ of }: { readonly of: readonly Inline[] }) {
  return (
    <>
      {of.map(({ kind, text }, n) => {
        if (kind === 'code') return <code key={n}>{text}</code>;
        if (kind === 'strong') return <strong key={n}>{text}</strong>;
        return <Fragment key={n}>{text}</Fragment>;
      })}
    </>
  );
}
