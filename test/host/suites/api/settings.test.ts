import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settings } from '../../../../src/editor/settings';

suite('The settings', () => {
	const written = vscode.workspace.getConfiguration('workosVault');
	const write = (value: unknown) => written.update('requestsPerMinute', value, vscode.ConfigurationTarget.Global);
	teardown(() => write(undefined));

	test('0 requests a minute stays 0, which is no limit', async () => {
		await write(0);
		assert.equal(settings.requestsPerMinute(), 0);
	});

	test('what is no number, or below 0, is as if it were not set', async () => {
		for (const value of [-1, 'many', null]) {
			await write(value);
			assert.equal(settings.requestsPerMinute(), 1000, String(value));
		}
	});
});
