import * as vscode from 'vscode';
import { age, formatTime } from '../../commands/prompts/age';
import { formatKeyContext, otherSpelling } from '../../vault/keyContext';
import type { KnownObject } from '../../vault/model';
import type { Outline } from '../../vault/outline/outline';
import type {
	FolderNode,
	GroupNode,
	ObjectNode,
	OrganizationNode,
	OutlineNode,
	VersionNode,
} from '../../vault/outline/nodes';
import { maxShown } from '../../vault/outline/rows';
import { objectAddress } from '../addresses';
import { titledCommand } from '../commandTitles';
import { settings } from '../settings';
import { formatSize } from '../ui/sizes';
import { withShortIds } from './shortIds';
import { unseenAddress } from './unseenMarks';
import { describe } from '../errorMessages';
import { visible } from '../visibleText';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;
// The commands of clicks work on the selected row: VS Code forgets their arguments as soon as a row is drawn anew.
const filter = titledCommand('workosVault.filterRow');

/** What `when` clauses compare a row with. */
export type RowKind = OutlineNode['kind'] | 'noOrganization' | 'currentVersion';

/** How a row looks, what it says to a screen reader, and what a click on it does. */
export function toTreeItem(node: OutlineNode, outline: Outline | undefined): vscode.TreeItem {
	const item = itemFor(node, outline);
	item.id = node.key;
	item.contextValue ??= node.kind satisfies RowKind;
	return item;
}

function itemFor(node: OutlineNode, outline: Outline | undefined): vscode.TreeItem {
	switch (node.kind) {
		case 'organization':
			return organizationItem(node);
		case 'group':
			return groupItem(node);
		case 'folder':
			return folderItem(node);
		case 'organizations':
			return organizationsItem(node);
		case 'object':
			return objectItem(node, outline);
		case 'version':
			return versionItem(node);
		case 'more':
			return row(
				node.left === undefined ? 'Load More' : `Load More (${node.left} left)`,
				'ellipsis',
				undefined,
				titledCommand('workosVault.loadMore'),
			);
		case 'filter':
			return row('Filter…', 'filter', `showing ${maxShown} of ${count(node.total)}`, filter);
		case 'filtered':
			return row(`Only names with “${visible(node.filter)}”`, 'filter-filled', 'change or clear', filter);
		case 'failure':
			return failureItem(node);
		case 'scanning':
			return row('Indexing objects…', 'loading~spin', indexed(outline));
		case 'stopped':
			return row('Continue Indexing', 'debug-continue', indexed(outline), titledCommand('workosVault.continueScan'));
		case 'unreadable':
			return row(
				node.count === 1 ? '1 object can’t be looked up' : `${node.count} objects can’t be looked up`,
				'warning',
				'Refresh tries again',
			);
		case 'nothing':
			return row(
				node.filter === undefined ? 'No objects' : `Nothing has “${visible(node.filter)}” in its name`,
				'info',
			);
	}
}

function organizationItem(node: OrganizationNode): vscode.TreeItem {
	const { organization } = node;
	if (!organization) {
		const item = branchItem(node, 'No organization', 'Objects whose key context names no organization');
		item.iconPath = new vscode.ThemeIcon('circle-slash');
		item.contextValue = 'noOrganization' satisfies RowKind;
		return item;
	}
	const name = labelOf(organization.name);
	const item = branchItem(node, name, `${name}\n${organization.id}`, `${name}, organization`);
	item.iconPath = new vscode.ThemeIcon('organization');
	return item;
}

function groupItem(node: GroupNode): vscode.TreeItem {
	const name = labelOf(node.name);
	if (node.value === undefined) {
		const item = branchItem(node, `No ${name}`, `Objects whose key context has no ${name}`);
		item.iconPath = new vscode.ThemeIcon('circle-slash');
		return item;
	}
	const value = labelOf(node.value);
	const item = branchItem(node, value, `${name} = ${value}`, `${value}, ${name}`);
	item.iconPath = new vscode.ThemeIcon('tag');
	return item;
}

function folderItem(node: FolderNode): vscode.TreeItem {
	const label = visible(node.label);
	const item = branchItem(node, label, visible(node.prefix), `${label}, folder`);
	item.iconPath = new vscode.ThemeIcon('folder');
	return item;
}

/** A row that opens to objects: how many there are, and how many of them others changed, stands beside its label. */
function branchItem(
	{ count: objects, changed, isFiltered }: OrganizationNode | GroupNode | FolderNode,
	label: string,
	tooltip: string,
	spoken = label,
): vscode.TreeItem {
	const item = new vscode.TreeItem(withShortIds(label), Collapsed);
	const counted = objects === undefined ? [] : [objects === 1 ? '1 object' : `${count(objects)} objects`];
	const filtered = isFiltered ? ['filtered'] : [];
	const words = [...counted, ...filtered, ...(changed > 0 ? [`${count(changed)} changed by others`] : [])];
	const figure = objects === undefined ? [] : [count(objects)];
	item.description = [...figure, ...filtered, ...(changed > 0 ? [`${count(changed)} changed`] : [])].join(' · ');
	item.tooltip = [tooltip, ...words].join('\n');
	item.accessibilityInformation = { label: [spoken, ...words].join(', ') };
	return item;
}

