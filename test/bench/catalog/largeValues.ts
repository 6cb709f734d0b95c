import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ExtensionContext } from 'vscode';
import { wordsOfComparison } from '../../../src/editor/isolatedEditor/comparison';
import { clearCopied, fingerprintOf } from '../../../src/editor/ui/copiedText';
import { DraftStore } from '../../../src/editor/drafts/kept/draftStore';
import { PageText } from '../../../src/editor/isolatedEditor/pageText';
import { Draft } from '../../../src/vault/drafts/draft';
import { flawOf } from '../../../src/vault/drafts/textFlaws';
import { secretsOver } from '../../support/draftWindows';

/** Measures the longest stretch of something. */
export type Measure = (what: string, work: () => unknown) => Promise<unknown>;

/** Measures what is done with a value of 1 MiB, but for what VS Code itself does with it. */
export async function withLargeValue(measure: Measure, value: string): Promise<void> {
	const windows = value.replaceAll('\n', '\r\n');
	const title = 'token';
	await measure('the words of a compare of two values of 1 MiB', () =>
		wordsOfComparison({ title, value }, { title, value: windows }),
	);
	await measure('the text of a page of 1 MiB: whether it can be held', () => flawOf(windows));
	await measure('the text of a page of 1 MiB: a change at its end', () => {
		const page = new PageText(windows);
		const { length } = value;
		page.applyChange({
			splices: [{ from: length, to: length, insert: 'x' }],
			length: length + 1,
			lineEnd: '\r\n',
			sequence: 1,
		});
		return page.isInStep && page.text;
	});
	await measure('copying 1 MiB, and clearing it', async () => {
		let held = windows;
		await clearCopied(await fingerprintOf(value), {
			readText: () => Promise.resolve(held),
			writeText: (text) => Promise.resolve(void (held = text)),
			needsFocus: false,
			isFocused: true,
		});
		if (held !== '') throw new Error('What was copied is still there.');
	});
	await draftsOf(measure, value);
}

async function draftsOf(measure: Measure, value: string): Promise<void> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'drafts-'));
	const context = { globalStorageUri: { fsPath: folder }, secrets: secretsOver(new Map()) } as ExtensionContext;
	const store = new DraftStore(context);
	const draft = Draft.ofNewObject('one', 'token', {});
	let count = 0;
	try {
		await measure('keeping a draft of 1 MiB', async () => {
			draft.write(`${value}${++count}`);
			await store.keep(draft);
		});
		await measure('taking over a draft of 1 MiB', async () => {
			const { drafts } = await store.adopt(() => false);
			if (drafts[0]?.text.length !== draft.text.length) throw new Error('The draft was not kept.');
		});
	} finally {
		store.dispose();
		rmSync(folder, { recursive: true, force: true });
	}
}
