import * as vscode from 'vscode';
import type { Choice } from '../../commands/ports/ui';
import { plain } from '../visibleText';

/** A row of VS Code's list that stands for a value. */
export interface Row<T> extends vscode.QuickPickItem {
	readonly value: T;
}

/** A choice as VS Code lists it. */
export function toRow<T>({ label, value, description, detail, icon }: Choice<T>): Row<T> {
	return {
		label: plain(label),
		value,
		...(description !== undefined && { description: plain(description) }),
		...(detail !== undefined && { detail: plain(detail) }),
		...(icon !== undefined && { iconPath: new vscode.ThemeIcon(icon) }),
	};
}
