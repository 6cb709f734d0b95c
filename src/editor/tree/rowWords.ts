import type { OutlineNode } from '../../vault/outline/nodes';

/** Whether two rows of one key say the same. */
export function saySame(a: OutlineNode, b: OutlineNode): boolean {
	const words = wordsOf(b);
	return wordsOf(a).every((word, index) => word === words[index]);
}

/** True for rows that say how many there are, which changes all the time while a scan goes on. */
export function isCounting(node: OutlineNode): boolean {
	return 'count' in node || ['scanning', 'more', 'filter'].includes(node.kind);
}

/** What a row says: the same for two that say the same. */
function wordsOf(node: OutlineNode): readonly unknown[] {
	switch (node.kind) {
		case 'object':
			return [node.object, node.label];
		case 'version':
			return [node.version];
		case 'organization':
			return [node.organization?.name, node.count, node.changed, node.isFiltered];
		case 'group':
		case 'folder':
			return [node.count, node.changed, node.isFiltered];
		case 'failure':
			return [node.failure];
		case 'organizations':
		case 'more':
		case 'filter':
		case 'filtered':
		case 'unreadable':
		case 'scanning':
		case 'stopped':
		case 'nothing':
			return [JSON.stringify(node)];
	}
}
