import { maxFileLength, parseDotenv } from '../../../src/commands/dotenv/parse';
import { Ranking } from '../../../src/commands/find/ranking';
import { longestRead } from '../../../src/commands/textEditor/languages';
import { meaningAt } from '../../../src/commands/textEditor/meanings';
import { writtenAt } from '../../../src/commands/textEditor/places';
import { Catalog } from '../../../src/vault/catalog/catalog';
import { snapshotIn } from '../../../src/vault/catalog/snapshotText';
import { keptFromInSteps, type CatalogSnapshot } from '../../../src/vault/catalog/snapshot';
import { allCiphertexts } from '../../../src/vault/ciphertext/inText/search';
import { decrypt, encrypt } from '../../../src/vault/ciphertext/inText/text';
import { hiddenEnds, withoutHiddenEnds } from '../../../src/vault/drafts/textFlaws';
import { Outline } from '../../../src/vault/outline/outline';
import type { Arrangement } from '../../../src/vault/outline/arrangement';
import { isRepeating } from '../../../src/workos/echoes';
import { withLargeValue } from './largeValues';
import { countedClient, type Bench, type Server } from './running';
import { contextOf, nameOf, organizationId } from './seeds';
import { ratio, shown, time, type Row } from './table';

/** A stall of this many ms lets plaintext reach the disk sooner or later. */
export const goal = 50;
const turns = 5;
const objects = 20_000;
const organizations = 500;
const mebibyte = 1024 * 1024;
const large = Array.from({ length: mebibyte / 64 }, (_, line) => `${line}`.padEnd(63, 'x')).join('\n');

/** What is asked of the tree of many objects. */
const arrangements: readonly (readonly [how: string, change: Partial<Arrangement>])[] = [
	['grouping by a name of key contexts', { levels: [{ by: 'pair', name: 'data_type' }] }],
	['showing folders', { levels: [], isTree: true }],
	['sorting by last change', { levels: [], isTree: false, sortBy: 'change' }],
];

/** A catalog of many objects and organizations, as it is kept. */
function snapshotOf(inOne: boolean): CatalogSnapshot {
	const now = Date.now();
	const context = (index: number) => contextOf(inOne ? 0 : index % organizations, index);
	const contexts = Array.from({ length: objects }, (_, index) => context(index));
	return {
		format: 2,
		contexts,
		people: ['Ann'],
		objects: Array.from({ length: objects }, (_, index) => {
			return [`secret_${index}`, nameOf((index * 7919) % objects), index, now - index, 0, `version_${index}`] as const;
		}),
		unplaced: [],
		unproven: [],
		doubted: [],
		unreadable: [],
		told: [],
		missing: [],
		gone: [],
		unseen: [],
		opened: [],
		organizations: Array.from({ length: organizations }, (_, index) => ({
			id: organizationId(index),
			name: `Organization ${index}`,
		})),
		areOrganizationsStale: false,
		knownUntil: now,
		followedAt: now,
		listedAt: now,
	};
}

/** The longest time, in ms by a clock, in which nothing else had a turn while `work` ran: the worst of some turns. */
export async function longestStretch(work: () => unknown, now = () => performance.now()): Promise<number> {
	let longest = 0;
	for (let turn = 0; turn < turns; turn++) {
		let last = now();
		let isRunning = true;
		const look = () => {
			longest = Math.max(longest, now() - last);
			last = now();
			if (isRunning) setImmediate(look);
		};
		await new Promise((resolve) => setImmediate(resolve));
		last = now();
		setImmediate(look);
		await work();
		isRunning = false;
		await new Promise((resolve) => setImmediate(resolve));
	}
	return longest;
}

/**
 * How long the product holds everything else up in one go, in what it does with much: 20,000 objects in one organization
 * and in 500, values of 1 MiB. What only waits for an answer is left out.
 */
