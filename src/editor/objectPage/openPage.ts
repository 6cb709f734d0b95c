import type * as vscode from 'vscode';
import type { ObjectPage } from '../../commands/objectPage/objectPage';
import type { Clipboard, Connections, Privacy } from '../../commands/ports';
import type { RevealedValue } from '../../commands/ports/documents';
import type { KnownObject } from '../../vault/model';
import type { WishedValue } from './wishedValue';

/** What the pages of objects work with. */
export interface PageTools {
	readonly extensionUri: vscode.Uri;
	readonly connections: Connections;
	readonly privacy: Privacy & { readonly onDidChange: vscode.Event<void> };
	readonly clipboard: Clipboard;
	/** Restores the last connection; rejects never. */
	readonly ready: () => Promise<void>;
	/** Reads an object for a person. @throws VaultError */
	readonly read: (object: KnownObject) => Promise<RevealedValue | undefined>;
	/** Shows in the tree what has a pair of an object's key context: the one at this place. */
	readonly showAlike: (object: KnownObject, index: number) => Promise<void>;
	/** Lets work go on that nobody waits for; a failure of it is shown. */
	readonly inBackground: (work: Promise<unknown>) => void;
}

/** A page that is open. */
export interface OpenPage {
	readonly objectId: string;
	/** Of what it showed last. */
	connectionId: string | undefined;
	readonly panel: vscode.WebviewPanel;
	readonly uri: vscode.Uri;
	page: ObjectPage | undefined;
	/** The person's, as the page tells it. */
	timeZone: string;
	/** What the page was told last, as JSON; never a value. */
	sent: string;
	readonly value: WishedValue;
	/** Set while changes wait to be shown. */
	due: NodeJS.Timeout | undefined;
	/** False until the last connection was restored. */
	isReady: boolean;
}
