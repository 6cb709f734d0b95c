import assert from 'node:assert/strict';
import { acme } from '../../driver/product';
import { ui } from '../../driver/ui';

/** What may stand nowhere; only an object's name may stand in our own sentences and rows. */
export const canary = {
	apiKey: 'sk_test_CANARYkey7f31c0',
	name: 'CANARYname-of-an-object',
	value: 'CANARYvalue-81d\nsecond "line" of the CANARYvalue-82e',
	draft: ' CANARYdraft-93a',
	plaintext: 'CANARYplaintext-04b',
	context: 'CANARYcontext-15c',
	body: 'CANARYbody-26d',
};

/** What may stand in the log, and shows that it would be found there. */
export const control = 'req_CONTROL-37e';

const word = 'CANARY';
const base64 = (padding: string) => Buffer.from(padding + word).toString('base64');
const traces = [
	word,
	base64(''),
	base64('x').slice(2, 9),
	base64('xx').slice(3, 10),
	Buffer.from(word).toString('hex'),
];

/** The first trace of a canary in a text, as it is, in base64 or in hex, with what stands around it. */
export function traceIn(text: string): string | undefined {
	const found = traces.map((trace) => text.indexOf(trace)).filter((index) => index >= 0);
	return found.length === 0 ? undefined : text.slice(Math.max(0, Math.min(...found) - 60), Math.min(...found) + 60);
}

/** Everything that the window says outside its editors: rows, messages, tabs and bars, for eyes and screen readers. */
export async function said(): Promise<string> {
	const parts =
		':is(.part:not(.editor), .notifications-toasts, .notifications-center, .tabs-container, .quick-input-widget)';
	const labels = ['aria-label', 'title', 'placeholder'].map((name) =>
		ui.attributes(`${parts} [${name}]`, name).then((found) => found.join('\n')),
	);
	return [...(await ui.texts(parts)), ...(await Promise.all(labels))].join('\n');
}

/** Fails where a text tells more than an object's name, in a sentence or a row of ours, or its tooltip's key context. */
export function assertTellsNothing(text: string, where: string): void {
	const own = `Key context: organization_id=${acme.id}, data_type=${canary.context}`;
	assert.equal(traceIn(text.replaceAll(canary.name, '').replaceAll(own, '')), undefined, where);
}
