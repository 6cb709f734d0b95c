import assert from 'node:assert/strict';
import { commands } from '../../../src/commands';
import { describe, unexpectedWords, wordsFor, type Words } from '../../../src/editor/errorMessages';
import { plain, visible } from '../../../src/editor/visibleText';
import type { VaultErrorCode, VaultErrorDetails } from '../../../src/vault/errors';
import { titleOf } from '../../support/manifest';

// A code that is missing here, or that is none any more, is a type error.
const all: Record<VaultErrorCode, true> = {
	notConnected: true,
	locked: true,
	presenting: true,
	rejected: true,
	unauthorized: true,
	keyMissing: true,
	forbidden: true,
	notFound: true,
	nameTaken: true,
	conflict: true,
	rateLimited: true,
	unavailable: true,
	offline: true,
	untrusted: true,
	proxyRefused: true,
	redirected: true,
	keyUnavailable: true,
	keyNotReady: true,
	tooManyKeys: true,
	noOldValues: true,
	notCiphertext: true,
	undecryptable: true,
	contextChanged: true,
	rowRedrawn: true,
	noObjectInRow: true,
	severalRows: true,
	linkBroken: true,
	linkElsewhere: true,
	linkUnknown: true,
	linkWithheld: true,
	unexpected: true,
};
const codes = Object.keys(all) as VaultErrorCode[];

const everything: VaultErrorDetails = {
	status: 599,
	requestId: 'req_0123',
	retryAfter: 77,
	reason: 'the name is too long',
	host: 'vault.example.com',
	attempts: 3,
	name: 'token',
};

