import { age } from '../../commands/prompts/age';
import { timeOf, type Reader } from '../../commands/objectPage/activityWords';
import type { Answer, ObjectPage } from '../../commands/objectPage/objectPage';
import type { Connection } from '../../commands/ports';
import type { ActivityContent, CodeLine, ObjectContent, Part, VersionLines } from '../../isolated/object/messages';
import type { VaultApi } from '../../vault/api';
import { VaultError } from '../../vault/errors';
import type { VersionNode } from '../../vault/outline/nodes';
import { keyContextHints } from '../../vault/keyContextHints';
import { organizationIdOf } from '../../vault/keyContext';
import type { KnownObject } from '../../vault/model';
import { formatSize } from '../ui/sizes';
import { describe } from '../errorMessages';
import { visible } from '../visibleText';

/** So many versions are listed; the tree has all of them. */
const maxVersions = 50;

/** What the page says of its object, every text as it is drawn. */
export function contentOf(
	page: ObjectPage,
	object: KnownObject,
	connection: Connection,
	use: readonly CodeLine[],
	isRestored: boolean,
	activity: ActivityContent,
	reader: Reader,
): ObjectContent {
	const { metadata } = page;
	const { outline } = page.session;
	const known = metadata.state === 'shown' ? metadata.value : undefined;
	const created = page.versions.state === 'shown' ? page.versions.value.at(-1)?.version.createdAt : undefined;
	const creation = page.activityOf(object).own.find(({ kind }) => kind === 'created');
	return {
		name: shown(object.name),
		organization: shown(outline.organizationOf(object)?.name ?? 'No organization'),
		connection: visible(connection.name),
		isProduction: connection.isProduction,
		changedByOthers: outline.unseen(object) ? 'Changed by others since you last opened its value.' : '',
		chips: Object.entries(object.keyContext).map(([name, value]) => ({ name: shown(name), value: shown(value) })),
		versions: partOf(page.versions, (nodes) => linesOf(nodes, page.session.api, reader)),
		activity,
		use,
		details: [
			{ label: 'ID', text: object.id },
			...detail('Organization ID', organizationIdOf(object.keyContext)),
			...detail('Created', created && momentOf(created, creation?.by.name, reader)),
			...detail('Changed', momentOf(object.updatedAt, object.updatedBy, reader)),
			...detail('Environment ID', known?.environmentId),
			...detail('Key ID', known?.keyId),
		],
		hints: keyContextHints(object).map(({ sentence }) => visible(sentence)),
		detailsFailure: metadata.state === 'failed' ? visible(describe(metadata.failure).sentence) : '',
		isRestored,
	};
}

function detail(label: string, text: string | undefined): { label: string; text: string }[] {
	return text === undefined || text === '' ? [] : [{ label, text: visible(text) }];
}

/** When something was, and by whom where that is known. */
function momentOf(at: Date, by: string | undefined, reader: Reader): string {
	const who = by === undefined || by === '' ? '' : ` by ${by}`;
	return `${age(at, new Date(reader.now))}${who} (${timeOf(at.getTime(), reader)})`;
}

function partOf<T, U>(answer: Answer<T>, map: (value: T) => U): Part<U> {
	if (answer.state === 'shown') return { state: 'shown', value: map(answer.value) };
	if (answer.state !== 'failed') return { state: answer.state };
	return { state: 'failed', sentence: visible(describe(answer.failure).sentence) };
}

/** The versions in words, newest first, each with the oldest one that has the same value: their etags say so. */
function linesOf(
	nodes: readonly VersionNode[],
	{ hasOldValues }: Pick<VaultApi, 'hasOldValues'>,
	reader: Reader,
): VersionLines {
	const first = new Map<string, number>();
	for (const { version, number } of nodes.toReversed()) {
		if (version.etag !== '' && !first.has(version.etag)) first.set(version.etag, number);
	}
	const lines = nodes.slice(0, maxVersions).map(({ version, number }) => {
		const oldest = first.get(version.etag);
		return {
			id: version.id,
			number,
			age: age(version.createdAt, new Date(reader.now)),
			time: timeOf(version.createdAt.getTime(), reader),
			size: formatSize(version.size),
			isCurrent: version.isCurrent,
			sameAs: oldest === number ? undefined : oldest,
		};
	});
	const withheld = hasOldValues ? '' : describe(new VaultError('noOldValues')).sentence;
	return { lines, left: nodes.length - lines.length, withheld };
}

function shown(text: string): string {
	return text === '' ? '(empty)' : visible(text);
}
