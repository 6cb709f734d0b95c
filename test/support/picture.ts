import { VaultError } from '../../src/vault/errors';
import type { Outline } from '../../src/vault/outline/outline';
import type { OutlineNode } from '../../src/vault/outline/nodes';

const longRun = 6;

/** The tree as indented text. `isOpen` says which rows are expanded; long runs of objects are cut short. */
export async function picture(outline: Outline, isOpen: (label: string) => boolean = () => true): Promise<string> {
	const lines: string[] = [];
	await draw(outline, undefined, '', isOpen, lines);
	return lines.join('\n');
}

/** A picture in a test's source, without the indentation of the test. */
export function drawn(text: string): string {
	const lines = text.split('\n').slice(1, -1);
	const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
	return lines.map((line) => line.slice(margin).replaceAll('\t', '  ')).join('\n');
}

async function draw(
	outline: Outline,
	node: OutlineNode | undefined,
	indent: string,
	isOpen: (label: string) => boolean,
	lines: string[],
): Promise<void> {
	const rows = await outline.children(node);
	const objects = rows.filter(({ kind }) => kind === 'object');
	for (const row of rows) {
		if (row.kind === 'object' && objects.length > longRun && objects.indexOf(row) % (objects.length - 1) !== 0) {
			if (row === objects[1]) lines.push(`${indent}… ${objects.length - 2} more`);
			continue;
		}
		lines.push(indent + labelOf(row));
		if ((isBranching(row) || row.kind === 'object') && isOpen(labelOf(row))) {
			await draw(outline, row, `${indent}  `, isOpen, lines);
		}
	}
}

/** The tree as indented text with the number of objects under each row that opens to some; the rows of objects are closed. */
export async function countedPicture(outline: Outline, node?: OutlineNode, indent = ''): Promise<string> {
	const lines: string[] = [];
	for (const row of await outline.children(node)) {
		const count = 'scope' in row && row.count !== undefined ? ` (${row.count})` : '';
		lines.push(`${indent}${labelOf(row)}${count}`);
		if (isBranching(row))
			lines.push(...[await countedPicture(outline, row, `${indent}  `)].filter((text) => text !== ''));
	}
	return lines.join('\n');
}

function isBranching(node: OutlineNode): boolean {
	return 'scope' in node || node.kind === 'organizations';
}

function labelOf(node: OutlineNode): string {
	switch (node.kind) {
		case 'organization':
			return node.organization?.name ?? 'No organization';
		case 'group':
			return node.value ?? `No ${node.name}`;
		case 'folder':
			return `${node.label}/`;
		case 'organizations':
			return node.count === undefined ? 'More organizations' : `${node.count} without objects`;
		case 'object':
			return node.label;
		case 'version':
			return `Version ${node.number}${node.version.isCurrent ? ', current' : ''}`;
		case 'more':
			return node.left === undefined ? 'Load More' : `Load More (${node.left} left)`;
		case 'filter':
			return `Filter (of ${node.total})`;
		case 'filtered':
			return `Only “${node.filter}”`;
		case 'unreadable':
			return `${node.count} unreadable`;
		case 'failure':
			return `! ${node.failure instanceof VaultError ? node.failure.code : String(node.failure)}`;
		case 'scanning':
			return 'Looking up';
		case 'stopped':
			return 'Stopped';
		case 'nothing':
			return node.filter === undefined ? 'No objects' : `Nothing has “${node.filter}”`;
	}
}
