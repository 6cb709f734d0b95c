import assert from 'node:assert/strict';
import { undrawnBetween, type Undrawn } from '../../../../src/vault/drafts/comparison';

suite('What an editor draws nothing of in a comparison', () => {
	for (const [left, right, told] of [
		['same', 'same', {}],
		['a\r\nb\n', 'a\r\nb\n', {}],
		['one', 'other', {}],
		['a\nb', 'a\nc', {}],
		['\ufeffa', '\ufeffb', {}],
		['a\nb', 'a\nb  ', {}],
		['a\r\nb', 'a\nb', { left: ['lines end in CRLF'], right: ['lines end in LF'], only: 'differ in line ends only' }],
		['a\r\nb', 'a\nc', { left: ['lines end in CRLF'], right: ['lines end in LF'] }],
		['a\rb', 'a\nb', { left: ['lines end in CR'], right: ['lines end in LF'], only: 'differ in line ends only' }],
		['a\r\nb', 'b', { left: ['lines end in CRLF'] }],
		[
			'a\r\nb\nc',
			'a\nb\r\nc',
			{ left: ['mixed line ends'], right: ['mixed line ends'], only: 'differ in line ends only' },
		],
		['a\r\nb\nc', 'a\nb\r\nd', { left: ['mixed line ends'], right: ['mixed line ends'] }],
		[
			'a\r\nb\nc',
			'a\nb\nc',
			{ left: ['mixed line ends'], right: ['lines end in LF'], only: 'differ in line ends only' },
		],
		['\ufeffa', 'a', { left: ['begins with a byte order mark'], only: 'differ in a byte order mark only' }],
		['a', '\ufeffb', { right: ['begins with a byte order mark'] }],
		['\ufeff\ufeffa', '\ufeffa', {}],
		[
			'\ufeffa\r\nb',
			'a\nb',
			{
				left: ['begins with a byte order mark', 'lines end in CRLF'],
				right: ['lines end in LF'],
				only: 'differ in line ends and a byte order mark only',
			},
		],
		[
			'\ufeffa\r\nb\nc',
			'\ufeffa\nb\r\nc',
			{ left: ['mixed line ends'], right: ['mixed line ends'], only: 'differ in line ends only' },
		],
	] as const) {
		const { left: ofLeft = [], right: ofRight = [], only }: Partial<Undrawn> = told;
		test(`is told of ${JSON.stringify(left)} and ${JSON.stringify(right)}`, () => {
			assert.deepEqual(undrawnBetween(left, right), { left: ofLeft, right: ofRight, only });
		});
	}
});