export async function stretches(bench: Bench, server: Server): Promise<Row> {
	const { vault } = countedClient(bench, server);
	const keyContext = contextOf(0, 0);
	const figures: [what: string, ms: number][] = [];
	const measure = async (what: string, work: () => unknown) => figures.push([what, await longestStretch(work)]);

	for (const inOne of [true, false]) {
		const where = inOne ? 'in one organization' : `in ${organizations} organizations`;
		const kept = snapshotOf(inOne);
		const text = await new Catalog(vault, kept).toText();
		const read = async () => keptFromInSteps((await snapshotIn(text)) as CatalogSnapshot);
		const catalog = new Catalog(vault, await read());
		const outline = new Outline(vault, catalog);
		const rows = await outline.children();
		const ranking = new Ranking(catalog);
		await measure(`reading a catalog, ${where}`, read);
		await measure(`writing it, ${where}`, () => catalog.toText());
		await measure(`taking in another window’s, ${where}`, async () => catalog.merge(await read()));
		await measure(`drawing the tree, ${where}`, async () => {
			await outline.children();
			if (rows[0]) await outline.children(rows[0]);
		});
		await measure(`finding among them, ${where}`, async () => {
			ranking.outdate();
			await ranking.best('service 12 tok');
		});
		for (const [how, change] of arrangements) {
			await measure(`${how}, ${where}`, async () => {
				outline.arrange({ levels: [{ by: 'organization' }], sortBy: 'name', isTree: true });
				await outline.children();
				outline.arrange(change);
				const [row] = await outline.children();
				// Under an object there are versions, which are asked for.
				if (row && row.kind !== 'object') await outline.children(row);
			});
		}
		await measure(`filtering, ${where}`, async () => {
			await outline.filter('', 'service');
			await outline.children();
			await outline.filter('', '');
		});
		outline.dispose();
		catalog.dispose();
	}
	// The first request of a process loads what fetches.
	await vault.listOrganizations({ limit: 1 });
	let ciphertext = '';
	await measure('encrypting 1 MiB', async () => {
		ciphertext = await encrypt(vault, large, keyContext, { layout: 'node', associatedData: '' });
	});
	await measure('decrypting 1 MiB', () => decrypt(vault, ciphertext, {}));
	await measure('publishing and reading 1 MiB', async () => {
		const name = crypto.randomUUID();
		const { id } = await vault.createObject({ name, value: large, keyContext });
		await vault.readObject(id);
	});
	await measure('a refused write of 1 MiB', () => {
		const sent = { url: new URL(server.url), init: { body: JSON.stringify({ value: large }) } };
		return isRepeating('x'.repeat(20_000), sent);
	});
	const environment = large.replaceAll(/^(\d+)x/gm, 'NAME_$1=x').slice(0, maxFileLength);
	await measure('reading a .env file of 256 KiB', () => parseDotenv(environment));
	await measure('reading one of a single value', () => parseDotenv(`A="${'\n'.repeat(maxFileLength - 4)}"`));
	await measure('reading one of many short values', () => parseDotenv('A=1\n'.repeat(maxFileLength / 4)));
	await measure('the meaning of a text of 64 KiB', () =>
		meaningAt({ languageId: 'typescript', text: '\\n'.repeat(longestRead / 2), quote: '`', before: 'x = `' }),
	);
	await measure('writing a text of 64 KiB as a literal', () => {
		const lines = ['x = "C"'];
		const range = { start: { line: 0, offset: 5 }, end: { line: 0, offset: 6 } };
		writtenAt('javascript', { lineCount: 1, lineAt: () => lines[0] ?? '' }, range, '\u0001'.repeat(longestRead));
	});
	for (const [what, hidden] of [
		['line breaks', '\n'],
		['characters of no width', '\u200b'],
	] as const) {
		const ends = hidden.repeat(2 ** 20 / Buffer.byteLength(hidden));
		await measure(`looking at the ends of a value, 1 MiB of ${what}`, () => [
			hiddenEnds(`a${ends}`),
			withoutHiddenEnds(`${ends}a`),
		]);
	}
	await withLargeValue(measure, large);
	await measure('finding ciphertexts in 1 MiB', () => {
		const lines = large.split('\n');
		return allCiphertexts({ lineCount: lines.length, lineAt: (line) => lines[line] ?? '' });
	});
	vault.dispose();
	return {
		title: 'Longest stretches without a turn for anything else, the worst of five',
		requestsPerMinute: undefined,
		concurrency: 'one process',
		figures: figures.map(([what, ms]) => shown(what, time(ms), `≤ ${goal} ms`, ratio(ms / goal))),
	};
}
