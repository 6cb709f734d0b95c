import assert from 'node:assert/strict';
import { describeCiphertext, parseEnvelopes, type Envelope } from '../../../../src/vault/ciphertext/envelope';
import { layouts, otherBlob, sealed, vaultBlob } from '../../../support/envelopes';
import { seededRandom } from '../../../support/seededRandom';

const random = seededRandom(20_260_729);
const below = (limit: number) => Math.floor(random() * limit);
const bytes = (length: number) => Buffer.from(Array.from({ length }, () => below(256)));

const originals = layouts.flatMap((layout) =>
	[vaultBlob, otherBlob].flatMap((blob) => {
		const iv = bytes(layout === 'nodeLongIv' ? 32 : 12);
		return ['', 'x', 'a text that is a bit longer'].map((text) => sealed(text, { layout, blob, iv }));
	}),
);
/** Lengths that are as long as can be, too long, or longer than they have to be. */
const lengths = ['ffffffff0f', 'ffffffff1f', '8080808000', '808080808001', '8000', 'ffffff7f', '8080808010', '80'];

/** One change to the bytes of a ciphertext, or to its text. */
const mutations: ((text: string) => string)[] = [
	(text) => {
		const changed = Buffer.from(text, 'base64');
		const at = below(changed.length);
		changed.writeUInt8(changed.readUInt8(at) ^ (1 << below(8)), at);
		return changed.toString('base64');
	},
	(text) => Buffer.from(text, 'base64').subarray(0, below(300)).toString('base64'),
	(text) => Buffer.from(text, 'base64').subarray(below(60)).toString('base64'),
	(text) => inserted(text, bytes(below(6))),
	(text) => {
		const at = [0, 28, 48][below(3)] ?? 0;
		const length = Buffer.from(lengths[below(lengths.length)] ?? '', 'hex');
		const whole = Buffer.from(text, 'base64');
		return Buffer.concat([whole.subarray(0, at), length, whole.subarray(at + below(6))]).toString('base64');
	},
	(text) => text.slice(0, below(text.length)),
	(text) => {
		const at = below(text.length);
		return text.slice(0, at) + ['=', ' ', '\n', '-', 'A', 'é', '\0', '\ud800'][below(8)] + text.slice(at + below(2));
	},
	() => bytes(below(120)).toString('base64'),
	() => String.fromCharCode(...Array.from({ length: below(40) }, () => below(0x1_0000))),
];

function inserted(text: string, piece: Buffer): string {
	const whole = Buffer.from(text, 'base64');
	const at = below(whole.length);
	return Buffer.concat([whole.subarray(0, at), piece, whole.subarray(at)]).toString('base64');
}

/** True when the parts are those of the input, each byte of it used once. */
function isWithin({ layout, iv, tag, encryptedKeys, ciphertext }: Envelope, input: Buffer): boolean {
	const blob = Buffer.from(encryptedKeys, layout === 'dotnet' ? 'latin1' : 'base64');
	const rest = [iv, tag, ciphertext];
	const prefixLength = input.length - blob.length - rest.reduce((sum, { length }) => sum + length, 0);
	const parts = layout === 'go' ? [blob, iv, ciphertext, tag] : [blob, ciphertext];
	return (
		prefixLength === Math.max(1, Math.ceil(Math.log2(blob.length + 1) / 7)) &&
		blob.length > 0 &&
		input.subarray(-Buffer.concat(parts).length).equals(Buffer.concat(parts)) &&
		(layout === 'go' || Buffer.concat([iv, tag]).equals(input.subarray(0, iv.length + 16)))
	);
}

suite('100,000 ciphertexts that were changed at random', () => {
	test('throw nothing, are read within their bytes only, and are described as they are read', () => {
		let readable = 0;
		for (let run = 0; run < 100_000; run++) {
			const original = originals[run % originals.length] ?? '';
			const mutate = mutations[below(mutations.length)] ?? ((text) => text);
			const text = mutate(original);
			const envelopes = parseEnvelopes(text);
			const described = describeCiphertext(text);
			const message = () => `run ${run}: ${JSON.stringify(text)}`;
			const [first] = envelopes;
			if (first) {
				readable++;
				const { layout, dataKeyId, ciphertext } = first;
				const expected = { layout, dataKeyId, size: ciphertext.length };
				if (JSON.stringify(described) !== JSON.stringify(expected)) assert.deepEqual(described, expected, message());
				const input = Buffer.from(text, 'base64');
				assert.ok(
					envelopes.every((envelope) => isWithin(envelope, input)),
					message(),
				);
			} else if (described) {
				// What comes behind the key blob is not looked at. With other characters in its place it is a ciphertext.
				assert.match(text.replaceAll(/\s/g, ''), /[^A-Za-z\d+/=]|=[^=]/, message());
			}
		}
		assert.ok(readable > 20_000 && readable < 90_000, `${readable} could be read`);
	});
});
