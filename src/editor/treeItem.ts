import * as vscode from 'vscode';
import { age, formatTime } from '../commands/age';
import { formatKeyContext } from '../vault/keyContext';
import { maxShown, type Outline, type OutlineNode, type VersionNode } from '../vault/outline';
import { unseenAddress } from './unseenMarks';
import { describe, visible } from './words';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;
// The commands of clicks work on the selected row: VS Code forgets their arguments as soon as a row is drawn anew.
const narrowDown: vscode.Command = { command: 'workosVault.narrowDown', title: 'Narrow Down' };

/** How a row looks, what it says to a screen reader, and what a click on it does. */
export function toTreeItem(node: OutlineNode, outline: Outline | undefined): vscode.TreeItem {
	const item = itemFor(node, outline);
	item.id = node.key;
	item.contextValue ??= node.kind;
	return item;
}

function itemFor(node: OutlineNode, outline: Outline | undefined): vscode.TreeItem {
	switch (node.kind) {
		case 'organization':
			return organizationItem(node.organization, outline);
		case 'object':
			return objectItem(node, outline);
		case 'version':
			return versionItem(node);
		case 'more':
			return row(node.left === undefined ? 'Load More' : `Load More (${node.left} left)`, 'ellipsis', undefined, {
				command: 'workosVault.loadMore',
				title: 'Load More',
			});
		case 'narrow':
			return row('Narrow Down…', 'filter', `showing ${maxShown} of ${node.total}`, narrowDown);
		case 'narrowed':
			return row(`Only names with “${visible(node.filter)}”`, 'filter-filled', 'change or clear', narrowDown);
		case 'failure':
			return failureItem(node);
		case 'scanning':
			return row('Looking up objects…', 'loading~spin', lookedUp(outline));
		case 'stopped':
			return row('Go On Looking Up', 'debug-continue', lookedUp(outline), {
				command: 'workosVault.continueScan',
				title: 'Go On Looking Up',
			});
		case 'unreadable':
			return row(
				node.count === 1 ? '1 object can’t be looked up' : `${node.count} objects can’t be looked up`,
				'warning',
				'Refresh tries again',
			);
		case 'nothing':
			return row('No objects', 'info');
	}
}

function organizationItem(
	organization: { id: string; name: string } | undefined,
	outline: Outline | undefined,
): vscode.TreeItem {
	const changed = outline?.unseenUnder(organization?.id) ?? 0;
	const name = organization && visible(organization.name);
	const item = new vscode.TreeItem(name ?? 'No organization', Collapsed);
	item.iconPath = new vscode.ThemeIcon(organization ? 'organization' : 'circle-slash');
	item.contextValue = organization ? 'organization' : 'noOrganization';
	item.tooltip = organization ? `${name}\n${organization.id}` : 'Objects whose key context names no organization';
	const label = organization ? `${name}, organization` : 'No organization';
	if (changed > 0) item.description = `${changed} changed`;
	item.accessibilityInformation = { label: changed > 0 ? `${label}, ${changed} changed by others` : label };
	return item;
}

function objectItem({ object }: OutlineNode & { kind: 'object' }, outline: Outline | undefined): vscode.TreeItem {
	const name = visible(object.name);
	const organization = visible(outline?.organizationOf(object)?.name ?? 'none');
	const changed = age(object.updatedAt);
	const unseen = outline?.unseen(object);
	const item = new vscode.TreeItem(name, Collapsed);
	const by = object.updatedBy === undefined ? '' : ` by ${visible(object.updatedBy)}`;
	item.description = unseen ? `changed${by} · ${changed}` : changed;
	item.iconPath = new vscode.ThemeIcon('key');
	if (unseen) item.resourceUri = unseenAddress(object.id);
	item.tooltip = [
		name,
		`Organization: ${organization}`,
		`Key context: ${visible(formatKeyContext(object.keyContext))}`,
		`Changed ${changed}${by} (${formatTime(object.updatedAt)})`,
		...(unseen ? ['Changed by others since you last opened it'] : []),
		`ID: ${object.id}`,
	].join('\n');
	const since = unseen ? `, changed${by} since you last opened it` : '';
	item.accessibilityInformation = { label: `${name}, object, changed ${changed}${since}` };
	return item;
}

function versionItem({ version, number }: VersionNode): vscode.TreeItem {
	const made = age(version.createdAt);
	const current = version.isCurrent ? ', current' : '';
	const item = new vscode.TreeItem(`Version ${number}`, None);
	item.description = `${version.isCurrent ? 'current · ' : ''}${made} · ${formatSize(version.size)}`;
	item.iconPath = new vscode.ThemeIcon(version.isCurrent ? 'pass-filled' : 'history');
	item.contextValue = version.isCurrent ? 'currentVersion' : 'version';
	item.tooltip = `Version ${number}${current}\nPublished ${formatTime(version.createdAt)}\n${version.size} bytes stored\nID: ${version.id}`;
	item.accessibilityInformation = {
		label: `Version ${number}${current}, published ${made}, ${formatSize(version.size)}`,
	};
	return item;
}

function failureItem(node: OutlineNode & { kind: 'failure' }): vscode.TreeItem {
	const sentence = visible(describe(node.failure).sentence);
	const command = { command: 'workosVault.retry', title: 'Retry' };
	const item = row('Retry', 'warning', sentence, command);
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

/** How far the objects are looked up, in words. */
export function lookedUp(outline: Outline | undefined): string {
	if (!outline) return '';
	const { known, listed, isListed } = outline.progress;
	return `${count(known)} of ${isListed ? 'about' : 'more than'} ${count(listed)} looked up`;
}

function count(figure: number): string {
	return figure.toLocaleString('en-US');
}

function formatSize(bytes: number): string {
	return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`;
}