function assertReadable({ sentence, button }: Words): void {
	assert.match(sentence, /^[A-Z“v].*[.!?]$/, sentence);
	assert.doesNotMatch(sentence, /undefined|null|NaN|\[object|req_|599|[a-z][A-Z]\w*Error/, sentence);
	assert.doesNotMatch(sentence, /\.\.|[.:] ?[.:]| {2}/, sentence);
	if (!button) return;
	assert.ok(button.command === 'again' || Object.hasOwn(commands, button.command), button.command);
	assert.match(button.title, /^[A-Z]/);
}

suite('Words for failures', () => {
	for (const code of codes) {
		test(`${code} has a sentence without ids, whatever is known`, () => {
			assertReadable(wordsFor(code, everything));
			assertReadable(wordsFor(code, {}));
		});
	}

	test('no two codes say the same', () => {
		assert.equal(new Set(codes.map((code) => wordsFor(code, {}).sentence)).size, codes.length);
	});

	test('what nobody foresaw has words too', () => assertReadable(unexpectedWords));

	test('what the disk refuses is told by its reason, and other failures of the system are not told as that', () => {
		const failure = (code: string) => Object.assign(new Error('CANARY /a/path'), { code });
		for (const [code, reason] of [
			['ENOSPC', /the disk is full/],
			['EROFS', /the disk is read-only/],
			['EBUSY', /another program has the file open/],
		] as const) {
			assert.match(describe(failure(code)).sentence, reason);
			assertReadable(describe(failure(code)));
		}
		assert.equal(describe(failure('ERR_INVALID_ARG_TYPE')), unexpectedWords);
	});

	for (const code of ['notFound', 'nameTaken', 'conflict', 'contextChanged'] as const) {
		test(`${code} names the object`, () => assert.match(wordsFor(code, everything).sentence, /“token”/));
	}

	for (const code of ['offline', 'unavailable'] as const) {
		test(`${code} names the host`, () => assert.match(wordsFor(code, everything).sentence, /vault\.example\.com/));
	}

	test('rejected hands on the vault’s reason, with one full stop', () => {
		assert.match(wordsFor('rejected', { reason: 'No.' }).sentence, /: No\.$/);
		assert.match(wordsFor('rejected', { reason: 'no' }).sentence, /: no\.$/);
	});

	test('unavailable says how often it was tried, where that was more than once', () => {
		assert.match(wordsFor('unavailable', { attempts: 3 }).sentence, /tried 3 times/);
		assert.doesNotMatch(wordsFor('unavailable', { attempts: 1 }).sentence, /tried/);
	});

	test('notFound says since when, where the vault does', () => {
		const reason = 'Object was deleted at 2026-01-02T03:04:05.678Z';
		const { sentence } = wordsFor('notFound', { reason });
		assert.match(sentence, /it was deleted on .*2026/);
		assert.doesNotMatch(sentence, /T03|678/);
		assert.doesNotMatch(wordsFor('notFound', { reason: 'gone' }).sentence, /deleted|gone/);
	});

	const buttons: [code: VaultErrorCode, title: string][] = [
		['rejected', 'Show Log'],
		['unauthorized', 'Replace API Key…'],
		['keyMissing', 'Enter API Key'],
		['forbidden', 'Open WorkOS Dashboard'],
		['notFound', 'Refresh'],
		['nameTaken', 'Find It'],
		['conflict', 'Compare with Current'],
		['unavailable', 'Retry'],
		['offline', 'Retry'],
		['untrusted', 'Retry'],
		['proxyRefused', 'Retry'],
		['redirected', 'Retry'],
		['keyUnavailable', 'Show Log'],
		['tooManyKeys', 'Show Log'],
	];
	/** What answers the question in the sentence, where the command's title would be another one. */
	const answers: readonly string[] = ['Connect', 'Enter API Key', 'Find It', 'Retry'];
	for (const code of ['notConnected', 'locked', 'presenting', ...buttons.map(([code]) => code)] as const) {
		test(`the button of ${code} has the title of its command, or answers the sentence`, () => {
			const { button } = wordsFor(code, {});
			assert.ok(button);
			assert.ok(button.title === titleOf(button.command) || answers.includes(button.title), button.title);
		});
	}
	for (const [code, title] of buttons) {
		test(`${code} offers “${title}”`, () => assert.equal(wordsFor(code, {}).button?.title, title));
	}

	test('a name can make no link and no icon of a message', () => {
		assert.doesNotMatch(plain('[x](command:workbench.action.quickOpen) $(warning)'), /\]\(|\$\(/);
	});

	for (const [certificate, words] of [
		['unknownIssuer', /does not trust who made the certificate of vault\.example.*http\.systemCertificates/],
		['expired', /has expired or is not valid yet, by this machine’s clock/],
		['otherHost', /is not for vault\.example\. Check the address/],
		['revoked', /was revoked/],
	] as const) {
		test(`a certificate that is not good says why and what to do: ${certificate}`, () => {
			assert.match(wordsFor('untrusted', { host: 'vault.example', certificate }).sentence, words);
		});
	}

	for (const [name, shown] of [
		['pay\u202etxt.exe', 'pay⟨U+202E⟩txt.exe'],
		['a\u2066b\u2069', 'a⟨U+2066⟩b⟨U+2069⟩'],
		['in\u200bvisible\ufeff', 'in⟨U+200B⟩visible⟨U+FEFF⟩'],
		['bell\u0007', 'bell⟨U+0007⟩'],
		['\ud800half \udc00 and \udc00\ud800', '⟨U+D800⟩half ⟨U+DC00⟩ and ⟨U+DC00⟩⟨U+D800⟩'],
		['two\nlines', 'two⟨U+000A⟩lines'],
		['soft\u00adhyphen', 'soft⟨U+00AD⟩hyphen'],
		['join\u034fer', 'join⟨U+034F⟩er'],
		['\u115f\u1160\u3164\uffa0', '⟨U+115F⟩⟨U+1160⟩⟨U+3164⟩⟨U+FFA0⟩'],
		['vowel\u180e', 'vowel⟨U+180E⟩'],
		['word\u2060\u2061\u2062\u2063\u2064', 'word⟨U+2060⟩⟨U+2061⟩⟨U+2062⟩⟨U+2063⟩⟨U+2064⟩'],
		['se\ufe00lect\ufe0f 1\ufe0f', 'se⟨U+FE00⟩lect⟨U+FE0F⟩ 1⟨U+FE0F⟩'],
		['更\u{e0100}', '更⟨U+E0100⟩'],
		['t\u{e0061}ag\u{e007f}', 't⟨U+E0061⟩ag⟨U+E007F⟩'],
		['🏴\u{e0061}\u{e007f}', '🏴⟨U+E0061⟩⟨U+E007F⟩'],
		['Latin\u200djoiner\u200c', 'Latin⟨U+200D⟩joiner⟨U+200C⟩'],
		['😀\u200d', '😀⟨U+200D⟩'],
		['⚡\ufe0f\ufe0f', '⚡\ufe0f⟨U+FE0F⟩'],
		['ünïcode 🔑 👩‍💻 نام', 'ünïcode 🔑 👩‍💻 نام'],
		['علی\u200cرضا', 'علی\u200cرضا'],
		['شُ\u200cما', 'شُ\u200cما'],
		['ශ්\u200dරී ക്\u200d', 'ශ්\u200dරී ക്\u200d'],
		['❤\ufe0f ❤\ufe0e ⚡\ufe0f', '❤\ufe0f ❤\ufe0e ⚡\ufe0f'],
		['👩🏽\u200d🔧 🏳\ufe0f\u200d🌈 👩\u200d❤\ufe0f\u200d👨', '👩🏽\u200d🔧 🏳\ufe0f\u200d🌈 👩\u200d❤\ufe0f\u200d👨'],
		['1\ufe0f\u20e3 🇮🇷', '1\ufe0f\u20e3 🇮🇷'],
		[
			'🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}',
			'🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}',
		],
	] as const) {
		test(`a name is shown as what it is: ${JSON.stringify(name)}`, () => {
			assert.equal(visible(name), shown);
			assert.equal(plain(`Delete “${name}”?`), `Delete “${shown.replace('⟨U+000A⟩', '\n')}”?`);
		});
	}

	for (const [name, shown] of [
		[' ', '⟨U+0020⟩'],
		['\u00a0\u3000', '⟨U+00A0⟩⟨U+3000⟩'],
		['\u2800', '⟨U+2800⟩'],
		[' \u2028 ', ' ⟨U+2028⟩ '],
		['\u200b\u200d', '⟨U+200B⟩⟨U+200D⟩'],
		[' a ', ' a '],
		['', ''],
	] as const) {
		test(`a name that shows nothing is shown as what it is: ${JSON.stringify(name)}`, () => {
			assert.equal(visible(name), shown);
		});
	}

	test('what is shown of a name can be in an address, whatever halves of characters it has', () => {
		const name = 'a\ud800b\udc00 🔑';
		assert.throws(() => encodeURIComponent(name), URIError);
		assert.equal(decodeURIComponent(encodeURIComponent(visible(name))), 'a⟨U+D800⟩b⟨U+DC00⟩ 🔑');
	});
});
