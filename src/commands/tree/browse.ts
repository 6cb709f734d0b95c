import { VaultError } from '../../vault/errors';
import type { OutlineNode } from '../../vault/outline/nodes';
import type { App, Target } from '../ports';
import { sessionOf } from '../access/session';

/** Asks the vault for everything again, whatever is selected. */
export async function refresh(app: App): Promise<void> {
	const { connection, outline } = sessionOf(app);
	// Behind welcome content, a local vault may have to be started again, or a key may have been replaced elsewhere.
	if (outline.state === 'ready') await outline.refresh();
	else await app.connections.use(connection);
}

/** Asks the vault again for the rows that it is called on; for everything without any. */
export async function refreshRows(app: App, { nodes }: Target): Promise<void> {
	const { outline } = sessionOf(app);
	// One look at what changed is of all organizations.
	const ofMany = nodes.find((node) => 'scope' in node);
	const asked = nodes.filter((node) => node.kind === 'object' || node === ofMany);
	await (asked.length > 0 ? Promise.all(asked.map((node) => outline.refresh(node))) : outline.refresh());
}

/** Loads the next page of the list that a *Load More* row ends. */
export async function loadMore(app: App, target: Target): Promise<void> {
	const node = rowOf(app, target, 'more');
	await sessionOf(app).outline.loadMore(node.of);
}

/** Tries again what a failed row stands for. */
export async function retry(app: App, target: Target): Promise<void> {
	const node = rowOf(app, target, 'failure');
	await sessionOf(app).outline.retry(node.of);
}

/** Filters what stands under the row that it is called on. */
export async function filterRow(app: App, target: Target): Promise<void> {
	const node = rowOf(app, target, 'filter', 'filtered', 'organizations', 'organization', 'group', 'folder');
	await askFilter(app, 'of' in node ? node.of : node.key);
}

/** Filters the rows at the top. */
export async function filter(app: App): Promise<void> {
	await askFilter(app, '');
}

/** Stops indexing; what is known stays. Says so where nothing is being indexed. */
export function stopScan(app: App): void {
	const { catalog } = sessionOf(app);
	if (catalog.progress.phase === 'scanning') {
		catalog.stop();
		app.ui.announce('Indexing is stopped.');
	} else {
		app.ui.say('Nothing is being indexed.');
	}
}

/** Goes on indexing where it was stopped. Says so where nothing was stopped. */
export function continueScan(app: App): void {
	const { catalog } = sessionOf(app);
	const { phase } = catalog.progress;
	if (phase === 'scanning') {
		app.ui.say('Indexing is running.');
	} else if (phase === 'complete') {
		app.ui.say('Nothing was stopped: all objects are indexed. “Refresh” asks the vault for what is new.');
	} else {
		void catalog.scan();
		app.ui.announce('Indexing goes on.');
	}
}

/** Shows the log. */
export function showLog(app: App): void {
	app.ui.showLog();
}

async function askFilter(app: App, of: string): Promise<void> {
	const { outline } = sessionOf(app);
	const filter = await app.ui.input({
		title: of === '' ? 'Filter the Tree' : 'Filter',
		prompt: 'Show only rows whose name contains this text. Leave it empty to show all.',
		value: outline.filterOf(of),
	});
	if (filter === undefined) return;
	const filtering = outline.filter(of, filter);
	app.ui.announce(filter === '' ? 'The filter is cleared.' : `Filtered by “${filter}”.`);
	await filtering;
}

/**
 * The row whose menu or button was used, or that was clicked: a click selects it.
 * @throws VaultError `rowRedrawn` where VS Code does not know the clicked row, which it was just drawing anew
 */
function rowOf<K extends OutlineNode['kind']>(
	app: App,
	{ nodes }: Target,
	...kinds: readonly K[]
): OutlineNode & { kind: K } {
	const node = nodes[0] ?? app.view.selection()[0];
	const isOfKind = (row: OutlineNode): row is OutlineNode & { kind: K } => kinds.some((kind) => kind === row.kind);
	if (!node || !isOfKind(node)) throw new VaultError('rowRedrawn');
	return node;
}
