/** The style sheet of the reference page. */
export const referenceStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
nav a { margin-right: 0.75rem; }
h2 { border-bottom: 1px solid; margin-top: 2.5rem; padding-bottom: 0.25rem; }
h3 { margin: 1.5rem 0 0.25rem; }
h4 { margin: 0.75rem 0 0.25rem; }
p { margin: 0.25rem 0; }
pre { background: color-mix(in srgb, currentColor 8%, transparent); overflow-x: auto; padding: 0.75rem; }
table { border-collapse: collapse; }
td { border: 1px solid; padding: 0.25rem 0.5rem; }
.method { font-size: 0.8em; font-weight: 700; }
.permission { font-size: 0.9em; font-style: italic; }
`;
