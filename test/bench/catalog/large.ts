import { Catalog } from '../../../src/vault/catalog/catalog';
import { snapshotIn, textOf } from '../../../src/vault/catalog/snapshotText';
import { isSnapshot } from '../../../src/vault/catalog/snapshot';
import { organizationIdOf } from '../../../src/vault/keyContext';
import type { VaultApi } from '../../../src/vault/api';
import { Outline } from '../../../src/vault/outline/outline';
import type { OutlineNode } from '../../../src/vault/outline/nodes';
import { maxShown } from '../../../src/vault/outline/rows';
import { SealedFiles } from '../../../src/editor/storage/sealedFiles';
import { stateOfMany } from './manyObjects';
import { timed, type Bench } from './running';
import { number, ratio, shown, time, type Row } from './table';

type Secrets = ConstructorParameters<typeof SealedFiles>[2];

const count = 100_000;
const fileName = 'catalog';
const megabyte = 1024 * 1024;
const paintings = 200;
const warmUp = 50;
const noVault = {} as VaultApi;

/** What a catalog of 100,000 objects costs: memory, the opening of its file, the rows of its largest organization. */
export async function largeCatalog({ folder }: Bench): Promise<Row> {
	const { gc } = globalThis;
	if (!gc) throw new Error('Memory can be measured with --expose-gc only.');
	const files = new SealedFiles(folder, 'catalogs', secretsInMemory());
	const { large, small } = await writeSnapshot(files);
	gc();
	const before = process.memoryUsage().heapUsed;
	const { catalog, readMs, makeMs } = await openFile(files);
	gc();
	const heap = process.memoryUsage().heapUsed - before;
	const ofLarge = await paint(catalog, large.id);
	const ofSmall = await paint(catalog, small.id);
	const inMegabytes = (bytes: number) => `${(bytes / megabyte).toFixed(1)} MB`;
	return {
		title: `${number(count)} objects from a file, ${number(large.size)} and ${number(small.size)} of two organizations`,
		requestsPerMinute: undefined,
		concurrency: 'no request; paint: the rows that the tree is given, after Load More to 500',
		figures: [
			shown('memory of the catalog', inMegabytes(heap), '≤ 60 MB', ratio(heap / megabyte / 60)),
			shown('opening the file', time(readMs + makeMs), '≤ 300 ms', ratio((readMs + makeMs) / 300)),
			shown('of it: read, decrypt, parse', time(readMs), '–', '–'),
			shown('of it: make the catalog', time(makeMs), '–', '–'),
			shown(`first paint of ${number(large.size)}`, time(ofLarge.first), '≤ 150 ms', ratio(ofLarge.first / 150)),
			shown(`painting ${number(large.size)} again`, time(ofLarge.again), '≤ 150 ms', ratio(ofLarge.again / 150)),
			shown(`painting ${number(small.size)} again`, time(ofSmall.again), '≤ 150 ms', ratio(ofSmall.again / 150)),
			shown(
				'the large one to the small one',
				ratio(ofLarge.again / ofSmall.again),
				'flat, 1.00 ×',
				ratio(ofLarge.again / ofSmall.again),
			),
		],
	};
}

async function writeSnapshot(files: SealedFiles) {
	const { state, large, small } = stateOfMany(count);
	await files.write(fileName, await textOf(state));
	return { large, small };
}

/** As the extension does it with a file of its own. */
async function openFile(files: SealedFiles) {
	const read = await timed(async () => snapshotIn((await files.read(fileName)) ?? ''));
	const snapshot = read.result;
	if (!isSnapshot(snapshot)) throw new Error('The file holds no catalog.');
	const { result: catalog, ms: makeMs } = await timed(() => new Catalog(noVault, snapshot));
	if (catalog.progress.known !== count) throw new Error(`The file holds ${catalog.progress.known} objects.`);
	return { catalog, readMs: read.ms, makeMs };
}

/** Milliseconds for the rows of an organization, the first time and then, as the median. */
async function paint(catalog: Catalog, id: string): Promise<{ readonly first: number; readonly again: number }> {
	const outline = new Outline(noVault, catalog);
	outline.arrange({ isTree: false });
	const node: OutlineNode = outline.organizationNode({ id, name: id });
	for (let shownRows = 100; shownRows < maxShown; shownRows += 100) await outline.loadMore(node.key);
	const times: number[] = [];
	for (let index = 0; index <= paintings; index++) {
		const { result, ms } = await timed(() => outline.children(node));
		const rows = result.filter((row) => row.kind === 'object' && organizationIdOf(row.object.keyContext) === id);
		if (rows.length !== maxShown) throw new Error(`Painting made ${rows.length} rows.`);
		times.push(ms);
	}
	outline.dispose();
	const median = times.slice(warmUp).toSorted((a, b) => a - b)[(paintings - warmUp) / 2];
	return { first: times[0] ?? Number.NaN, again: median ?? Number.NaN };
}

function secretsInMemory(): Secrets {
	const kept = new Map<string, string>();
	return {
		keys: () => Promise.resolve([...kept.keys()]),
		get: (key) => Promise.resolve(kept.get(key)),
		store: (key, value) => Promise.resolve(void kept.set(key, value)),
		delete: (key) => Promise.resolve(void kept.delete(key)),
		onDidChange: () => ({ dispose: () => undefined }),
	};
}
