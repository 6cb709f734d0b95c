import type * as vscode from 'vscode';

/** Whatever extensions do, VS Code writes a document after 1.75 s. */
const patienceMs = 3_000;
const pauseMs = 20;

/**
 * Saves a document until nothing of it is unsaved, for three seconds at most. While VS Code saves it by itself and asks
 * extensions what they change, it refuses another save: `save()` answers false at once, and nothing was saved yet.
 * @throws where the document is closed in this very moment
 */
export async function saveWhole(document: vscode.TextDocument): Promise<void> {
	const end = performance.now() + patienceMs;
	while (document.isDirty && !document.isClosed && performance.now() < end) {
		if (!(await document.save())) await new Promise((resolve) => setTimeout(resolve, pauseMs));
	}
}
