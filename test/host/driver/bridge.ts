const address = process.env['VSCODEHOST_UI'];

/** Whether the window can be driven: not in VS Code desktop. */
export const hasWindow = address !== undefined;

/** Which element of which window. `selector` is Playwright's. */
export type Target = {
	readonly selector: string;
	/** Which of several that fit, from 0. */
	readonly nth?: number;
	/** The iframe of a webview to look into. */
	readonly frame?: string;
	/** Which window, from 0, the one that the tests run in. */
	readonly window?: number;
	/** Milliseconds to wait for it; 30 seconds unless told. */
	readonly timeout?: number;
};

/** How to click. */
export type Click = {
	readonly button?: 'left' | 'right' | 'middle';
	readonly clickCount?: number;
	readonly modifiers?: readonly ('Alt' | 'Control' | 'Meta' | 'Shift')[];
	readonly position?: { readonly x: number; readonly y: number };
};

/** Where an element is drawn, from the window's or the webview's upper left corner, in pixels. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** One row of a tree, as a person and a screen reader get it. */
export type TreeRow = {
	readonly index: number;
	readonly label: string;
	readonly description: string;
	readonly level: number;
	/** Absent where the row has no children. */
	readonly expanded?: boolean;
	readonly ariaLabel: string;
	readonly selected: boolean;
	readonly focused: boolean;
};

/** One notification that is shown. */
export type Notification = { readonly message: string; readonly buttons: readonly string[] };

/** What axe-core found: which element breaks which rule, and which rules it looked for. */
export type Barriers = {
	readonly found: readonly {
		readonly rule: string;
		readonly selector: string;
		readonly html: string;
		readonly reason: string;
	}[];
	readonly looked: readonly string[];
};

/** Has the browser do one operation of the launcher. @throws what the browser says when it can't be done */
export async function ask<T>(op: string, request: object = {}): Promise<T> {
	if (!address) throw new Error('This VS Code has no bridge to its window: run the suite in the launcher.');
	const response = await fetch(address, { method: 'POST', body: JSON.stringify({ op, ...request }) });
	const answer = (await response.json()) as { value: T; error?: string };
	if (answer.error) throw new Error(`${op}: ${answer.error}`);
	return answer.value;
}
