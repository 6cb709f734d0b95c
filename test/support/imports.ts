import assert from 'node:assert/strict';
import { importEnvironment } from '../../src/commands/dotenv/importDotenv';
import type { Choice } from '../../src/commands/ports/ui';
import type { KeyContext, ObjectMetadata } from '../../src/vault/model';
import { fromPalette, makeApp, type FakeApp } from './fakes';

/** The key context that is imported for. */
export const acme = { organization_id: 'org_acme' };
/** All variables of the file. */
export const everything = ['A', 'B', 'C'];

interface WithThree extends FakeApp {
	/** Keeps an object that the tree knows; of Acme, where nothing else is said. */
	readonly add: (name: string, value: string, context?: KeyContext) => ObjectMetadata;
	/** Imports what is named, and answers the report's lines. Fails where a value is said anywhere. */
	readonly run: (labels: readonly string[] | 'checked', message: RegExp) => Promise<string[]>;
}

/** An app in front of a file with the variables A, B and C, and a person who imports some of them. */
export async function withThree(): Promise<WithThree> {
	const made = makeApp();
	made.vault.addOrganizations('Acme', 'Globex');
	await made.outline.children();
	made.textEditor.shownFile = { name: '.env', text: 'A=s3cret-a\nB=s3cret-b\nC=s3cret-c\nother' };
	let isTaken = false;
	const add = (name: string, value: string, context: KeyContext = acme): ObjectMetadata => {
		isTaken ||= context !== acme;
		const object = made.vault.add(name, context, value);
		made.catalog.put(object);
		return object;
	};
	const run = async (labels: readonly string[] | 'checked', message: RegExp): Promise<string[]> => {
		made.ui
			.picks(/Which file/, 'Import “.env”')
			.picks(/Which organization/, 'Acme')
			.picks(/key context/, 'Organization');
		if (isTaken) made.ui.picks(/Other objects of this vault have/, 'Go On without Them');
		made.ui.picksMany(/Which variables/, labels).presses(message, 'Show Report');
		try {
			await importEnvironment(made.app, fromPalette);
		} finally {
			await new Promise(setImmediate);
			made.ui.assertDone();
			const { messages, progresses, lists } = made.ui;
			const said = JSON.stringify([made.documents.revealed, messages, progresses, lists.map(shownOf)]);
			assert.doesNotMatch(said, /s3cret/);
		}
		return linesOf(made);
	};
	return { ...made, add, run };
}

/** What a person sees of a list. */
function shownOf(list: readonly Choice<unknown>[]): unknown {
	return list.map(({ label, description, detail }) => [label, description, detail]);
}

/** The lines of the report that speak of variables. */
export function linesOf({ documents }: FakeApp): string[] {
	assert.deepEqual(
		documents.revealed.map(({ title }) => title),
		['Import report'],
	);
	return documents.revealed[0]?.value.split('\n').filter((line) => /^[ABC]:/.test(line)) ?? [];
}