function organizationsItem({
	count: organizations,
	isFiltered,
}: OutlineNode & { kind: 'organizations' }): vscode.TreeItem {
	const without = `${count(organizations ?? 0)} organization${organizations === 1 ? '' : 's'} without objects`;
	const label = organizations === undefined ? 'More organizations' : without;
	const item = new vscode.TreeItem(label, Collapsed);
	item.iconPath = new vscode.ThemeIcon('organization');
	item.tooltip = label;
	if (isFiltered) item.description = 'filtered';
	item.accessibilityInformation = { label: isFiltered ? `${label}, filtered` : label };
	return item;
}

function objectItem(node: ObjectNode, outline: Outline | undefined): vscode.TreeItem {
	const { object } = node;
	const name = visible(object.name);
	const organization = visible(outline?.organizationOf(object)?.name ?? 'none');
	const changed = age(object.updatedAt);
	const unseen = outline?.unseen(object);
	const spelling = otherSpelling(object.keyContext);
	const item = new vscode.TreeItem(withShortIds(visible(node.label)), Collapsed);
	const by = object.updatedBy === undefined ? '' : ` by ${visible(object.updatedBy)}`;
	item.description = [
		...(spelling === undefined ? [] : [spelling]),
		unseen ? `changed${by} · ${changed}` : changed,
	].join(' · ');
	item.iconPath = new vscode.ThemeIcon('key');
	// Only VS Code's own command opens it as a file: a preview, and for good with a double click. It survives a redraw.
	if (settings.click() === 'page') item.command = openPage(object);
	if (unseen) item.resourceUri = unseenAddress(object.id);
	item.tooltip = [
		name,
		`Organization: ${organization}`,
		`Key context: ${visible(formatKeyContext(object.keyContext))}`,
		...(spelling === undefined ? [] : [`Customer-managed keys match on organization_id, not on ${spelling}`]),
		`Changed ${changed}${by} (${formatTime(object.updatedAt)})`,
		...(unseen ? ['Changed by others since you last opened it'] : []),
		`ID: ${object.id}`,
	].join('\n');
	const since = unseen ? `, changed${by} since you last opened it` : '';
	const spelled = spelling === undefined ? '' : `, its organization is spelled ${spelling}`;
	item.accessibilityInformation = { label: `${name}, object, changed ${changed}${since}${spelled}` };
	return item;
}

function openPage(object: KnownObject): vscode.Command {
	return { command: 'vscode.open', title: 'Open', arguments: [objectAddress(object)] };
}

function versionItem({ version, number }: VersionNode): vscode.TreeItem {
	const made = age(version.createdAt);
	const current = version.isCurrent ? ', current' : '';
	const item = new vscode.TreeItem(`Version ${number}`, None);
	item.description = `${version.isCurrent ? 'current · ' : ''}${made} · ${formatSize(version.size)}`;
	item.iconPath = new vscode.ThemeIcon(version.isCurrent ? 'pass-filled' : 'history');
	item.contextValue = (version.isCurrent ? 'currentVersion' : 'version') satisfies RowKind;
	item.tooltip = `Version ${number}${current}\nPublished ${formatTime(version.createdAt)}\n${version.size} bytes stored\nID: ${version.id}`;
	item.accessibilityInformation = {
		label: `Version ${number}${current}, published ${made}, ${formatSize(version.size)}`,
	};
	return item;
}

function failureItem(node: OutlineNode & { kind: 'failure' }): vscode.TreeItem {
	const sentence = visible(describe(node.failure).sentence);
	const item = row('Retry', 'warning', sentence, titledCommand('workosVault.retry'));
	item.tooltip = sentence;
	item.accessibilityInformation = { label: `${sentence} Retry`, role: 'button' };
	return item;
}

function row(label: string, icon: string, description?: string, command?: vscode.Command): vscode.TreeItem {
	const item = new vscode.TreeItem(label, None);
	item.iconPath = new vscode.ThemeIcon(icon);
	item.tooltip = label;
	item.accessibilityInformation = { label: description === undefined ? label : `${label}, ${description}` };
	if (description !== undefined) item.description = description;
	if (command) item.command = command;
	return item;
}

/** How far the objects are indexed, in words. */
export function indexed(outline: Outline | undefined): string {
	if (!outline) return '';
	const { known, listed, isListed } = outline.progress;
	return `${count(known)} of ${isListed ? 'about' : 'more than'} ${count(listed)} indexed`;
}

/** A text as a row shows it. */
function labelOf(text: string): string {
	return text === '' ? '(empty)' : visible(text);
}

function count(figure: number): string {
	return figure.toLocaleString('en-US');
}
