import * as vscode from 'vscode';
import { copiedWords } from '../../commands/objects/copy';
import type { ObjectPage } from '../../commands/objectPage/objectPage';
import type { ReadingLine } from '../../commands/objectPage/readers';
import type { Clipboard } from '../../commands/ports';
import type { ObjectAct } from '../../isolated/object/messages';
import { VaultError } from '../../vault/errors';
import type { KnownObject } from '../../vault/model';
import type { LastTextEditor } from './lastTextEditor';
import { boundsOf, isIn, onObject, onVersion, waysOut } from './pageMessages';

/** What is pressed on a page that shows an object. */
export interface Pressed {
	readonly page: ObjectPage;
	readonly object: KnownObject;
	readonly lines: readonly ReadingLine[];
	/** The person's. */
	readonly timeZone: string;
}

/** What presses work with. */
export interface ActTools {
	readonly clipboard: Clipboard;
	readonly lastEditor: LastTextEditor;
	/** Shows in the tree what has a pair of an object's key context: the one at this place. */
	readonly showAlike: (object: KnownObject, index: number) => Promise<void>;
}

/** Goes the way out that a page without an object offers. False for what a person does with an object. */
export async function goOut(act: ObjectAct): Promise<boolean> {
	if (!isIn(waysOut, act)) return false;
	await vscode.commands.executeCommand(waysOut[act.act]);
	return true;
}

/**
 * Does what a person pressed, but for showing and hiding the value. What names nothing that is there does nothing.
 * @throws VaultError `rowRedrawn` for a version that is not listed any more
 */
export async function perform(act: ObjectAct, pressed: Pressed, tools: ActTools): Promise<void> {
	const { page, object, lines, timeZone } = pressed;
	if (isIn(onObject, act)) {
		if (act.act === 'insert') await tools.lastEditor.focus();
		const row = page.session.outline.objectNode(object);
		await vscode.commands.executeCommand(onObject[act.act], row);
	} else if (isIn(onVersion, act)) {
		const rows = page.versions.state === 'shown' ? page.versions.value : [];
		const row = rows.find(({ version }) => 'versionId' in act && version.id === act.versionId);
		if (!row) throw new VaultError('rowRedrawn');
		await vscode.commands.executeCommand(onVersion[act.act], row);
	} else if (act.act === 'filter') await tools.showAlike(object, act.index);
	else if (act.act === 'copyLine') await copyLine(lines[act.index], tools);
	else if (act.act === 'copyField') await copyField(act.text, tools);
	else if (act.act === 'lookFurtherBack') await page.lookFurtherBack();
	else if (act.act === 'cancelLooking') page.cancelLooking();
	else if (act.act === 'jump') await jump(page, act.day, timeZone);
	else if (act.act === 'look') await page.askAgain();
}

async function copyLine(line: ReadingLine | undefined, { clipboard }: ActTools): Promise<void> {
	if (line) await clipboard.copy(line.text);
}

async function copyField(text: string, { clipboard }: ActTools): Promise<void> {
	const seconds = await clipboard.copySecret(text);
	void vscode.window.showInformationMessage(copiedWords('the field', seconds));
}

/** Looks at the events of a day, where it is one. */
async function jump(page: ObjectPage, day: string, timeZone: string): Promise<void> {
	const bounds = boundsOf(day, timeZone);
	if (bounds) await page.jumpTo(bounds.start, bounds.end);
}
