import { EditorView } from '@codemirror/view';

const color = (name: string) => `var(--vscode-${name})`;
/** A border that only high-contrast themes have. */
const contrastBorder = (name: string) => ({ border: `1px solid var(--vscode-${name}, transparent)` });

/** CodeMirror in the colours and fonts of VS Code's own editor. */
export const theme = EditorView.theme({
	'&': { color: color('editor-foreground'), backgroundColor: color('editor-background') },
	// A border, since line numbers would cover an outline.
	'&.cm-editor': { border: '1px solid transparent' },
	'&.cm-editor.cm-focused': { outline: 'none', borderColor: color('focusBorder') },
	'.cm-scroller': {
		fontFamily: color('editor-font-family'),
		fontSize: color('editor-font-size'),
		fontWeight: color('editor-font-weight'),
		lineHeight: '1.5',
	},
	'.cm-content': { caretColor: color('editorCursor-foreground') },
	'.cm-cursor, .cm-dropCursor': { borderLeftColor: color('editorCursor-foreground'), borderLeftWidth: '2px' },
	'.cm-gutters': {
		color: color('editorLineNumber-foreground'),
		backgroundColor: color('editorGutter-background'),
		border: 'none',
	},
	'.cm-selectionBackground': { background: `${color('editor-inactiveSelectionBackground')} !important` },
	'&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
		background: `${color('editor-selectionBackground')} !important`,
	},
	// VS Code tells a page no colours of a language; these are near to them in every theme.
	'.cm-comment': { color: color('descriptionForeground') },
	'.cm-key': { color: color('debugTokenExpression-name') },
	'.cm-word': { color: color('debugTokenExpression-boolean') },
	'.cm-string': { color: color('debugTokenExpression-string') },
	'.cm-number': { color: color('debugTokenExpression-number') },
	// A ground of another colour than the editor's leaves too little contrast to them: text has its plain colour there.
	':is(.cm-searchMatch, .cm-changedLine, .cm-changedText) :is(.cm-comment, .cm-key, .cm-word, .cm-string, .cm-number)':
		{ color: 'inherit' },
	'.cm-selectedText': { color: `var(--vscode-editor-selectionForeground, ${color('editor-foreground')})` },
	// What an inactive selection lets through is too much beside the colour that these themes give selected text.
	'.vscode-high-contrast & .cm-selectionBackground': {
		background: `${color('editor-selectionBackground')} !important`,
	},
	'.cm-specialChar': { color: color('editorWarning-foreground') },
	'.cm-searchMatch': {
		backgroundColor: color('editor-findMatchHighlightBackground'),
		outline: `1px solid var(--vscode-editor-findMatchHighlightBorder, transparent)`,
	},
	'.cm-searchMatch-selected': {
		backgroundColor: color('editor-findMatchBackground'),
		outline: `1px solid var(--vscode-editor-findMatchBorder, transparent)`,
	},
	'.cm-panels': {
		color: color('editorWidget-foreground'),
		backgroundColor: color('editorWidget-background'),
		fontFamily: color('font-family'),
	},
	'.cm-panels.cm-panels-top': { borderBottom: `1px solid ${color('editorWidget-border')}` },
	'.cm-textfield': {
		color: color('input-foreground'),
		backgroundColor: color('input-background'),
		...contrastBorder('input-border'),
	},
	'.cm-textfield::placeholder': { color: color('input-placeholderForeground') },
	'.cm-button': {
		color: color('button-secondaryForeground'),
		background: color('button-secondaryBackground'),
		...contrastBorder('button-border'),
	},
	'.cm-panel.cm-search': { paddingRight: '32px' },
	'.cm-panel.cm-search [name=close]': { color: 'inherit', minWidth: '24px', minHeight: '24px' },
	'.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': { fontSize: '90%' },
	'.cm-panels :focus-visible': { outline: `1px solid ${color('focusBorder')}` },
	'&.cm-merge-a .cm-changedLine': { backgroundColor: color('diffEditor-removedLineBackground') },
	'&.cm-merge-b .cm-changedLine': { backgroundColor: color('diffEditor-insertedLineBackground') },
	'&.cm-merge-a .cm-changedText': {
		background: `${color('diffEditor-removedTextBackground')} !important`,
		outline: `1px dashed var(--vscode-diffEditor-removedTextBorder, transparent)`,
	},
	'&.cm-merge-b .cm-changedText': {
		background: `${color('diffEditor-insertedTextBackground')} !important`,
		outline: `1px dashed var(--vscode-diffEditor-insertedTextBorder, transparent)`,
	},
	'&.cm-merge-a .cm-changedLineGutter': { background: `${color('editorGutter-deletedBackground')} !important` },
	'&.cm-merge-b .cm-changedLineGutter': { background: `${color('editorGutter-addedBackground')} !important` },
});
