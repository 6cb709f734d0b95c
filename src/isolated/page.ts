import { EditorView } from '@codemirror/view';
import { compare } from './comparison';
import { editable, readable } from './editing';
import { lineEndOf, replacement } from './lineEnds';
import type { FromPage, Named, ToPage } from './messages';
import { takeOverCommands } from './nativeCommands';
import { splicesOf } from './splices';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

const usedAtMostEvery = 1_000;

/** The page of one panel: shows what it is told to, and tells of every change at once. Keeps nothing. */
class Page {
	readonly #host = acquireVsCodeApi();
	readonly #main = element('main');
	readonly #heading = element('h1');
	readonly #status = element('header [role=status]');
	readonly #notice = element('.notice');
	#shown: readonly EditorView[] = [];
	/** What has the focus unless the person puts it elsewhere. */
	#focusable: { focus(): void } | undefined;
	#forget: () => void = () => undefined;
	#sequence = 0;
	#lastUse = 0;

	constructor(private readonly nonce: string) {
		addEventListener('message', ({ data }: MessageEvent<ToPage>) => this.#handle(data));
		addEventListener('focus', () => this.#focus());
		for (const use of ['keydown', 'pointerdown', 'pointermove', 'scroll']) {
			addEventListener(use, () => this.#sendUse(), { capture: true, passive: true });
		}
		takeOverCommands(document, () => this.#shown.find(({ contentDOM }) => contentDOM === document.activeElement));
		this.#host.postMessage({ type: 'ready' });
	}

	#handle(message: ToPage): void {
		switch (message.type) {
			case 'open':
				this.#name(message.name);
				this.#status.textContent = message.status;
				return message.isReadOnly ? this.#read(message) : this.#edit(message);
			case 'compare':
				this.#name('Comparison');
				this.#status.textContent = message.status;
				return this.#compare(message.left, message.right);
			case 'status':
				this.#status.textContent = message.status;
				return;
			case 'notice':
				this.#notice.textContent = message.notice;
				return;
			case 'replace':
				return this.#replace(message.text);
			case 'send':
				return this.#send();
			case 'hide':
				return this.#hide(message.sentence);
		}
	}

	#edit(named: Named): void {
		this.#clear();
		this.#sequence = 0;
		const sendChanges = EditorView.updateListener.of(({ docChanged, changes, startState, state }) => {
			if (!docChanged && lineEndOf(startState) === lineEndOf(state)) return;
			const change = { splices: splicesOf(changes), length: state.doc.length, lineEnd: lineEndOf(state) };
			this.#host.postMessage({ type: 'changed', ...change, sequence: ++this.#sequence });
		});
		this.#show(
			new EditorView({ doc: named.text, extensions: [editable(named, this.nonce), sendChanges], parent: this.#main }),
		);
	}

	#read(named: Named): void {
		this.#clear();
		this.#show(new EditorView({ doc: named.text, extensions: readable(named, this.nonce), parent: this.#main }));
	}

	#compare(left: Named, right: Named): void {
		this.#clear();
		const merge = compare(left, right, this.nonce, this.#main);
		this.#show(merge.a, merge.b);
		this.#forget = () => merge.destroy();
	}

	#show(...views: readonly EditorView[]): void {
		this.#shown = views;
		this.#focusable = views[0];
		this.#forget = () => {
			for (const view of views) view.destroy();
		};
		if (document.hasFocus()) this.#focus();
	}

	#clear(): void {
		this.#forget();
		this.#forget = () => undefined;
		this.#shown = [];
		this.#focusable = undefined;
		this.#main.textContent = '';
	}

	/** Forgets the text. Who was in it comes to the sentence in its place, which is read then; else the status is. */
	#hide(sentence: string): void {
		this.#clear();
		const paragraph = document.createElement('p');
		paragraph.tabIndex = -1;
		paragraph.textContent = sentence;
		this.#main.append(paragraph);
		this.#focusable = paragraph;
		this.#status.textContent = document.hasFocus() ? '' : 'Hidden';
		if (document.hasFocus()) this.#focus();
	}

	/** What the page is called, and its heading. */
	#name(name: string): void {
		document.title = name;
		this.#heading.textContent = name;
	}

	#replace(text: string): void {
		const [view] = this.#shown;
		const edit = view && replacement(view.state, text);
		if (edit) view.dispatch(edit);
	}

	#send(): void {
		const [view] = this.#shown;
		if (!view) return;
		const whole = { text: view.state.doc.toString(), lineEnd: lineEndOf(view.state) };
		this.#host.postMessage({ type: 'whole', ...whole, sequence: this.#sequence });
	}

	#focus(): void {
		if (document.activeElement === document.body) this.#focusable?.focus();
	}

	#sendUse(): void {
		const now = Date.now();
		if (now - this.#lastUse < usedAtMostEvery) return;
		this.#lastUse = now;
		this.#host.postMessage({ type: 'used' });
	}
}

function element(selector: string): Element {
	const found = document.querySelector(selector);
	if (!found) throw new TypeError(`The page has no ${selector}`);
	return found;
}

new Page(document.currentScript?.nonce ?? '');
